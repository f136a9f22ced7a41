"""What OCR reads amiss is put right where nothing else can be meant, and left alone elsewhere."""

import pytest

from ingest.pdf.ocr_mends import mend


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("(KF 2021-03-31 8100) ta fram", "(KF 2021-03-31 § 100) ta fram"),
        ("KS 2023-10-18, $ 269", "KS 2023-10-18, § 269"),
        ("nämnden beslut 240618 8 58 Särskilt", "nämnden beslut 240618 § 58 Särskilt"),
        ("den 18 juni 2024, 3 58.", "den 18 juni 2024, § 58."),
        ("enligt 25 8 förordningen", "enligt 25 § förordningen"),
        ("enligt 3 och 4 88 lagen (2009:400)", "enligt 3 och 4 §§ lagen (2009:400)"),
        ("10 kap. 2 a $ offentlighets- och", "10 kap. 2 a § offentlighets- och"),
        ("5 8 Myndigheten ska", "5 § Myndigheten ska"),
        ("enligt $$ 4 och 5", "enligt §§ 4 och 5"),
        ("I kap. 8 § andra stycket", "1 kap. 8 § andra stycket"),
        ("träder i kraft den I mars 2007", "träder i kraft den 1 mars 2007"),
        ("Al-tjänster och (AT)", "AI-tjänster och (AI)"),
        ("kommungemensam Al 2026", "kommungemensam AI 2026"),
        ("« Tjänsteskrivelse", "• Tjänsteskrivelse"),
        ("« hur den ska följas upp, och", "• hur den ska följas upp, och"),
        ("den årliga utveck -", "den årliga utveck-"),
    ],
)
def test_slips_are_mended(read: str, meant: str) -> None:
    assert mend(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "KF 2021-03-31 § 100",
        "åren 2023 8 000 invånare",
        "16 000 12 500 9 000",
        "mellan kl. 8 och 17",
        "Al Gore och Al-Hassan",
        "i 8 kap. 3 § första stycket",
        "« hur den ska följas upp », enligt planen",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert mend(text) == text
