"""Taking files in from the command line: the command, its preview, its report."""
