"""Sort every address into a few classes, so that logs and metrics never hold an address."""

import re
from enum import StrEnum


class RouteClass(StrEnum):
    """What kind of address a request was for."""

    PAGE = "page"
    ABOUT = "about"
    QUESTION = "question"
    ANSWER = "answer"
    GRADIO = "gradio"
    STATIC = "static"
    PASSAGE = "passage"
    ORIGINAL = "original"
    API = "api"
    MCP = "mcp"
    SIGN_IN = "sign_in"
    HEALTH = "health"
    METRICS = "metrics"
    OTHER = "other"


_CLASSES = tuple(
    (route, re.compile(pattern))
    for route, pattern in (
        (RouteClass.PAGE, r"/|/en/?"),
        (RouteClass.ABOUT, r"/(?:om|personuppgifter|tillganglighet)"),
        (RouteClass.QUESTION, r"(?:/en)?/gradio_api/queue/join/?"),
        (RouteClass.ANSWER, r"(?:/en)?/gradio_api/queue/data/?"),
        (RouteClass.GRADIO, r"(?:/en)?/(?:config|gradio_api/.*)"),
        (RouteClass.STATIC, r"/resurser/.*|/favicon\.ico"),
        (RouteClass.STATIC, r"(?:/en)?/(?:theme\.css|assets/.*|static/.*)"),
        (RouteClass.PASSAGE, r"/avsnitt/.*"),
        (RouteClass.ORIGINAL, r"/original/.*|/sida/.*"),
        (RouteClass.API, r"/api/.*"),
        (RouteClass.MCP, r"/mcp(?:/.*)?"),
        (RouteClass.SIGN_IN, r"/logga-(?:in|ut)(?:/.*)?|/(?:in|ut)loggad"),
        (RouteClass.HEALTH, r"/halsa|/redo"),
        (RouteClass.METRICS, r"/matvarden"),
    )
)


def route_class(path: str) -> RouteClass:
    """Return the class of an address; what is unknown is `other`."""
    found = (route for route, pattern in _CLASSES if pattern.fullmatch(path))
    return next(found, RouteClass.OTHER)
