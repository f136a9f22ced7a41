"""What an ordinary person who has signed in might try against the built app, all of it refused."""
