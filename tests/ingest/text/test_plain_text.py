"""Plain text: hard-wrapped lines, bare headings, bullets, rows."""

from ingest.document import Block, BlockKind
from ingest.text.pieces import gather
from ingest.text.plain_text import read_plain_text

H, P, LIST = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST

MEMO = """ Sammanfattning 
Nämnden har till kommunstyrelsen inkommit med en plan för gemensam IT enligt 
Riktlinjer för IT och digitalisering (KF 2021-
03-31 § 100) som ska ge riktning för arbetet under kommande år i hela staden. 
 
Planen bygger på behov av stöd i arbetet. 

Förslag till beslut 
Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen besluta   

1. Kommunstyrelsen godkänner planen för gemensam IT och digitalisering i staden 
för nästa år.  

2. Kommunstyrelsen beaktar finansieringen av planen i budgeten. 

Beslutsunderlag 
• Tjänsteskrivelse 

• Plan för IT 

Beslutet skickas till 
Servicenämnden 
 Kulturnämnden 
Miljönämnden 

Ärendet 
Om planen för gemensam IT och digitalisering  
Definitionen av och ansvaret för gemensam IT och digitalisering i staden regleras 
i riktlinjerna för IT. Samverkan sker med stadens alla förvaltningar under året. 
 Artificiell intelligens (AI)  
Stadskontoret lyfte vid beredningen av planen att det kan finnas behov av ytterligare 
styrning på området.  
"""  # noqa: W291, W293 - trailing blanks are what such files have


def read(text: str) -> tuple[Block, ...]:
    return gather(read_plain_text(text))


def headings(text: str) -> list[tuple[str, int]]:
    return [(block.text, block.level) for block in read(text) if block.kind is H]


def test_headings_of_a_memo_are_found_by_their_shape() -> None:
    assert headings(MEMO) == [
        ("Sammanfattning", 1),
        ("Förslag till beslut", 1),
        ("Beslutsunderlag", 1),
        ("Beslutet skickas till", 1),
        ("Ärendet", 1),
        ("Om planen för gemensam IT och digitalisering", 2),
        ("Artificiell intelligens (AI)", 2),
    ]


def test_wrapped_lines_become_paragraphs() -> None:
    paragraphs = [block.text for block in read(MEMO) if block.kind is P]
    assert paragraphs[0].endswith(
        "(KF 2021-03-31 § 100) som ska ge riktning för arbetet under kommande år i hela staden."
    )
    assert paragraphs[1] == "Planen bygger på behov av stöd i arbetet."


def test_decisions_keep_their_lead_in_over_a_blank_line() -> None:
    lists = [block.text for block in read(MEMO) if block.kind is LIST]
    assert lists[0] == (
        "Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen besluta\n"
        "1. Kommunstyrelsen godkänner planen för gemensam IT och digitalisering i staden för "
        "nästa år.\n2. Kommunstyrelsen beaktar finansieringen av planen i budgeten."
    )
    assert lists[1:] == [
        "- Tjänsteskrivelse\n- Plan för IT",
        "- Servicenämnden\n- Kulturnämnden\n- Miljönämnden",
    ]


def test_a_heading_may_stand_between_blank_lines() -> None:
    assert headings("Policy för AI\n\nHär står en mening.\n\nSyfte\n\nEn till.\n") == [
        ("Policy för AI", 1),
        ("Syfte", 2),
    ]


def test_numbered_headings_have_the_level_of_their_number() -> None:
    text = "1 Inledning\nHär står en mening.\n\n1.1 Syfte\nHär står en till.\n"
    assert headings(text) == [("1 Inledning", 1), ("1.1 Syfte", 2)]


def test_a_number_that_a_line_break_parts_from_its_mark_is_no_item() -> None:
    text = "Planen är godkänd av nämnden den 18 juni, som framgår av protokollets §\n58. Sedan.\n"
    assert [block.kind for block in read(text)] == [P]


def test_pages_are_counted_by_form_feeds() -> None:
    blocks = read("Första sidan är här.\n\fAndra sidan är här.\n")
    assert [block.page for block in blocks] == [1, 2]
    assert read("Utan sidor.\n")[0].page is None
