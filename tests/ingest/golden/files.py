"""The made documents as files, by name: each content in the forms that a city has it in."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from tests.ingest.golden.content import ALL, Made, Part
from tests.ingest.golden.pdf import Look, typeset
from tests.ingest.golden.register import REGISTER
from tests.ingest.golden.revised import write_revised
from tests.ingest.golden.typeset import wrap
from tests.ingest.made_files import make_docx, paragraph, scan

Maker = Callable[[Made, Path], None]
CONTENTS = {**ALL, "register": REGISTER}
_CHROME = (
    "<nav><ul><li><a href='/'>Start</a></li><li><a href='/k'>Kontakt</a></li></ul></nav>",
    "<div class='cookie' role='dialog'>Vi använder kakor.</div>",
    "<footer><p>Malmö stad, växel</p></footer>",
)


def _pdf(look: Look) -> Maker:
    return lambda made, path: _write(path, typeset(made, look))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def write_docx(made: Made, path: Path) -> None:
    """Write a Word file: headings by style, lists with bullets, tables."""
    make_docx(path, "".join(map(_docx_part, made.parts)), more={"word/styles.xml": _styles()})


def write_html(made: Made, path: Path) -> None:
    """Write a web page with the menus around it that such pages have."""
    body = "".join(map(_html_part, made.parts))
    menu, cookies, foot = _CHROME
    page = (
        f"<!doctype html><html lang=sv><head><title>{escape(made.title)}</title></head><body>"
        f"{menu}{cookies}<main>{body}</main>{foot}</body></html>"
    )
    path.write_text(page, encoding="utf-8")


def write_markdown(made: Made, path: Path) -> None:
    """Write Markdown with emphasis and links, as people do."""
    path.write_text(_markdown(made), encoding="utf-8")


def write_wide_markdown(made: Made, path: Path) -> None:
    """Write Markdown as old editors of Windows save it: two bytes a letter, with a mark first."""
    path.write_bytes(_markdown(made).replace("\n", "\r\n").encode("utf-16"))


def write_old_markdown(made: Made, path: Path) -> None:
    """Write Markdown in the old encoding of Windows."""
    path.write_bytes(_markdown(made).replace("\n", "\r\n").encode("cp1252"))


def _markdown(made: Made) -> str:
    return "\n\n".join(map(_markdown_part, made.parts)) + "\n"


def write_text(made: Made, path: Path) -> None:
    """Write plain text in an old encoding, hard-wrapped at 72 columns."""
    parts = [_text_part(part) for part in made.parts]
    path.write_bytes("\r\n\r\n".join(parts).replace("\n", "\r\n").encode("cp1252"))


MAKERS: dict[str, Maker] = {
    "plain.pdf": _pdf(Look()),
    "tagged.pdf": _pdf(Look(tagged=True)),
    "columns.pdf": _pdf(Look(columns=2)),
    "turned.pdf": _pdf(Look(turned=True)),
    "short-pages.pdf": _pdf(Look(bottom=420.0)),
    "listed.pdf": _pdf(Look(listed=True)),
    "scanned.pdf": lambda made, path: _write(path, scan(typeset(made, Look()), dpi=300)),
    "word.docx": write_docx,
    "revised.docx": write_revised,
    "web.html": write_html,
    "marked.md": write_markdown,
    "wide.md": write_wide_markdown,
    "old.md": write_old_markdown,
    "old.txt": write_text,
}
NAMES = (
    *(f"{content}-{form}" for content in CONTENTS for form in ("plain.pdf", "tagged.pdf")),
    *(f"{content}-columns.pdf" for content in ("guideline", "regulation", "minutes")),
    *(f"{content}-short-pages.pdf" for content in ("memo", "guideline", "minutes", "register")),
    *(f"{content}-listed.pdf" for content in ("guideline", "regulation")),
    *(f"{content}-turned.pdf" for content in ("routine", "plan")),
    *(f"{content}-word.docx" for content in ("memo", "guideline", "minutes")),
    *(f"{content}-revised.docx" for content in ("memo", "guideline")),
    *(f"{content}-web.html" for content in ("routine", "regulation")),
    *(f"{content}-marked.md" for content in ("guideline", "routine")),
    *(f"{content}-{form}" for content, form in (("minutes", "wide.md"), ("plan", "old.md"))),
    *(f"{content}-old.txt" for content in ("memo", "minutes")),
)
SCANNED = tuple(f"{content}-scanned.pdf" for content in ("memo", "guideline"))


def make(name: str, folder: Path) -> Path:
    """Write the document of this name; return its path."""
    content, form = name.split("-", 1)
    path = folder / name
    MAKERS[form](CONTENTS[content], path)
    return path


def _docx_part(part: Part) -> str:
    match part.kind:
        case "heading":
            return paragraph(escape(part.text), style=f"R{part.level}")
        case "paragraph":
            return paragraph(escape(part.text))
        case "advice":
            return paragraph(part.text, run="<w:i/>")
        case "table":
            rows = (
                "".join(f"<w:tc>{paragraph(escape(cell))}</w:tc>" for cell in row)
                for row in part.rows
            )
            return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
        case "items":
            return "".join(paragraph(f"• {escape(text)}") for (text,) in part.rows)
        case "numbered":
            numbers = enumerate(part.rows, start=1)
            return "".join(paragraph(f"{n}. {escape(text)}") for n, (text,) in numbers)


def _styles() -> str:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="R{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2, 3)
    )
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:styles xmlns:w="{name}">{styles}</w:styles>'


def _html_part(part: Part) -> str:
    text = escape(part.text)
    match part.kind:
        case "heading":
            return f"<h{part.level}>{text}</h{part.level}>"
        case "paragraph" | "advice":
            return f"<p>{text}</p>"
        case "table":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in part.rows)
            return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        case "items" | "numbered":
            tag = "ul" if part.kind == "items" else "ol"
            return f"<{tag}>" + "".join(f"<li>{escape(t)}</li>" for (t,) in part.rows) + f"</{tag}>"


def _markdown_part(part: Part) -> str:
    match part.kind:
        case "heading":
            return f"{'#' * part.level} **{part.text}**"
        case "paragraph":
            return part.text.replace("staden", "[staden](https://exempel.se)", 1)
        case "advice":
            return f"*{part.text}*"
        case "table":
            rule = "|" + "---|" * len(part.rows[0])
            lines = ["| " + " | ".join(row) + " |" for row in part.rows]
            return "\n".join([lines[0], rule, *lines[1:]])
        case "items":
            return "\n".join(f"* {text}" for (text,) in part.rows)
        case "numbered":
            return "\n".join(f"{n}) {text}" for n, (text,) in enumerate(part.rows, start=1))


def _text_part(part: Part) -> str:
    match part.kind:
        case "table":
            return "\n".join("\t".join(row) for row in part.rows)
        case "items" | "numbered":
            rows = enumerate(part.rows, start=1)
            marks = ((f"{n}." if part.kind == "numbered" else "•", text) for n, (text,) in rows)
            return "\n".join(f"{mark} {text}" for mark, text in marks)
        case _:
            return "\n".join(wrap(part.text, width=400, size=11))
