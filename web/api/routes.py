"""The HTTP API as an application of its own, mounted at `/api`."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kb.records import Answer
from web.api.clerk import Clerk
from web.api.faults import faults_of
from web.api.problems import MEDIA_TYPE, Problem, ProblemError, ProblemKind
from web.api.replies import AnswerReply, HitsReply, NotedReply, PassageReply, ProblemReply
from web.api.requests import FIELDS, AskCall, FeedbackCall, PassageCall, SearchCall
from web.api.sayings import api_words
from web.api.shown import shown_answer, shown_hits, shown_passage
from web.visitor import visitor_of

CHANNEL = "api"
_OF_STATUS = {
    400: ProblemKind.MALFORMED,
    404: ProblemKind.NOT_FOUND,
    405: ProblemKind.METHOD,
    415: ProblemKind.CONTENT_TYPE,
}


def build_api(clerk: Clerk) -> FastAPI:
    """Build the application; who asks has been put in the request before."""
    words = api_words()
    api = FastAPI(
        title=words.title,
        description=words.description,
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/api"}],
        root_path_in_servers=False,
        dependencies=[Depends(HTTPBearer(auto_error=False, description=words.token))],
    )
    _add_problems(api)
    _add_asking(api, clerk)
    _add_reading(api, clerk)
    return api


def _add_asking(api: FastAPI, clerk: Clerk) -> None:
    @api.post("/v1/ask", **_told("ask", AnswerReply, 415, 503), dependencies=[_JSON])
    async def ask(request: Request, call: AskCall) -> Response:
        answer = await clerk.ask(call, person=visitor_of(request.scope), channel=CHANNEL)
        return _answered(answer)

    @api.post("/v1/feedback", **_told("feedback", NotedReply, 404, 415, 503), dependencies=[_JSON])
    async def feedback(request: Request, call: FeedbackCall) -> Response:
        await clerk.feedback(call, person=visitor_of(request.scope), channel=CHANNEL)
        return JSONResponse({"noted": True})


def _add_reading(api: FastAPI, clerk: Clerk) -> None:
    async def found(request: Request, call: SearchCall) -> Response:
        hits = await clerk.search(call, person=visitor_of(request.scope))
        return JSONResponse(shown_hits(call.q, hits))

    @api.get("/v1/search", **_told("search", HitsReply, 503))
    async def search(request: Request, call: Annotated[SearchCall, Query()]) -> Response:
        return await found(request, call)

    @api.post(
        "/v1/search",
        **_told("search", HitsReply, 415, 503) | {"operation_id": "search_post"},
        dependencies=[_JSON],
    )
    async def search_post(request: Request, call: SearchCall) -> Response:
        return await found(request, call)

    @api.get(
        "/v1/passages/{document_id}/{edition}/{anchor}",
        **_told("read_passage", PassageReply, 404, 503),
    )
    async def read_passage(request: Request, call: Annotated[PassageCall, Path()]) -> Response:
        passage = await clerk.read_passage(call, person=visitor_of(request.scope))
        return JSONResponse(shown_passage(passage))


def _add_problems(api: FastAPI) -> None:
    """Answer every failure with a problem, none of which says what was sent."""

    @api.exception_handler(ProblemError)
    async def problem(_request: Request, error: ProblemError) -> Response:
        return error.problem.response()

    @api.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> Response:
        errors = error.errors()
        if any(one["type"] == "json_invalid" for one in errors):
            return Problem(ProblemKind.MALFORMED).response()
        return Problem(ProblemKind.INVALID, faults_of(errors, FIELDS)).response()

    @api.exception_handler(HTTPException)
    async def refused(_request: Request, error: HTTPException) -> Response:
        kind = _OF_STATUS.get(error.status_code, ProblemKind.FAILED)
        return Problem(kind, headers=error.headers or {}).response()


def _answered(answer: Answer) -> Response:
    return JSONResponse(shown_answer(answer))


async def _require_json(request: Request) -> None:
    """Refuse a form or a text, which a page of another site could send without asking first."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != "application/json":
        raise ProblemError(ProblemKind.CONTENT_TYPE)


_JSON = Depends(_require_json)


def _told(name: str, reply: type, *more: int) -> dict[str, Any]:
    """Describe an operation for OpenAPI."""
    words = api_words().operations[name]
    problem: Mapping[str, Any] = {
        "model": ProblemReply,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemReply"}}},
    }
    problems = {
        status: {"description": _PROBLEMS[status], **problem}
        for status in sorted((400, 401, 422, 429, *more))
    }
    return {
        "operation_id": name,
        "summary": words["title"],
        "description": words["description"],
        "responses": {200: {"model": reply, "description": "Det som begärdes."}, **problems},
    }


_PROBLEMS = {
    400: "Anropet går inte att läsa.",
    401: "Giltig nyckel saknas.",
    404: "Det finns inte, eller är inte öppet för nyckeln.",
    415: "Innehållet är inte JSON.",
    422: "Ett fält går inte att använda, eller texten innehåller personuppgifter.",
    429: "För många avvisade anrop.",
    503: "Tjänsten kan inte svara just nu.",
}
