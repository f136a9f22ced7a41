"""Keep the anchors of sections from one edition to the next, so that links and vectors live on."""

from collections import defaultdict
from collections.abc import Sequence

from ingest.library.heading import with_anchor
from ingest.library.markdown import Section, sections, slug


def keep_anchors(before: str, after: str) -> str:
    """Return the body `after`, with explicit anchors where its sections had others in `before`.

    A section is the same if its headings are, or its whole text, or at last its anchor. Of
    several with the same headings the one with the same text is taken first. A new section never
    takes an anchor that another had.
    """
    old, new = sections(before), sections(after)
    wanted = _wanted(old, new)
    marked: set[int] = set()
    lines = after.splitlines()
    for _ in new:
        current = [section.anchor for section in sections("\n".join(lines))]
        moved = {number for number, anchor in enumerate(current) if anchor != wanted[number]}
        if not moved - marked:
            break
        marked |= moved
        for number in marked:
            if new[number].headings and new[number].line:
                at = new[number].line - 1
                lines[at] = with_anchor(lines[at], wanted[number])
    return "\n".join(lines) + "\n" if marked else after


def _wanted(old: Sequence[Section], new: Sequence[Section]) -> list[str]:
    """Return the anchor that each new section should have."""
    free = dict(enumerate(old))
    chosen: dict[int, str] = {}
    for key in (_whole, _headings, _text, _anchor):
        waiting = defaultdict(list)
        for number, section in free.items():
            waiting[key(section)].append(number)
        for number, section in enumerate(new):
            same = waiting[key(section)] if key(section) else []
            if number not in chosen and same:
                chosen[number] = free.pop(same.pop(0)).anchor
    taken = {section.anchor for section in old} | set(chosen.values())
    return [
        chosen[number] if number in chosen else _free(section, taken)
        for number, section in enumerate(new)
    ]


def _free(section: Section, taken: set[str]) -> str:
    """Return an anchor of a new section that no other section has or had."""
    anchor, number = section.anchor, 1
    while anchor in taken and section.headings:
        number += 1
        anchor = f"{slug(section.headings[-1])}-{number}"
    taken.add(anchor)
    return anchor


def _whole(section: Section) -> tuple[str, ...]:
    return (*section.headings, "\n\n".join(block.text for block in section.blocks))


def _headings(section: Section) -> tuple[str, ...]:
    return section.headings or ("inledning",)


def _text(section: Section) -> tuple[str, ...]:
    return tuple(block.text for block in section.blocks)


def _anchor(section: Section) -> tuple[str, ...]:
    return (section.anchor,)
