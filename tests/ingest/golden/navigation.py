"""Bookmarks and page labels of a made PDF, as a word processor writes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_ROOT, _FIRST = 7, 3000  # numbers of objects that nothing else has


@dataclass(frozen=True)
class Bookmark:
    """The title of a heading, its level from 1, the object number of its page."""

    title: str
    level: int
    page: int


@dataclass
class _Node:
    number: int
    level: int
    kids: list["_Node"] = field(default_factory=list)


def navigation(bookmarks: Sequence[Bookmark]) -> tuple[bytes, dict[int, bytes]]:
    """Return what goes into the catalog, and the objects: the first page is i, the next 1."""
    root = _Node(_ROOT, 0)
    above = [root]
    nodes: list[tuple[_Node, _Node]] = []
    for number, mark in enumerate(bookmarks, start=_FIRST):
        while above[-1].level >= mark.level:
            above.pop()
        node = _Node(number, mark.level)
        nodes.append((above[-1], node))
        above[-1].kids.append(node)
        above.append(node)
    objects = {_ROOT: b"<</Type/Outlines" + _ends(root) + b">>"}
    for (parent, node), mark in zip(nodes, bookmarks, strict=True):
        at = parent.kids.index(node)
        next_one = b"/Next %d 0 R" % parent.kids[at + 1].number if parent.kids[at + 1 :] else b""
        before = b"/Prev %d 0 R" % parent.kids[at - 1].number if at else b""
        objects[node.number] = b"<</Title<FEFF%s>/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (
            mark.title.encode("utf-16-be").hex().encode(),
            parent.number,
            mark.page,
            _ends(node) + next_one + before,
        )
    labels = b"/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>"
    return b"/Outlines %d 0 R%s" % (_ROOT, labels), objects


def _ends(node: _Node) -> bytes:
    if not node.kids:
        return b""
    first, last = node.kids[0].number, node.kids[-1].number
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, len(node.kids))
