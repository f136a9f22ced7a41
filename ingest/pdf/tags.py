"""Read the structure tree of a tagged PDF: what each piece of marked content is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    NumberObject,
    PdfObject,
)

_MOST_NODES = 400_000
_MOST_ALIASES = 8
_NOTES = frozenset({"Note", "FENote"})
_BLOCKS = frozenset(
    "H H1 H2 H3 H4 H5 H6 P LI Lbl LBody TH TD Caption Note FENote TOCI Title BlockQuote".split()
)
# Inside these, a paragraph of its own is still the same item, cell or note.
_HOLDERS = frozenset({"LI", "LBody", "TD", "TH", "Note", "FENote"})


@dataclass(frozen=True, slots=True)
class Tag:
    """The block that a piece of marked content belongs to.

    `element` numbers blocks in reading order, `row` and `table` the rows and tables; 0 is none.
    """

    role: str = ""
    element: int = 0
    row: int = 0
    table: int = 0


Tags = Mapping[tuple[int, int], Tag]


@dataclass(frozen=True, slots=True)
class _Node:
    obj: PdfObject | None
    tag: Tag
    page: int | None


def read_tags(reader: PdfReader) -> Tags:
    """Return (page index, MCID) to Tag; empty for an untagged file.

    The walk is iterative, bounded and safe against cycles: the tree comes from a stranger.
    """
    root = reader.root_object.get("/StructTreeRoot")
    tree = root.get_object() if root is not None else None
    if not isinstance(tree, DictionaryObject):
        return {}
    return _walk(tree, _roles(tree), _page_numbers(reader))


def _roles(tree: DictionaryObject) -> dict[str, str]:
    roles = tree.get("/RoleMap")
    roles = roles.get_object() if roles is not None else None
    if not isinstance(roles, DictionaryObject):
        return {}
    return {str(name)[1:]: str(roles[name])[1:] for name in roles}


def _page_numbers(reader: PdfReader) -> dict[int, int]:
    return {
        page.indirect_reference.idnum: index
        for index, page in enumerate(reader.pages)
        if page.indirect_reference is not None
    }


def _walk(
    tree: DictionaryObject, roles: Mapping[str, str], pages: Mapping[int, int]
) -> dict[tuple[int, int], Tag]:
    found: dict[tuple[int, int], Tag] = {}
    seen: set[int] = set()
    stack = [_Node(_raw(tree, "/K"), Tag(), None)]
    for count in range(1, _MOST_NODES):
        if not stack:
            break
        node = stack.pop()
        obj = node.obj
        if isinstance(obj, IndirectObject):
            if obj.idnum in seen:
                continue
            seen.add(obj.idnum)
            obj = obj.get_object()
        if isinstance(obj, ArrayObject):
            stack.extend(_Node(child, node.tag, node.page) for child in reversed(obj))
        elif isinstance(obj, NumberObject):
            if node.page is not None:
                found[node.page, int(obj)] = node.tag
        elif isinstance(obj, DictionaryObject):
            page = _page_of(obj, pages, node.page)
            if "/S" in obj:
                tag = _descend(node.tag, _role(str(obj["/S"])[1:], roles), count)
                stack.append(_Node(_raw(obj, "/K"), tag, page))
            elif isinstance(mcid := obj.get("/MCID"), NumberObject) and page is not None:
                found[page, int(mcid)] = node.tag
    return found


def _raw(obj: DictionaryObject, key: str) -> PdfObject | None:
    if key not in obj:
        return None
    value = obj.raw_get(key)
    return None if isinstance(value, NullObject) else value


def _page_of(obj: DictionaryObject, pages: Mapping[int, int], inherited: int | None) -> int | None:
    reference = _raw(obj, "/Pg")
    if isinstance(reference, IndirectObject):
        return pages.get(reference.idnum, inherited)
    return inherited


def _role(name: str, roles: Mapping[str, str]) -> str:
    for _ in range(_MOST_ALIASES):
        if name in _BLOCKS or name not in roles:
            break
        name = roles[name]
    return name


def _descend(tag: Tag, role: str, number: int) -> Tag:
    """Return the tag of a child element; inline elements belong to the block around them."""
    if role == "Table":
        return Tag(table=number)
    if role == "TR":
        return replace(tag, row=number)
    if role not in _BLOCKS or tag.role in _NOTES:
        return tag
    if role == "LI":
        return Tag("LI", number)
    if tag.role in _HOLDERS and role not in _NOTES:
        return tag
    return replace(tag, role=role, element=number)
