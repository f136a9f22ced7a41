from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from evals.gate import judge
from evals.junit import junit_xml
from evals.report import render
from evals.run import Run
from evals.summary import summary_json
from evals.trial import Trial
from tests.evals.made import WRONG, answer, baseline, case, record, suite, trial

ASKED = suite(
    case("a", perspective="juridik", critical=True),
    case("b", question="Får jag <b>ladda upp</b> ?"),
    case("c", perspective="etik"),
)
SAID: dict[str, Any] = {
    "a": WRONG,
    "b": answer("Ja, personnummer & <script>alert(1)</script> \x0b"),
}


def run_of(judged: Trial, **said: Any) -> Run:
    records = [
        record(said.get(one.id), suite="s", id=one.id, asked=one.question)
        for one in judged.suites[0].cases
    ]
    about = {"as_of": "2026-11-22", "packages": {"numpy": "2"}}
    return Run(
        tuple(judged.suites), tuple(records), tuple(judged.results), tuple(judged.figures), about
    )


JUDGED = trial(ASKED, before=baseline(ASKED), **SAID)
RUN = run_of(JUDGED, **SAID)


class Page(HTMLParser):
    """Note what a reader and a screen reader meet."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "p"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "p":
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(RUN, JUDGED, judge(JUDGED)))


def test_the_verdict_comes_first(page: Page) -> None:
    places = [page.text.index(words) for words in ("Inte godkänd", "Det som stoppar", "Mått")]
    assert places == sorted(places)
    assert "Det kritiska testfallet s/a är inte rätt. Frågan: Får jag a?" in page.text


def test_a_changed_case_stands_with_question_answer_and_source_before_and_after(page: Page) -> None:
    changed = page.text[page.text.index("Testfall som svarar annorlunda") :]
    assert "Sämre: s/a (kritiskt)" in changed
    assert "Får jag a?" in changed
    for words in ("Du får inte mata in personnummer", "Något annat.", "regler#personnummer"):
        assert words in changed


def test_what_people_wrote_is_text_and_never_mark_up(page: Page) -> None:
    assert "<script>alert(1)</script>" in page.text
    assert "<b>ladda upp</b>" in page.text
    assert not [tag for tag, _ in page.tags if tag in ("script", "b")]


def test_nothing_is_fetched_from_elsewhere(page: Page) -> None:
    assert not [attrs for _, attrs in page.tags if {"src", "href"} & attrs.keys()]
    assert "url(" not in page.text


def test_every_table_has_a_caption_and_headers_of_columns_and_rows(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") > 3
    scopes = [attrs.get("scope") for tag, attrs in page.tags if tag == "th"]
    assert None not in scopes
    assert {"col", "row"} == set(scopes)
    assert page.tags[0] == ("html", {"lang": "sv"})


def test_the_heat_map_counts_by_perspective_and_outcome(page: Page) -> None:
    row = page.text[page.text.index("Perspektiv och utfall") :]
    assert row.index("juridik") < row.index("etik")  # the weakest first
    assert "ej angivet" in row


def test_a_green_run_says_so() -> None:
    green = trial()
    page = Page(render(run_of(green), green, judge(green)))
    assert "✓ Godkänd" in page.text
    assert "Det finns ingen godkänd baslinje" in page.text
    assert "Det som stoppar" not in page.text


def junit() -> Element:
    return fromstring(junit_xml(RUN.results, judge(JUDGED)).decode())


def test_junit_fails_where_the_gate_fails() -> None:
    failed = {
        f"{c.get('classname')}/{c.get('name')}"
        for c in junit().iter("testcase")
        if c.find("failure") is not None
    }
    assert failed == {"s/a", "gate/critical"}


def test_junit_skips_what_is_wrong_but_tolerated() -> None:
    green = trial(suite(*(case(f"c{n}") for n in range(4))), c1=WRONG)
    root = fromstring(junit_xml(green.results, judge(green)).decode())
    skipped = [c.get("name") for c in root.iter("testcase") if c.find("skipped") is not None]
    assert skipped == ["c1"]
    assert not list(root.iter("failure"))


def test_the_summary_holds_figures_with_interval_and_baseline() -> None:
    summary = summary_json(RUN, judge(JUDGED), JUDGED.baseline)
    right = next(one for one in summary["figures"] if one["metric"] == "right")
    assert right["baseline"] == 1
    assert right["low"] < right["value"] < right["high"]
    assert right["n"] == 3
    assert summary["passed"] is False
    assert summary["cases"] == {"s": 3}
