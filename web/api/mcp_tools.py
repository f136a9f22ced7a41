"""The tools of the MCP server: ask, search, read a passage; on the SDK's plain server.

Not on its FastMCP: that one sets up logging for the whole process, reads settings of its own from
the environment, and says what was sent back in its errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mcp import types
from mcp.server.lowlevel import Server
from pydantic import BaseModel, ValidationError

from kb.person import ANYONE, Person
from kb.present import answer_text, hits_text
from web.api.clerk import Clerk
from web.api.faults import faults_of
from web.api.problems import Problem, ProblemError, ProblemKind
from web.api.replies import AnswerReply, HitsReply, PassageReply
from web.api.requests import FIELDS, AskCall, PassageCall, SearchCall
from web.api.sayings import api_words
from web.api.shown import shown_answer, shown_hits, shown_passage
from web.visitor import visitor_of

CHANNEL = "mcp"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a tool takes and gives."""

    call: type[BaseModel]
    reply: type[BaseModel]


_TOOLS: Mapping[str, _Shape] = {
    "ask": _Shape(AskCall, AnswerReply),
    "search": _Shape(SearchCall, HitsReply),
    "read_passage": _Shape(PassageCall, PassageReply),
}
TOOL_NAMES = frozenset(_TOOLS)


def build_server(clerk: Clerk, *, version: str) -> Server[Any, Any]:
    """Build the server; who asks has been put in the request before."""
    server: Server[Any, Any] = Server(
        "vagvisaren", version=version, instructions=api_words().instructions
    )

    async def list_tools(_request: types.ListToolsRequest) -> types.ServerResult:
        tools = [_described(name, shape) for name, shape in _TOOLS.items()]
        return types.ServerResult(types.ListToolsResult(tools=tools))

    async def call_tool(request: types.CallToolRequest) -> types.ServerResult:
        made = server.request_context.request
        person = visitor_of(made.scope) if made else ANYONE
        sent = request.params.arguments or {}
        try:
            result = await _use(clerk, request.params.name, sent, person)
        except ValidationError as error:
            # Never the error's own text: it quotes what was sent.
            found = error.errors(include_url=False, include_input=False)
            result = _refused(Problem(ProblemKind.INVALID, faults_of(found, FIELDS)))
        except ProblemError as error:
            result = _refused(error.problem)
        return types.ServerResult(result)

    server.request_handlers[types.ListToolsRequest] = list_tools
    server.request_handlers[types.CallToolRequest] = call_tool
    return server


async def _use(
    clerk: Clerk, name: str, sent: Mapping[str, Any], person: Person
) -> types.CallToolResult:
    match name:
        case "ask":
            asked = AskCall.model_validate(sent)
            answer = await clerk.ask(asked, person=person, channel=CHANNEL)
            return _given(answer_text(answer), shown_answer(answer))
        case "search":
            sought = SearchCall.model_validate(sent)
            hits = await clerk.search(sought, person=person)
            return _given(hits_text(hits), shown_hits(sought.q, hits))
        case "read_passage":
            place = PassageCall.model_validate(sent)
            found = await clerk.read_passage(place, person=person)
            return _given(found.passage.text, shown_passage(found))
        case _:
            raise ProblemError(ProblemKind.NOT_FOUND)


def _described(name: str, shape: _Shape) -> types.Tool:
    return types.Tool(
        name=name,
        title=api_words().operations[name]["title"],
        description=api_words().tools[name],
        inputSchema=shape.call.model_json_schema(),
        outputSchema=shape.reply.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
        ),
    )


def _given(text: str, data: dict[str, Any]) -> types.CallToolResult:
    """Give the reply as data, and as text for a client that reads no data."""
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structuredContent=data
    )


def _refused(problem: Problem) -> types.CallToolResult:
    faults = [f"{one.field}: {one.sv} ({one.en})" for one in problem.faults]
    lines = [problem.title("sv"), problem.detail("sv"), *faults]
    lines += [problem.title("en"), problem.detail("en")]
    return types.CallToolResult(
        content=[types.TextContent(type="text", text="\n".join(lines))], isError=True
    )
