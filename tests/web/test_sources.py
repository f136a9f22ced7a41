"""The sources state every fact, mark the quote in its passage and lead to it."""

import re
from dataclasses import replace

from kb.records import Answer, Citation
from tests.web import guide_double as double
from web.sources import Group, passage_link, render_panel, source_of
from web.texts import wording

SV, EN = wording("sv"), wording("en")


def panel(*citations: Citation) -> str:
    found = tuple(
        source_of(
            citation,
            double.LIBRARY.get((citation.document_id, citation.edition, citation.anchor)),
            page=SV,
            today=double.TODAY,
        )
        for citation in citations
    )
    return render_panel([Group(1, "Får jag?", found)], newest=1, page=SV)


def sources(answer: Answer) -> str:
    return panel(*answer.citations)


def test_a_source_states_every_fact() -> None:
    html = sources(replace(double.ANSWERED, citations=double.ANSWERED.citations[2:]))
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", html))
    assert facts == {
        "Typ": "riktlinje",
        "Utgåva": "2026-1",
        "Gäller": "2026-11-01 – 2027-12-31",
        "Beslut": "KF 2021-03-31 § 100",
        "Avser år": "2026",
        "Diarienummer": "STK-2024-629",
        "Rubriker": "Ansvar",
        "Sida": "7",
    }


def test_a_rule_says_how_strong_it_is_and_what_it_rests_on() -> None:
    html = sources(double.ANSWERED)
    assert '<span class="regel">FÅR INTE · följer av lag</span>' in html
    assert "<dt>Grund</dt><dd>Regeln följer av lag eller EU-förordning" in html


def test_a_scanned_source_says_so() -> None:
    scanned = replace(double.ANSWERED.citations[0], scanned=True)
    assert "<dt>Skannad</dt><dd>kontrollera originalet" in panel(scanned)
    assert "Skannad" not in sources(double.ANSWERED)


def test_what_is_no_rule_shows_none() -> None:
    html = sources(double.OF_THE_PLAN)
    assert 'class="regel"' not in html
    assert "<dt>Grund</dt>" not in html


def test_a_missing_decision_is_stated() -> None:
    assert "<dd>ej fastställd av AI-rådet</dd>" in sources(double.ANSWERED)


def test_a_source_no_longer_in_force_says_so() -> None:
    assert "Gäller inte längre (upphörde 2026-06-30)" in sources(double.OF_THE_PLAN)


def test_the_quote_is_marked_in_its_passage() -> None:
    html = sources(double.ANSWERED)
    assert f"<mark>{double.RULE}</mark> Det gäller även" in html
    assert all(f"<li><mark>{item}</mark></li>" in html for item in double.ITEMS)


def test_a_passage_that_cannot_be_fetched_shows_its_quote() -> None:
    gone = replace(double.ANSWERED.citations[0], anchor="borta")
    assert f"<mark>{double.RULE}</mark>" in panel(gone)


def test_a_document_is_text_and_nothing_else() -> None:
    hostile = '<script>alert(1)</script>\n\n![x](https://example.org/x.png) "><img src=x>'
    citation = replace(
        double.ANSWERED.citations[0],
        anchor="borta",
        quote=hostile,
        title=hostile,
        headings=(hostile,),
        decided_by=hostile,
        dnr=hostile,
    )
    assert not re.search(r"<(script|img)", panel(citation))
    assert "\n" not in panel(citation)


def test_the_link_to_a_passage_tells_where_the_quote_stands() -> None:
    citation = double.ANSWERED.citations[2]
    text = "Först. " + double.DUTY
    assert passage_link(citation, text=text, page=SV) == (
        f"/avsnitt/ansvar/2026-1/ditt-ansvar?fran=7&till={7 + len(double.DUTY)}"
    )
    assert passage_link(citation, text="annat", page=EN) == (
        "/avsnitt/ansvar/2026-1/ditt-ansvar?sprak=en"
    )


def test_a_source_from_a_pdf_leads_to_its_page_in_the_original() -> None:
    citation = double.OF_THE_PLAN.citations[0]
    context = double.LIBRARY[citation.document_id, citation.edition, citation.anchor]
    front = replace(context.front, original="plan.pdf", original_digest="sha256:0")
    source = source_of(citation, replace(context, front=front), page=SV, today=double.TODAY)
    assert source.original == f"{source.link}#originalet"
    html = render_panel([Group(1, "Vad?", (source,))], newest=1, page=SV)
    assert "Visa sidan i originalet" in html


def test_a_source_of_no_original_leads_to_none() -> None:
    assert "originalet (ny flik)" not in sources(double.ANSWERED)
