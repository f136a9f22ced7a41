"""Note every address that this process, or a Python child of it, asks the network for.

Python runs this by itself when the folder stands in PYTHONPATH. A line is what was asked, a tab,
and of whom.
"""

import os
import sys
from typing import Any

_BY_SOCKET = ("socket.connect", "socket.sendto", "socket.sendmsg")
_BY_NAME = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_file = os.open(os.environ["CONNECTS_FILE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
os.set_inheritable(_file, False)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _BY_SOCKET:
        whom = arguments[1]
    elif event in _BY_NAME:
        whom = arguments[0]
    else:
        return
    os.write(_file, f"{event}\t{whom!r}\n".encode())


os.write(_file, f"watching\t{' '.join(sys.argv)!r}\n".encode())
sys.addaudithook(_note)
