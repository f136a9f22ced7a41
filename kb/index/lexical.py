"""Search by words: a tantivy index over the analyser's terms, built whole and never changed.

An index is a folder. `sealed.json` is written last and names the analysis, the size and the digest
of every file, so that a half-written or damaged index is noticed when it is opened.
"""

import hashlib
import json
import math
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from weakref import finalize

import tantivy

from ingest.errors import IndexUnavailableError
from kb.language.swedish import PART_CREDIT, Analyser, ContentTerm
from kb.language.tokens import TokenKind

K1 = 1.2  # tantivy's constant, in the upper bound of its BM25
PART_WEIGHT = 0.6
SYNONYM_WEIGHT = 0.5
WRITER_BYTES = 128_000_000
SEAL = "sealed.json"
VOCABULARY = "vocabulary.tsv"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term to search for. Of the terms of one `rivals` group only the best match counts."""

    term: str
    weight: float = 1.0
    rivals: int | None = None


class LexicalIndex:
    """An opened index; safe to search from several threads."""

    def __init__(self, folder: Path, index: tantivy.Index, *, seal: Mapping[str, object]) -> None:
        self.identity = str(seal["identity"])
        self._folder = folder
        self._schema = index.schema
        self._searcher = index.searcher()
        self.size: int = self._searcher.num_docs

    @classmethod
    def open(cls, folder: Path, *, identity: str | None = None) -> "LexicalIndex":
        """Open what `build` wrote.

        Raises IndexUnavailableError when it is missing, damaged, or built by another analysis than
        `identity`.
        """
        seal = _read_seal(folder)
        if identity is not None and seal["identity"] != identity:
            raise IndexUnavailableError(_broken(folder, "är byggt med en annan språkanalys"))
        try:
            # tantivy writes a lock beside what it opens, so a read-only folder is opened as a copy
            place = folder if os.access(folder, os.W_OK) else Path(mkdtemp(prefix="vagvisaren-"))
            if place != folder:
                copytree(folder, place, dirs_exist_ok=True)
            index = tantivy.Index.open(str(place))
            index.reload()
        except (ValueError, OSError) as error:
            raise IndexUnavailableError(_broken(folder, "går inte att öppna")) from error
        opened = cls(folder, index, seal=seal)
        if place != folder:
            finalize(opened, rmtree, place, ignore_errors=True)
        return opened

    def search(self, terms: Sequence[WeightedTerm], *, k: int) -> list[tuple[str, float]]:
        """Return the `k` best ids with their score, best first.

        The score is BM25 over its upper bound for this question (the sum over terms, of rivals the
        largest, of weight * idf * (k1 + 1)): in [0, 1], and comparable between questions.
        """
        groups = self._groups(terms)
        bound = sum(
            max(term.weight * self.idf(term.term) for term in group) * (K1 + 1) for group in groups
        )
        if not groups or k < 1 or not self.size:
            return []
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._query(group)) for group in groups]
        )
        hits = self._searcher.search(query, k, count=False).hits
        found = [(self._searcher.doc(address)["id"][0], score / bound) for score, address in hits]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def document_frequency(self, term: str) -> int:
        """Return how many entries have the term."""
        return self._searcher.doc_freq("terms", term)

    def idf(self, term: str) -> float:
        """Return the term's inverse document frequency as BM25 counts it; > 0."""
        return document_weight(self.size, self.document_frequency(term))

    def vocabulary(self) -> dict[str, int]:
        """Return every word of the entries as written (lower case), with how often it occurs."""
        lines = (self._folder / VOCABULARY).read_text(encoding="utf-8").splitlines()
        return {word: int(count) for word, count in (line.split("\t") for line in lines)}

    def _groups(self, terms: Sequence[WeightedTerm]) -> list[list[WeightedTerm]]:
        groups: defaultdict[object, list[WeightedTerm]] = defaultdict(list)
        for term in dict.fromkeys(terms):
            alone = term.rivals is None
            groups[("alone", term.term) if alone else term.rivals].append(term)
        return list(groups.values())

    def _query(self, group: Sequence[WeightedTerm]) -> tantivy.Query:
        queries = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, "terms", term.term, "freq"), term.weight
            )
            for term in group
        ]
        return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def document_weight(size: int, frequency: int) -> float:
    """Return the inverse document frequency of a term in `frequency` of `size` entries; > 0."""
    return math.log1p((size - frequency + 0.5) / (frequency + 0.5))


def build(folder: Path, entries: Iterable[tuple[str, str]], analyser: Analyser) -> None:
    """Write an index of `(id, text)` entries into a new folder, complete and on disk on return.

    Raises IndexUnavailableError when the folder holds something or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise IndexUnavailableError(
                f"Sökindexet byggs i en tom mapp, men {folder} är inte tom."
            )
        words = _write_entries(folder, entries, analyser)
        rows = (f"{word}\t{count}\n" for word, count in sorted(words.items()))
        (folder / VOCABULARY).write_text("".join(rows), encoding="utf-8")
        _seal(folder, analyser.identity)
    except (OSError, ValueError) as error:
        raise IndexUnavailableError(
            f"Sökindexet kunde inte skrivas i {folder}. Kontrollera diskutrymme och rättigheter."
        ) from error


def weigh(question: Sequence[ContentTerm]) -> list[WeightedTerm]:
    """Return what to search for: each word, what it is made of, and its synonyms at less weight.

    A word and its synonyms are rivals, so that saying a thing in five ways does not count five
    times; what a word is made of adds to it.
    """
    weighted: list[WeightedTerm] = []
    for number, word in enumerate(question):
        rivals = number if len(word.whole) == 1 else None
        weighted += [WeightedTerm(term, 1.0, rivals) for term in word.whole]
        for alternative in word.alternatives[1:]:
            if alternative.credit == PART_CREDIT:
                weighted += [WeightedTerm(term, PART_WEIGHT) for term in alternative.terms]
            else:
                share = SYNONYM_WEIGHT / len(alternative.terms)
                weighted += [WeightedTerm(term, share, number) for term in alternative.terms]
    return weighted


def _write_entries(
    folder: Path, entries: Iterable[tuple[str, str]], analyser: Analyser
) -> Counter[str]:
    """Write the entries and return the words they use, as written in lower case, with counts."""
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        .add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        .build()
    )
    writer = tantivy.Index(schema, path=str(folder)).writer(WRITER_BYTES, num_threads=1)
    words: Counter[str] = Counter()
    for identifier, text in entries:
        tokens = analyser.tokens(text)
        words.update(token.surface for token in tokens if token.kind is TokenKind.WORD)
        terms = (term for token in tokens for term in token.terms)
        writer.add_document(tantivy.Document(id=identifier, terms=" ".join(terms)))
    writer.commit()
    writer.wait_merging_threads()
    return words


def _seal(folder: Path, identity: str) -> None:
    """Flush every file to disk, then write down what they are, then flush that."""
    files = sorted(path for path in folder.iterdir() if _is_content(path))
    for path in files:
        _flush(path)
    seal = {
        "format": FORMAT,
        "identity": identity,
        "files": {path.name: _digest(path) for path in files},
    }
    (folder / SEAL).write_text(json.dumps(seal, indent=1), encoding="utf-8")
    _flush(folder / SEAL)
    _flush(folder)


def _read_seal(folder: Path) -> dict[str, object]:
    """Return the seal when every file is as it was written; else raise IndexUnavailableError."""
    try:
        seal: dict[str, object] = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        files = seal["files"]
        if seal["format"] != FORMAT or not isinstance(files, dict):
            raise IndexUnavailableError(_broken(folder, "har ett annat format"))
        changed = [name for name, digest in files.items() if _digest(folder / name) != digest]
    except FileNotFoundError as error:
        raise IndexUnavailableError(_broken(folder, "saknas eller är ofullständigt")) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnavailableError(_broken(folder, "är skadat")) from error
    if changed:
        raise IndexUnavailableError(_broken(folder, f"är skadat ({', '.join(changed)})"))
    return seal


def _broken(folder: Path, what: str) -> str:
    return f"Sökindexet i {folder} {what}. Bygg om det: vagvisaren sync --rebuild"


def _is_content(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.name != SEAL


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
