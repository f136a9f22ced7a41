"""Know which Swedish forms are words and which may begin, continue or end a compound.

hunspell-sv marks this by flags (X begins, U continues, Y ends). Its 280 000 entries unfold to some
950 000 forms, which takes seconds; they are compiled once into a table of sorted 64-bit digests
with a byte of roles each: 9 MB, opened in milliseconds, and no form can be mistaken for another
but by a chance of one in ten million million.
"""

import logging
import os
import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib import metadata, resources
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from ingest.errors import IndexUnavailableError

log = logging.getLogger(__name__)

PACKAGE = "hunspell-sv"
FORMAT = 1

BEGIN, MIDDLE, END, WORD = 1, 2, 4, 8
_ROLE_OF_FLAG = {"X": BEGIN, "U": MIDDLE, "Y": END}
_PLAIN = re.compile(r"[a-zà-öø-ÿ]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms and their roles: sorted digests beside one byte of roles each."""

    version: str
    digests: memoryview
    roles: bytes

    def role(self, form: str) -> int:
        """Return the roles of a lower-case form (BEGIN | MIDDLE | END | WORD), 0 if unknown."""
        wanted = int.from_bytes(_digest(form), sys.byteorder)
        at = bisect_left(self.digests, wanted)
        found = at < len(self.digests) and self.digests[at] == wanted
        return self.roles[at] if found else 0


def load_lexicon(*, cache: Path | None = None) -> Lexicon:
    """Return the lexicon of hunspell-sv and the project's own words.

    With a `cache` folder the compiled table is kept there and opened from there (milliseconds);
    without one it is compiled anew (seconds). Raises IndexUnavailableError when the dictionary
    is not installed.
    """
    own = data_words("compounds-own.txt")
    version = f"{_package_version()}-{blake2b(repr(own).encode(), digest_size=6).hexdigest()}"
    path = cache / f"lexicon-{version}-{FORMAT}{sys.byteorder[0]}.bin" if cache else None
    table = _read_checked(path) if path else None
    if table is None:
        table = _compile(own)
        if path:
            _write_checked(path, table)
    count = len(table) // 9
    return Lexicon(version, memoryview(table)[: count * 8].cast("Q"), table[count * 8 :])


def data_words(name: str) -> tuple[str, ...]:
    """Return the words of a list in `kb/data`, without comments (`#`)."""
    return tuple(word for line in data_lines(name) for word in line.split())


def data_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a list in `kb/data`, without comments (`#`) and blank lines."""
    text = resources.files("kb").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _package_version() -> str:
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise IndexUnavailableError(_missing()) from error


def _missing() -> str:
    return f"Ordlistan {PACKAGE} saknas eller är ofullständig. Installera om paketet {PACKAGE}."


def _digest(form: str) -> bytes:
    return blake2b(form.encode(), digest_size=8).digest()


def _compile(own: tuple[str, ...]) -> bytes:
    """Return the table: all digests in order, then the roles in the same order."""
    digests, roles = bytearray(), bytearray()
    for form, role in chain(_dictionary_forms(), _own_forms(own)):
        digests += _digest(form)
        roles.append(role)
    found = np.frombuffer(digests, dtype=np.uint64)
    order = np.argsort(found, kind="stable")
    unique, first = np.unique(found[order], return_index=True)
    merged = np.bitwise_or.reduceat(np.frombuffer(roles, dtype=np.uint8)[order], first)
    return unique.tobytes() + merged.tobytes()


def _own_forms(own: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the project's own forms: `dataskydds-` begins or continues, `-kort` ends, else word."""
    for form in own:
        if form.endswith("-"):
            yield form[:-1], BEGIN | MIDDLE
        elif form.startswith("-"):
            yield form[1:], END
        else:
            yield form, WORD | END


@dataclass(frozen=True, slots=True)
class _Suffix:
    """One line of the affix file: how a form is made from a stem, and what it may be."""

    strip: str
    add: str
    fits: re.Pattern[str]
    role: int
    is_bound: bool


def _dictionary_forms() -> Iterator[tuple[str, int]]:
    """Yield every form of the dictionary with its roles; names come in lower case.

    A form made by a suffix with continuation flags lives inside compounds only; a stem marked Z
    is no word by itself but its inflections keep their roles.
    """
    suffixes = _suffixes()
    for line in _dictionary_text(".dic").splitlines()[1:]:
        stem, _, flags = line.partition("\t")[0].strip().partition("/")
        flags = flags.partition(" ")[0]
        stem = stem.lower()
        if "%" in flags or not _PLAIN.fullmatch(stem):
            continue
        role = sum(bit for flag, bit in _ROLE_OF_FLAG.items() if flag in flags)
        is_word = 0 if "Z" in flags else WORD
        yield stem, role | is_word
        inflected = is_word | (role & END)
        for suffix in (suffix for flag in flags for suffix in suffixes.get(flag, ())):
            if stem.endswith(suffix.strip) and suffix.fits.search(stem):
                form = stem[: len(stem) - len(suffix.strip)] + suffix.add
                yield form, suffix.role if suffix.is_bound else inflected


def _suffixes() -> dict[str, list[_Suffix]]:
    """Return the suffix rules by flag: `SFX flag strip add/continuation condition`."""
    rules: defaultdict[str, list[_Suffix]] = defaultdict(list)
    for fields in map(str.split, _dictionary_text(".aff").splitlines()):
        if len(fields) < 5 or fields[0] != "SFX":
            continue
        add, _, continuation = fields[3].partition("/")
        rules[fields[1]].append(
            _Suffix(
                strip="" if fields[2] == "0" else fields[2],
                add="" if add == "0" else add,
                fits=re.compile(f"(?:{fields[4]})$"),
                role=sum(bit for flag, bit in _ROLE_OF_FLAG.items() if flag in continuation),
                is_bound=bool(continuation),
            )
        )
    return rules


def _dictionary_text(suffix: str) -> str:
    for file in metadata.files(PACKAGE) or ():
        if file.name == f"sv_SE{suffix}":
            try:
                return Path(str(file.locate())).read_text(encoding="utf-8")
            except OSError as error:
                raise IndexUnavailableError(_missing()) from error
    raise IndexUnavailableError(_missing())


def _read_checked(path: Path) -> bytes | None:
    """Return what `_write_checked` wrote; None when it is absent or damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    table, checksum = content[:-8], content[-8:]
    return table if table and blake2b(table, digest_size=8).digest() == checksum else None


def _write_checked(path: Path, table: bytes) -> None:
    """Write the table whole or not at all; a folder that cannot be written only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(table + blake2b(table, digest_size=8).digest())
        os.replace(file.name, path)  # noqa: PTH105 - Path.replace says the same
    except OSError as error:
        log.warning("the compiled dictionary could not be kept in %s: %s", path.parent, error)
