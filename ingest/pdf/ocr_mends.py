"""Mend what OCR reads amiss in Swedish, where nothing else can be meant: § as 8, AI as Al."""

import re

_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_DAY = rf"(?:\d{{4}}-\d\d-\d\d|\d{{6}}|\d{{1,2}} (?:{_MONTHS}) \d{{4}})"
_MISREAD = "[8$3S§]"
# What follows the number of a section in a reference to a statute.
_STATUTE = (
    r"(?:i|första|andra|tredje|fjärde|och|eller|samt|punkt(?:en)?|stycket|samma|denna|\w*lag(?:en)?"
    r"|\w*balken|\w*förordning(?:en)?|\w*ordningen)\b"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # KF 2021-03-31 8 100, KS 2023-10-18, $ 269
    (re.compile(rf"({_DAY},?) ?{_MISREAD}{{2}} ?(?=\d)"), r"\1 §§ "),
    (re.compile(rf"({_DAY},?) ?{_MISREAD} ?(?=\d{{1,4}}\b)"), r"\1 § "),
    # 2 kap. 3 8, 10 kap. 2 a $
    (
        re.compile(r"(\bkap\. \d{1,3}(?: [a-z])?(?:[–-]\d{1,3})?) (?:88|\$\$|8\$|\$8)(?=[\s,.;)])"),
        r"\1 §§",
    ),
    (re.compile(r"(\bkap\. \d{1,3}(?: [a-z])?) [8$](?=[\s,.;)]|$)"), r"\1 §"),
    # 25 8 förordningen, 3 och 4 88 lagen
    (re.compile(rf"(\b\d{{1,3}}(?: [a-z])?) (?:88|\$\$|8\$|\$8) (?={_STATUTE})"), r"\1 §§ "),
    (re.compile(rf"(\b\d{{1,3}}(?: [a-z])?) [8$] (?={_STATUTE})"), r"\1 § "),
    # a paragraph of a statute: "5 8 Myndigheten …"
    (re.compile(r"^(\d{1,3}(?: [a-z])?) [8$] (?=[A-ZÅÄÖ])"), r"\1 § "),
    (re.compile(r"^(\d{1,3}(?: ?[a-z])?)\$ ?(?=[A-ZÅÄÖ])"), r"\1 § "),
    (re.compile(r"\b[Il] ?\$ ?(?=[A-ZÅÄÖa-zåäö])"), "1 § "),
    # no price is written like this in Swedish
    (re.compile(r"(?<![\w$])\$\$ ?(?=\d)"), "§§ "),
    (re.compile(r"(?<![\w$])\$ ?(?=\d)"), "§ "),
)


_OTHERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bAl(?=-[a-zåäö]| [a-zåäö\d]|[,.;:)?]|$)"), "AI"),
    (re.compile(r"\((?:Al|AT)\)"), "(AI)"),
    (re.compile(rf"\b[Il](?= kap\.)|(?<=\bden )[Il](?= (?:{_MONTHS})\b)"), "1"),
    (re.compile(r"^(?:[«»°¢©®•¤*]{1,3}|e) ?(?=[A-ZÅÄÖ])"), "• "),  # a bullet
    (re.compile(r"^[«»°¢©®•¤*]{1,3} (?=[a-zåäö])(?!.*[«»])"), "• "),  # and no quotation
    (re.compile(r"(?<=[.,;:]) ?['’`´]$"), ""),  # a speck
    (re.compile(r"(?<=[a-zåäö]) -$"), "-"),
)


def mend(text: str) -> str:
    """Return one line of recognised text with its section signs put back, AI and bullets too."""
    for pattern, meant in (*_RULES, *_OTHERS):
        text = pattern.sub(meant, text)
    return text
