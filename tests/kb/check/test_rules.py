from pathlib import Path

import pytest

from kb.check.finding import Name, Severity
from kb.check.limits import shipped_limits
from kb.check.rules import commands
from tests.kb.check.made_library import found, write

COMMAND = shipped_limits().command


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('norm="FÅR INTE"', "säger inte vad den vilar på"),
        ('basis="råd"', "har basis men ingen norm"),
        ('norm="KAN" basis="råd"', 'norm="KAN" är okänt'),
        ('norm="FÅR INTE" basis="praxis"', 'basis="praxis" är okänt'),
    ],
)
def test_a_rule_says_how_strong_it_is_and_what_it_rests_on(
    tmp_path: Path, attributes: str, said: str
) -> None:
    write(tmp_path, f"## Regel {{#a {attributes}}}\n\nDela inte lösenord.")
    (finding,) = found(tmp_path, Name.RULE)
    assert (finding.line, finding.severity, said in finding.what) == (11, Severity.ERROR, True)


def test_a_rule_with_both_is_in_order(tmp_path: Path) -> None:
    write(tmp_path, '## Regel {#a norm="FÅR INTE" basis="råd"}\n\nDu får inte dela lösenord.')
    assert not found(tmp_path, Name.RULE)


def test_a_command_without_a_norm_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "## Dela inte {#a}\n\nDu får inte dela lösenord.")
    (finding,) = found(tmp_path, Name.RULE)
    assert (finding.line, finding.severity) == (11, Severity.WARNING)


def test_a_glossary_commands_nobody(tmp_path: Path) -> None:
    write(tmp_path, "## Ombud {#a}\n\nOmbudet ska ge råd.", more="kind: ordlista\n")
    assert not found(tmp_path, Name.RULE)


@pytest.mark.parametrize(
    "text",
    [
        "Du får inte dela lösenord. Fråga chefen.",
        "Arbetsgivaren ska informera facket löpande.",
        "En människa måste godkänna.",
        "Du får aldrig ladda upp bilder.",
    ],
)
def test_someone_who_must_or_may_not_is_commanded(text: str) -> None:
    assert commands(text, words=COMMAND)


@pytest.mark.parametrize(
    "text",
    [
        "Du bör fråga chefen.",
        "Om risken är hög ska nämnden samråda.",
        "Före beslut om en viktigare förändring ska arbetsgivaren förhandla.",
        "Nej, det får inte göras.",
        "Hur länge chattar ska sparas framgår inte.",
        "ITD ska ha ett råd, enligt skrivelsen om 2025.",
        "Personen som har fått fel besked ska få rätt uppgift.",
        "AI är system som drar slutsatser. Du ska granska dem.",
        "",
    ],
)
def test_a_condition_a_fact_or_a_retold_text_is_no_command(text: str) -> None:
    assert not commands(text, words=COMMAND)
