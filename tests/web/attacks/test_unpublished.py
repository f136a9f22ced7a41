"""A draft and a withdrawn Document: nowhere, by whatever name they are asked for."""

import httpx
import pytest

from tests.web.attacks.hostile import UNPUBLISHED, UNPUBLISHED_QUESTION
from tests.web.attacks.town import PAGES, Town, ask

NAMES = ("utkast", "tillbakadraget")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("edition", ["1", "2026-1", "1@1", "None", "*"])
def test_what_is_not_published_is_like_what_is_not_there(
    anna: httpx.Client, name: str, edition: str
) -> None:
    for address in ("/avsnitt/{}/{}/om", "/original/{}/{}", "/sida/{}/{}/1"):
        found = anna.get(address.format(name, edition))
        missing = anna.get(address.format("finnsinte", edition))
        assert found.status_code == missing.status_code == 404
        assert found.text == missing.text


def test_no_answer_search_or_passage_tells_of_it(town: Town, anna: httpx.Client) -> None:
    program = town.anybody()
    program.headers["authorization"] = f"Bearer {town.token}"
    said = [ask(anna, UNPUBLISHED_QUESTION, page=page) for page in PAGES]
    said.append(program.post("/api/v1/ask", json={"question": UNPUBLISHED_QUESTION}).text)
    said.append(program.get("/api/v1/search", params={"q": UNPUBLISHED_QUESTION, "k": 50}).text)
    for day in ("2000-01-01", "2026-11-22", "2099-12-31"):
        asked = {"question": UNPUBLISHED_QUESTION, "as_of": day}
        said.append(program.post("/api/v1/ask", json=asked).text)
    said += [program.get(f"/api/v1/passages/{name}/1/om").text for name in NAMES]
    for text in said:
        assert UNPUBLISHED not in text
        assert not any(f'"{name}"' in text or f"/{name}/" in text for name in NAMES)
