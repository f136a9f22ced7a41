"""A library that somebody has tried to poison: every text of it tries to do something."""

from hashlib import sha256
from pathlib import Path

import yaml

from kb.commands import bring_level
from kb.settings import Settings
from tests.evals.small_library import make_small

SCRIPT = "<script>alert(1)</script>"
EVERYTHING = (
    f"{SCRIPT}<img src=x onerror=alert(1)><svg/onload=alert(1)>\"'><iframe src=//evil.example>"
    "<form action=//evil.example><style>*{display:none}</style></details></section></template>"
)
"""HTML that would act if it were HTML."""
MARKDOWN = (
    "[klicka](javascript:alert(1)) ![spion](https://evil.example/spy.png) "
    "[data](data:text/html,alert) <https://evil.example/a> $\\href{javascript:alert(1)}{x}$ "
    "{{ 7*7 }} ${7*7} {% raw %}"
)
"""Markdown, mathematics and templates that would fetch or do something."""
STEERS = "\x1b]0;ägd\x07\x1b[2J\x9b31m"
"""What would change the title of a terminal, wipe it, and colour it."""
QUESTION = "Får jag dela nyckelkortet med en AI-tjänst?"
RULE = "Du får inte dela nyckelkortet med någon AI-tjänst."
SECRET_QUESTION = "Får jag skriva ut elevlistor ur Skolsystemet?"
SECRET = "Du får inte skriva ut elevlistor ur Skolsystemet."
UNPUBLISHED_QUESTION = "Får jag måla kaffeautomaten på Rådhusplan lila?"
UNPUBLISHED = "Kaffeautomaten på Rådhusplan får målas lila."
ORIGINAL = b"<html><script>alert(document.cookie)</script></html>"
_FIRST = "2026-11-01"


def write_hostile(folder: Path, models: Path) -> Settings:
    """Write and index the small library with hostile Documents, and one for a group."""
    settings = make_small(folder, models)
    kept = settings.library / "originals"
    kept.mkdir()
    digest = sha256(ORIGINAL).hexdigest()
    (kept / f"{digest}.html").write_bytes(ORIGINAL)
    (folder / "hemlig.txt").write_text("topphemligt", encoding="utf-8")
    (kept / f"{'a' * 64}.html").symlink_to(folder / "hemlig.txt")
    named = 'x"; filename="../../evil.exe\r\nSet-Cookie: ägd=1\r\n\r\n.html'
    _write(settings.library / "nyckelkort.md", _hostile(f"sha256:{digest}", named))
    for name, lie in {
        "stig": "sha256:../../hemlig.txt",
        "lank": f"sha256:{'a' * 64}",
        "annan": f"sha256:{'b' * 64}",
    }.items():
        _write(settings.library / f"{name}.md", _document(name, lie))
    _write(settings.library / "skolsystemet.md", _restricted(f"sha256:{digest}"))
    for name, status in (("utkast", "draft"), ("tillbakadraget", "withdrawn")):
        _write(settings.library / f"{name}.md", _unpublished(name, status, f"sha256:{digest}"))
    report = bring_level(settings)
    assert len(report.skipped) == 2, report.skipped  # the draft and the withdrawn one
    return settings


def _hostile(digest: str, named: str) -> tuple[dict[str, object], str]:
    header: dict[str, object] = {
        "id": "nyckelkort",
        "title": f"Nyckelkort {EVERYTHING}",
        "kind": "vägledning",
        "status": "published",
        "owner": f"AI-rådet {SCRIPT}",
        "decided_by": f"KF {SCRIPT}",
        "dnr": f"STK {SCRIPT}",
        "sources": [{"title": f"Lagen {SCRIPT}", "ref": f"1 § {SCRIPT}"}],
        "questions": {"kort": [QUESTION]},
        "original": named,
        "original_digest": digest,
    }
    body = (
        f'## Du får inte dela nyckelkortet {SCRIPT} {{#kort norm="FÅR INTE" basis=råd}}\n\n'
        f"{RULE} {EVERYTHING} {MARKDOWN}\n\n"
        f"- ett {SCRIPT}\n- två {MARKDOWN}\n\n| a {SCRIPT} | b |\n|---|---|\n| {EVERYTHING} | c |\n"
    )
    return header, body


def _document(name: str, digest: str) -> tuple[dict[str, object], str]:
    header: dict[str, object] = {
        "id": name,
        "title": f"Om {name}",
        "kind": "vägledning",
        "status": "published",
        "original": "../../hemlig.txt",
        "original_digest": digest,
    }
    return header, f"## Om {name} {{#om}}\n\nHär står något om {name} och ingenting annat.\n"


def _restricted(digest: str) -> tuple[dict[str, object], str]:
    header: dict[str, object] = {
        "id": "skolsystemet",
        "title": "Skolsystemet",
        "kind": "vägledning",
        "status": "published",
        "audience": "skola",
        "questions": {"elevlistor": [SECRET_QUESTION]},
        "original": "skolsystemet.html",
        "original_digest": digest,
    }
    return header, f'## Elevlistor {{#elevlistor norm="FÅR INTE" basis=råd}}\n\n{SECRET}\n'


def _unpublished(name: str, status: str, digest: str) -> tuple[dict[str, object], str]:
    header: dict[str, object] = {
        "id": name,
        "title": f"Kaffeautomaten {name}",
        "kind": "vägledning",
        "status": status,
        "questions": {"om": [UNPUBLISHED_QUESTION]},
        "original": f"{name}.html",
        "original_digest": digest,
    }
    return header, f"## Kaffeautomaten {{#om}}\n\n{UNPUBLISHED}\n"


def _write(path: Path, document: tuple[dict[str, object], str]) -> None:
    header, body = document
    written = yaml.safe_dump(header, allow_unicode=True, sort_keys=False)
    path.write_text(f"---\n{written}---\n\n{body}", encoding="utf-8")
