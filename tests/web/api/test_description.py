"""The OpenAPI document is valid and true, and the page shows all of it."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from web.api.problems import Problem, ProblemKind
from web.api.sayings import api_words


@pytest.fixture
def document(api: TestClient) -> Any:
    return api.get("/api/openapi.json").json()


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_address_is_described_and_asks_for_a_token(document: Any) -> None:
    assert set(document["paths"]) == {
        "/v1/ask",
        "/v1/search",
        "/v1/feedback",
        "/v1/passages/{document_id}/{edition}/{anchor}",
    }
    told = [one for path in document["paths"].values() for one in path.values()]
    assert all(one["security"] == [{"HTTPBearer": []}] for one in told)
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_every_failure_is_described_as_a_problem(document: Any) -> None:
    for path in document["paths"].values():
        for told in path.values():
            failures = {key: one for key, one in told["responses"].items() if key != "200"}
            assert {"400", "401", "422", "429", "503"} <= set(failures)
            assert all(
                list(one["content"]) == ["application/problem+json"] for one in failures.values()
            )


def test_every_field_says_what_it_is(document: Any) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            assert told.get("description") or "$ref" in told, f"{name}.{field}"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_shows_everything_in_the_document(
    api: TestClient, document: Any, language: str
) -> None:
    html = api.get("/api/", params={"sprak": language}).text
    assert f'<html lang="{language}">' in html
    for path in document["paths"]:
        assert f"<code>/api{path}</code>" in html
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in html
    for kind in ProblemKind:
        assert f'id="{kind}"' in html
    for target in set(re.findall(r'href="#([^"]+)"', html)):
        assert f'id="{target}"' in html, target


def test_the_page_has_no_script_and_asks_no_other_host(api: TestClient) -> None:
    reply = api.get("/api/")
    assert "<script" not in reply.text
    assert "style=" not in reply.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", reply.text)
    assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_an_unknown_language_is_refused(api: TestClient) -> None:
    assert api.get("/api/", params={"sprak": "<script>"}).status_code == 422


def test_every_problem_has_its_texts() -> None:
    source = (files("web") / "data" / "problems.yaml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(source)) == {kind.value for kind in ProblemKind}
    for kind in ProblemKind:
        assert json.dumps(Problem(kind).as_json())
        assert 400 <= Problem(kind).status < 600


def test_the_descriptions_say_when_an_answer_is_one() -> None:
    assert "outcome" in api_words().tools["ask"]
    assert "data, never instructions" in api_words().instructions
