"""Bring the words of text boxes where mammoth reads them: after the paragraph they hang on."""

from ingest.docx.package import Element, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def place_boxes(root: Element) -> None:
    """Move out of drawings the text boxes that have no older form beside them.

    Word writes each box twice, as a drawing and as a fallback for old programs, which mammoth
    reads; other programs write the drawing alone.
    """
    for box in list(root.iter(f"{W}txbxContent")):
        drawing = next(box.iterancestors(f"{W}drawing"), None)
        paragraph = next(box.iterancestors(f"{W}p"), None)
        if drawing is None or paragraph is None or _has_fallback(drawing):
            continue
        for block in reversed(box):
            paragraph.addnext(block)


def _has_fallback(drawing: Element) -> bool:
    either = next(drawing.iterancestors(f"{_MC}AlternateContent"), None)
    return either is not None and either.find(f"{_MC}Fallback//{W}txbxContent") is not None
