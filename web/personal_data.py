"""The rules by which the page looks for personal data before anything is sent: the server's own."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Response
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    PhoneMetadata,
    phonenumbermatcher,
    phonenumberutil,
)

from ingest.screening.contact_data import FUNCTIONS, PublicContacts
from ingest.screening.personal_data import CENTURIES
from kb.answer.screen import shared_patterns
from web.script_patterns import script_pattern

ADDRESS = "/resurser/personregler.js"
WARNING_TEXTS = (
    *("warning_question", "warning_text", "warning_unsure_question", "warning_unsure_text"),
    *("warning_why", "warning_why_unsure", "warning_found", "warning_with", "warning_names"),
    *("warning_preview_question", "warning_preview_text"),
    *("warning_edit_question", "warning_edit_text", "warning_send_masked", "warning_send"),
    *("kind_personal_number", "kind_coordination_number", "kind_email", "kind_phone"),
    *("kind_address", "mask_personal_number", "mask_coordination_number", "mask_email"),
    *("mask_phone", "mask_address"),
)
"""The keys of the texts that the warning is made of."""
# How libphonenumber reads a text; its names are its own, and a test holds the page to it.
_READING = {
    "candidate": "_PATTERN",
    "second": "_SECOND_NUMBER_START_PATTERN",
    "ending": "_UNWANTED_END_CHAR_PATTERN",
    "pages": "_PUB_PAGES",
    "dates": "_SLASH_SEPARATED_DATES",
    "stamp": "_TIME_STAMPS",
    "stampEnd": "_TIME_STAMPS_SUFFIX",
    "brackets": "_MATCHING_BRACKETS",
    "lead": "_LEAD_PATTERN",
    "inner": "_INNER_MATCHES",
}
_SWEDISH_KINDS = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost"),
    *("personal_number", "pager", "uan", "voicemail", "voip"),
)
_AN_HOUR = "private, max-age=3600"


def personal_data_routes(*, public: PublicContacts, today: Callable[[], date]) -> APIRouter:
    """Serve the rules as a script, so that they are there before the first question."""
    router = APIRouter()

    def rules() -> Response:
        content = f"globalThis.personregler = {_as_script(public, today())};\n"
        return Response(content, media_type="text/javascript", headers={"cache-control": _AN_HOUR})

    router.add_api_route(ADDRESS, rules, methods=["GET"])
    return router


def rules_of(public: PublicContacts, *, today: date) -> Mapping[str, Any]:
    """Return the rules as JSON can hold them; patterns as `source` and `flags`.

    `public` contacts give no warning alone; beside what tells of a person they do, as on the
    server. `today` is the server's: a clock that is behind must not let a number through.
    """
    return {
        "today": today.isoformat(),
        "patterns": _scripts(shared_patterns()),
        "centuries": CENTURIES,
        "zeros": _zeros(),
        "functions": sorted(FUNCTIONS),
        "phone": _phone_rules(),
        "public": {
            "domains": sorted(public.domains),
            "addresses": sorted(public.addresses),
            "numbers": public.numbers,
        },
    }


@lru_cache(maxsize=4)
def _as_script(public: PublicContacts, today: date) -> str:
    # `<` never ends an element here, but the same text may be embedded one day.
    return json.dumps(rules_of(public, today=today)).replace("<", "\\u003c")


def _scripts(
    patterns: Mapping[str, re.Pattern[str] | Sequence[re.Pattern[str]]],
) -> dict[str, Any]:
    return {
        name: script_pattern(one)
        if isinstance(one, re.Pattern)
        else [script_pattern(each) for each in one]
        for name, one in patterns.items()
    }


def _zeros() -> list[int]:
    """Return the code points of the digit zero in every script."""
    return [
        point
        for point in range(0x110000)
        if unicodedata.category(chr(point)) == "Nd" and unicodedata.decimal(chr(point)) == 0
    ]


def _phone_rules() -> dict[str, Any]:
    swedish = PhoneMetadata.metadata_for_region("SE")
    if swedish is None or swedish.general_desc is None:
        raise ValueError("libphonenumber knows no Swedish numbers")
    described = (getattr(swedish, kind) for kind in _SWEDISH_KINDS)
    matcher = vars(phonenumbermatcher)
    return {
        **_scripts({key: matcher[name] for key, name in _READING.items()}),
        "extension": script_pattern(vars(phonenumberutil)["_EXTN_PATTERN"]),
        "general": swedish.general_desc.national_number_pattern,
        "kinds": [one.national_number_pattern for one in described if one and one.possible_length],
        "lengths": swedish.general_desc.possible_length,
        "codes": _lengths_abroad(),
    }


def _lengths_abroad() -> dict[str, list[int]]:
    """Return how many digits follow each calling code: a looser rule, a twentieth of the weight."""
    codes: dict[str, list[int]] = {}
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        known = (
            PhoneMetadata.metadata_for_nongeo_region(code)
            if region == "001"
            else PhoneMetadata.metadata_for_region(region)
            for region in regions
        )
        described = (one.general_desc for one in known if one)
        lengths = {n for one in described if one for n in one.possible_length}
        codes[str(code)] = sorted(lengths)
    return codes
