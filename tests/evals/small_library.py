"""A library of three short Documents with an index, for tests of whole runs."""

from datetime import date
from pathlib import Path
from shutil import copytree

from kb.commands import bring_level
from kb.settings import Settings

TODAY = date(2026, 11, 22)
_DOCUMENTS = {
    "losenord": (
        "Lösenord",
        "## Du får inte dela ditt lösenord {#dela norm=\"FÅR INTE\" basis=råd}\n\n"
        "Du får inte dela ditt lösenord med någon, inte heller med en AI-tjänst.\n",
        'questions:\n  dela: ["Får jag ge AI mitt lösenord?"]\n',
    ),
    "personuppgifter": (
        "Personuppgifter i AI-tjänster",
        "## Du får inte mata in personuppgifter {#mata-in norm=\"FÅR INTE\" basis=råd}\n\n"
        "Du får inte mata in personuppgifter i en öppen AI-tjänst.\n\n"
        "## Skyddad identitet {#skyddad norm=\"FÅR INTE\" basis=råd}\n\n"
        "Uppgifter om någon med skyddad identitet får aldrig matas in i en AI-tjänst.\n",
        "",
    ),
    "incident": (
        "Personuppgiftsincident",
        "## Anmäl genast {#anmal norm=\"MÅSTE\" basis=råd}\n\n"
        "En personuppgiftsincident måste anmälas till chefen genast.\n",
        "",
    ),
}  # fmt: skip


def make_small(folder: Path, models: Path) -> Settings:
    """Write the library and its index in a folder; return the settings that open them."""
    library = folder / "library"
    library.mkdir()
    for name, (title, body, questions) in _DOCUMENTS.items():
        header = f"id: {name}\ntitle: {title}\nkind: vägledning\nstatus: published\n{questions}"
        (library / f"{name}.md").write_text(f"---\n{header}---\n\n{body}", encoding="utf-8")
    copytree(models, folder / "data" / "models")
    settings = Settings(library=library, data=folder / "data", as_of=TODAY)
    bring_level(settings)
    return settings
