"""Originals to download and images of their pages, for those who may see the Document."""

import re
from hashlib import sha256

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from ingest.files.page_image import MEDIA_TYPE
from web.passage_page import missing_page
from web.sheet import Originals
from web.texts import wording
from web.visitor import visitor_of

AT_ONCE = 4  # page images waited for in threads; the rest wait without holding one
_PAGE = re.compile(r"[1-9][0-9]{0,4}")
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Kept by the browser, but asked for anew each time: who may see it is decided at every request.
_ASK_AGAIN = "private, no-cache"


def originals_routes(originals: Originals) -> APIRouter:
    """Route `/original/<document_id>/<edition>` and `/sida/<document_id>/<edition>/<page>`."""
    router = APIRouter()
    turns = CapacityLimiter(AT_ONCE)

    # Plain function: it reads from disk, and the server then uses a thread.
    @router.get("/original/{document_id}/{edition}")
    def original(request: Request, document_id: str, edition: str) -> Response:
        groups = visitor_of(request.scope).groups
        found = originals.original(document_id, edition, audience=groups)
        if found is None:
            return missing_page(wording("sv"))
        return FileResponse(
            found.path,
            media_type=found.media_type,
            filename=found.name,
            content_disposition_type="attachment",
            headers={"content-security-policy": _POLICY, "cache-control": "private, no-store"},
        )

    @router.get("/sida/{document_id}/{edition}/{page}")
    async def page_image(request: Request, document_id: str, edition: str, page: str) -> Response:
        if not _PAGE.fullmatch(page):
            return missing_page(wording("sv"))
        groups = visitor_of(request.scope).groups

        def fetch() -> bytes | None:
            return originals.page_image(document_id, edition, int(page), audience=groups)

        image = await to_thread.run_sync(fetch, limiter=turns)
        if image is None:
            return missing_page(wording("sv"))
        tag = f'"{sha256(image).hexdigest()[:32]}"'
        headers = {"content-security-policy": _POLICY, "cache-control": _ASK_AGAIN, "etag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(image, media_type=MEDIA_TYPE, headers=headers)

    return router
