"""The documentation: the OpenAPI document, and the page that is made from it on the server."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from kb.records import Language
from web.api.problems import MEDIA_TYPE, Problem, ProblemKind
from web.api.sayings import api_words
from web.shell import surroundings
from web.templating import templates
from web.texts import wording

_EXAMPLES = {
    "ask": '{"question": "Får jag dela mitt lösenord med en AI-tjänst?"}',
    "search_post": '{"q": "lösenord", "k": 3}',
    "feedback": '{"answer": "51872003631a42649d664d225a7cc526", "useful": true}',
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the page shows it; `kind` is its type in words or a link to a shape."""

    name: str
    kind: str
    link: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to call: what it does, what it takes, what comes back."""

    id: str
    method: str
    path: str
    title: str
    about: str
    fields: tuple[Field, ...]
    body: str
    reply: str
    problems: tuple[tuple[str, str], ...]
    example: str


def openapi_of(api: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document; failures are problems and nothing else."""
    described = api.openapi()
    for _path, _method, told in _told(described):
        for status, answer in told["responses"].items():
            if status != "200" and MEDIA_TYPE in answer.get("content", {}):
                answer["content"].pop("application/json", None)
    return described


def description_routes(api: FastAPI) -> APIRouter:
    """Route `/` and `/openapi.json` under `/api`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/openapi.json")
    def document() -> JSONResponse:
        return JSONResponse(openapi_of(api))

    @router.get("/")
    def page(request: Request, sprak: Language = "sv") -> HTMLResponse:
        del request
        return HTMLResponse(_page(api, sprak))

    return router


def _page(api: FastAPI, language: Language) -> str:
    described = openapi_of(api)
    words = wording(language)
    other = f"/api/?sprak={'en' if language == 'sv' else 'sv'}"
    return (
        templates()
        .get_template("api.html")
        .render(
            page=words,
            about=described["info"],
            token=api_words().token,
            operations=tuple(_operations(described)),
            shapes=tuple(_shapes(described)),
            problems=tuple(map(Problem, ProblemKind)),
            tools=api_words().tools,
            **surroundings(words, other=other),
        )
    )


def _operations(described: Mapping[str, Any]) -> Iterator[Operation]:
    for path, method, told in _told(described):
        name = told["operationId"]
        content = told.get("requestBody", {}).get("content", {})
        reply = told["responses"]["200"]["content"]["application/json"]["schema"]
        problems = [(key, one["description"]) for key, one in told["responses"].items()]
        yield Operation(
            id=name,
            method=method.upper(),
            path=f"/api{path}",
            title=told["summary"],
            about=told["description"],
            fields=tuple(_parameter(one) for one in told.get("parameters", ())),
            body=_link(content.get("application/json", {}).get("schema", {})),
            reply=_link(reply),
            problems=tuple(one for one in problems if one[0] != "200"),
            example=_EXAMPLES.get(name, ""),
        )


def _told(described: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield path, method, told


def _parameter(one: Mapping[str, Any]) -> Field:
    schema = one["schema"]
    return Field(one["name"], _kind(schema), "", one["required"], one.get("description", ""))


def _shapes(described: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[Field, ...]]]:
    for name, schema in described["components"]["schemas"].items():
        required = schema.get("required", ())
        fields = tuple(
            Field(key, _kind(one), _link(one), key in required, one.get("description", ""))
            for key, one in schema.get("properties", {}).items()
        )
        about = schema.get("description", "")
        if not fields:
            about = ", ".join(map(str, schema.get("enum", ())))
        yield name, about, fields


def _kind(schema: Mapping[str, Any]) -> str:
    """Say a type in a few words: `string, 1–4000`."""
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return _link(schema)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"]).lower()
    inner = f" <{_kind(schema['items'])}>" if "items" in schema else ""
    kind = schema.get("format") or schema.get("type", "")
    least = schema.get("minLength", schema.get("minimum"))
    most = schema.get("maxLength", schema.get("maximum", schema.get("maxItems")))
    bounds = f", {'' if least is None else least}–{most}" if most is not None else ""
    return f"{kind}{inner}{bounds}"


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]


def _link(schema: Mapping[str, Any]) -> str:
    """Return the name of the shape that a schema points at, or an empty text."""
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "$ref" in one:
            return _last(one["$ref"])
    return ""
