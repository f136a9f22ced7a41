from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.library import sentences

TEXTS = """\
Riktlinjen gäller t.ex. vid användning av Copilot.|Den gäller även bl.a. för konsulter.
Se 21 kap. 1 § offentlighets- och sekretesslagen (2009:400).|Sekretess gäller även hos andra.
Dnr STK-2024-629.|Beslutat av KF den 31 mars 2021, § 100.
Kostnaden beräknas till ca 21 mnkr, dvs. ca 0,1 proc. av budgeten.|Finansieringen prövas senare.
Det avser informationssäkerhet, dataskydd m.m.|Ansvarig är avd. för digitalisering.
Prop. 2017/18:105 s. 23 f. behandlar frågan.|Se även SOU 2025:12 s. 45 ff. och prop. 2023/24:3.
Är tjänsten godkänd?|Nej!|Använd den inte.
"Får jag använda ChatGPT?" frågar många.|Svaret är nej.
Kl. 09.00 öppnade ordf. mötet.|Mötet avslutades kl. 11.30.
1. Kommunstyrelsen godkänner planen.|2. Kommunstyrelsen anmodar nämnderna.
Jfr 4 kap. 2 a § lagen (2018:218) med kompletterande bestämmelser.|Bestämmelsen är tvingande.
J. Berg föredrog ärendet.|Därefter följde en diskussion."""


@pytest.mark.parametrize("line", TEXTS.splitlines())
def test_abbreviations_do_not_end_sentences(line: str) -> None:
    assert sentences.split(line.replace("|", " ")) == line.split("|")


def test_every_item_of_a_list_is_a_sentence_of_its_own() -> None:
    assert sentences.split("Tänk på:\n- ett\n- två") == ["Tänk på:", "- ett", "- två"]


@given(st.text())
def test_spans_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = sentences.spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
