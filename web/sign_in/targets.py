"""Where a person wants to be after signing in: a path of our own, never anybody else's address."""

import re

from kb.records import Language

HOME = "/"
LONGEST = 1024
# Printable ASCII, one slash first. Browsers take `\` for `/` and leave out tabs and line ends, so
# neither may stand anywhere: `//evil.example` and `/\evil.example` are other sites.
_OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
_SIGN_IN = re.compile(r"/(?:logga-|utloggad)")


def safe_target(wanted: str | None) -> str:
    """Return a wanted path with its query when it is our own; else the first page."""
    if not wanted or len(wanted) > LONGEST or not _OWN_PATH.fullmatch(wanted):
        return HOME
    return HOME if _SIGN_IN.match(wanted) else wanted


def language_of(target: str) -> Language:
    """Return the language of the page that a path leads to."""
    return "en" if target.startswith("/en/") or "sprak=en" in target else "sv"
