"""An Answer is shown whole, in order, with every quote linked to its source."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from kb.records import Answer, Notice, Outcome
from tests.web import guide_double as double
from web.render import render_answer, render_pending
from web.texts import wording

SV, EN = wording("sv"), wording("en")


def shown(answer: Answer, question: str = "Får jag?") -> str:
    return render_answer(answer, question=question, number=1, page=SV)[-1]


def test_the_direct_answer_comes_first_and_bold() -> None:
    html = shown(double.ANSWERED)
    assert '<p class="kortsvar"><strong>Nej.</strong></p>' in html
    assert html.index("kortsvar") < html.index(double.RULE)
    assert html.count("Nej.") == 1


def test_a_quote_that_begins_with_the_direct_answer_is_not_cut() -> None:
    quote = "Nej, det får du inte."
    answer = replace(
        double.ANSWERED,
        short="Nej.",
        text=f"{quote} [1]",
        citations=(replace(double.ANSWERED.citations[0], quote=quote),),
    )
    assert "<strong>Nej</strong>, det får du inte.</span> <a" in shown(answer)


def test_every_quote_is_followed_by_a_link_to_its_source() -> None:
    links = re.findall(r'href="#kalla-1-(\d)"[^>]*>\[(\d)\]</a>', shown(double.ANSWERED))
    assert links == [("1", "1"), ("2", "2"), ("3", "3")]


def test_a_number_without_a_source_stays_text() -> None:
    answer = replace(double.ANSWERED, text=f"Nej. {double.RULE} [9]")
    assert "[9]" in shown(answer)
    assert "kalla-1-9" not in shown(answer)


def test_quotes_in_one_paragraph_become_a_block_each() -> None:
    answer = replace(double.ANSWERED, text=f"Nej. {double.RULE} [1] {double.DUTY} [3]")
    assert shown(answer).count("<p><span") == 2


def test_the_reference_after_a_list_stands_in_its_last_item() -> None:
    answer = replace(double.ANSWERED, text=f"Nej.\n\n{double.CHECKLIST}\n[2]")
    assert re.search(r'resultatet\?</span> <a [^>]*#kalla-1-2"[^>]*>\[2\]</a></li>', shown(answer))


def test_the_reference_after_a_table_is_no_row_of_it() -> None:
    table = "| Klass | Får |\n|---|---|\n| Öppen | ja |"
    answer = replace(
        double.ANSWERED,
        text=f"{table}\n[1]",
        citations=(replace(double.ANSWERED.citations[0], quote=table),),
    )
    assert shown(answer).count("<tr>") == 2
    assert '</table> <p> <a class="hanvisning"' in shown(answer)


def test_quotes_stay_swedish_in_an_english_answer() -> None:
    html = shown(double.IN_ENGLISH)
    assert '<div class="svar utfall-answered" lang="en">' in html
    assert f'<span class="citat" lang="sv">{double.RULE}</span>' in html
    assert all(f'<li><span class="citat" lang="sv">{item}</span>' in html for item in double.ITEMS)


def test_an_english_answer_has_an_english_frame_on_a_swedish_page() -> None:
    assert EN.say("outcome_answered") in shown(double.IN_ENGLISH)
    assert SV.say("you_asked") in shown(double.IN_ENGLISH)


def test_steps_grow_by_whole_blocks() -> None:
    steps = render_answer(double.ANSWERED, question="Får jag?", number=1, page=SV)
    assert len(steps) > 2
    for step, following in pairwise(steps):
        body = step.split("</div>")[0]
        assert following.startswith(body.rstrip())
        assert step.count("<a ") == step.count("</a>")


def test_notices_and_related_links_come_with_the_last_step_only() -> None:
    *earlier, final = render_answer(double.ANSWERED, question="Får jag?", number=1, page=SV)
    assert "En äldre utgåva" in final
    assert not any("En äldre utgåva" in step for step in earlier)


def test_a_notice_may_refer_to_a_source() -> None:
    notice = Notice("older_edition", f"En äldre utgåva säger: {double.DUTY} [3]")
    html = shown(replace(double.ANSWERED, notices=(notice,)))
    assert re.search(r'class="notis">.*href="#kalla-1-3"', html)


def test_whom_to_ask_is_said_once() -> None:
    answer = Answer(
        "1",
        "",
        "sv",
        Outcome.NOT_COVERED,
        "",
        f"Det framgår inte. {double.CONTACT}",
        contact=double.CONTACT,
    )
    assert shown(answer).count(double.CONTACT) == 1
    assert 'class="kontakt"' in shown(answer)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_own_look_and_heading(outcome: Outcome) -> None:
    html = shown(Answer("1", "", "sv", outcome, "", "Text."))
    assert f"utfall-{outcome.value}" in html
    assert SV.say(f"outcome_{outcome.value}") in html


HOSTILE = '<script>alert(1)</script>\n\n![x](https://example.org/x.png) "><img src=x>'


def test_a_question_is_text_and_nothing_else() -> None:
    for html in (render_pending(HOSTILE, number=1, page=SV), shown(double.ANSWERED, HOSTILE)):
        assert "<script" not in html
        assert "<img" not in html
        assert "\n" not in html


def test_a_document_is_text_and_nothing_else() -> None:
    citation = replace(double.ANSWERED.citations[0], quote=HOSTILE, title=HOSTILE)
    answer = replace(
        double.ANSWERED,
        text=f"{HOSTILE} [1]",
        short="",
        citations=(citation,),
        notices=(Notice("x", HOSTILE),),
        contact=HOSTILE,
    )
    everything = shown(answer)
    assert not re.search(r"<(script|img)", everything)
    assert "\n" not in everything
