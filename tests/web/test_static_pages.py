"""The pages about the service are whole without JavaScript and say only what is decided."""

import httpx
import pytest

from kb.journal.records import Retained
from web.static_pages import PAGES, About, render_page
from web.texts import wording

SV, EN = wording("sv"), wording("en")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_is_served_in_both_languages_without_script(
    client: httpx.Client, name: str, language: str
) -> None:
    answer = client.get(f"/{name}?sprak={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == answer.text.count("<main") == 1
    assert "<script" not in answer.text
    assert "{{" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_every_page_leads_to_the_pages_about_the_service(client: httpx.Client) -> None:
    for path in ("/", "/en/", "/om", "/avsnitt/plan-2026/1/fokus", "/avsnitt/finns/inte/alls"):
        for name in PAGES:
            assert f'href="/{name}' in client.get(path).text, path


def test_the_page_says_who_writes_the_answers() -> None:
    quoted = render_page("om", About(), page=SV)
    written = render_page("om", About(mode="generative"), page=SV)
    assert "Ingen AI skriver svaren" in quoted
    assert "språkmodell formulerar" not in quoted
    assert "Du chattar med ett AI-system" in written
    assert "Ingen AI skriver svaren" not in written


def test_retention_is_told_as_it_is_set() -> None:
    about = About(retention={Retained.TURN: 730}, decision="KS 2027-01-20 § 12")
    html = render_page("personuppgifter", about, page=SV)
    assert "<td>Frågor och svar</td>\n<td>730 dagar</td>" in html
    assert "KS 2027-01-20 § 12" in html
    assert html.count("ingen gallring är beslutad") == len(Retained) - 1


def test_without_a_decision_nothing_is_said_to_be_removed() -> None:
    html = render_page("personuppgifter", About(retention={Retained.TURN: 730}), page=SV)
    assert "730" not in html
    assert "Inget beslut om gallring" in html


def test_it_is_told_when_questions_leave_the_server() -> None:
    assert "Frågorna lämnar inte servern" in render_page("personuppgifter", About(), page=SV)
    outside = render_page("personuppgifter", About(asks_outside=True), page=SV)
    assert "Frågorna lämnar inte servern" not in outside
    assert "modelltjänst utanför servern" in outside


def test_a_contact_is_shown_as_text_or_said_to_be_missing() -> None:
    hostile = About(contact='<script>alert(1)</script> & "vi"')
    for name in PAGES:
        html = render_page(name, hostile, page=EN)
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "&lt;script" not in render_page(name, About(), page=EN)


def test_the_statement_does_not_claim_what_nobody_has_tried() -> None:
    html = render_page("tillganglighet", About(), page=SV)
    assert "Ingen person har ännu prövat tjänsten med skärmläsare" in html


def test_an_unknown_address_is_a_page_for_a_person_and_a_line_for_a_program(
    client: httpx.Client,
) -> None:
    person = client.get("/finns-inte", headers={"accept": "text/html"})
    assert person.status_code == 404
    assert "<h1>Sidan finns inte.</h1>" in person.text
    assert client.get("/finns-inte", headers={"accept": "*/*"}).text == "Sidan finns inte."
