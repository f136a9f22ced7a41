"""Mend a question's misspelt words from the words of the library.

Only a word that nobody knows is touched: neither in the library, nor in the dictionary, nor made
of its words, nor a name, a number or English. It gets the library's nearest word, when one is near
enough. Words written apart ("informations säkerhet") are joined when the library has them joined.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from kb.language.swedish import Analyser, Token
from kb.language.tokens import TokenKind, normal

NEAR_ENOUGH = 0.8
SHORTEST = 5
SHORTEST_JOINED = 7
LONGEST = 60
LONGEST_ACRONYM = 3
CANDIDATES = 12
SLIP = 0.6  # what a likely slip costs, beside 1 for any other change
_PLAIN = str.maketrans("åäöéèüáàêëóôøæ", "aaoeeuaaeeoooa")
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")


@dataclass(frozen=True, slots=True)
class Repair:
    """A question with its misspelt words mended, and what was changed into what."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The library's words, made ready for repair: counts, stems, and plain forms by length.

    A plain form has no å, ä, ö: forgetting those is no misspelling.
    """

    counts: Mapping[str, int]
    stems: frozenset[str]
    by_plain: Mapping[str, tuple[str, ...]]
    by_length: Mapping[int, tuple[str, ...]]


def read_vocabulary(counts: Mapping[str, int], *, analyser: Analyser) -> Vocabulary:
    """Make the words of an index (`LexicalIndex.vocabulary`) ready for `repair`.

    The words that questions are put in (varför, behöver) are taken in too.
    """
    counts = dict.fromkeys(analyser.question_words, 0) | dict(counts)
    by_plain: defaultdict[str, list[str]] = defaultdict(list)
    for word in counts:
        by_plain[_plain(word)].append(word)
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for plain in by_plain:
        by_length[len(plain)].append(plain)
    return Vocabulary(
        counts=counts,
        stems=frozenset(token.whole for word in counts for token in analyser.tokens(word)),
        by_plain={plain: tuple(words) for plain, words in by_plain.items()},
        by_length={length: tuple(words) for length, words in by_length.items()},
    )


def repair(question: str, *, vocabulary: Vocabulary, analyser: Analyser) -> Repair:
    """Return the question with misspelt words mended; an English question is left alone."""
    if analyser.looks_english(question):
        return Repair(question)
    tokens = analyser.tokens(question)
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at < len(tokens):
        pair = tokens[at : at + 2]
        if joined := _joined(pair, question, vocabulary, analyser):
            edits.append((pair[0].start, pair[1].end, joined))
            at += 2
            continue
        for start, end in _words(tokens[at], question):
            if mended := _mended(start, end, question, vocabulary, analyser):
                edits.append((start, end, mended))
        at += 1
    return _apply(question, edits)


def _apply(question: str, edits: Sequence[tuple[int, int, str]]) -> Repair:
    text, end = "", 0
    changes = []
    for start, stop, word in edits:
        written = question[start:stop]
        word = word[0].upper() + word[1:] if written[0].isupper() else word
        text += question[end:start] + word
        changes.append((written, word))
        end = stop
    return Repair(text + question[end:], tuple(changes))


def _words(token: Token, question: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the words of a token; a hyphenated one has several."""
    if token.kind is TokenKind.WORD:
        for match in re.finditer(r"[^\W\d_]+", question[token.start : token.end]):
            yield token.start + match.start(), token.start + match.end()


def _mended(
    start: int, end: int, question: str, vocabulary: Vocabulary, analyser: Analyser
) -> str | None:
    """Return what to write instead of the word at this place; None to leave it."""
    word = normal(question[start:end])
    if not SHORTEST <= len(word) <= LONGEST or _is_name(start, question):
        return None
    if word in vocabulary.counts or analyser.knows(word):
        return None
    if same := vocabulary.by_plain.get(_plain(word)):
        return max(same, key=lambda known: vocabulary.counts[known])
    if analyser.tokens(word)[0].whole in vocabulary.stems:
        return None
    return _nearest(word, vocabulary) or _parted(word, vocabulary, analyser)


def _is_name(start: int, question: str) -> bool:
    """Tell whether a word is written as a name: a capital that starts no sentence."""
    before = question[:start].rstrip(" \t\"'”»([")
    starts_sentence = not before or before[-1] in ".!?:\n"
    return question[start].isupper() and not starts_sentence and not question.isupper()


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the library's word nearest by likely slips; of equally near ones the commoner."""
    plain = _plain(word)
    reach = int(len(plain) * (1 - NEAR_ENOUGH) / NEAR_ENOUGH + 0.5)
    near = [
        candidate
        for length in range(max(SHORTEST - 1, len(plain) - reach), len(plain) + reach + 1)
        for candidate in _close(plain, vocabulary.by_length.get(length, ()))
    ]
    words = [word for plain_word, _ in near for word in vocabulary.by_plain[plain_word]]
    return min(
        words,
        key=lambda known: (_slips(plain, _plain(known)), -vocabulary.counts[known], known),
        default=None,
    )


def _close(plain: str, words: Sequence[str]) -> list[tuple[str, float]]:
    found = process.extract(
        plain,
        words,
        scorer=OSA.normalized_similarity,
        score_cutoff=NEAR_ENOUGH,
        limit=CANDIDATES,
    )
    return [(word, score) for word, score, _ in found]


def _slips(written: str, meant: str) -> float:
    """Return the cost of the changes: neighbour keys and doubled or dropped twins cost less."""
    cost = 0.0
    for operation in Levenshtein.editops(written, meant):
        at, to = operation.src_pos, operation.dest_pos
        if operation.tag == "replace":
            likely = _are_neighbours(written[at], meant[to])
        elif operation.tag == "delete":
            likely = written[at] in written[max(0, at - 1) : at] + written[at + 1 : at + 2]
        else:
            likely = meant[to] in meant[max(0, to - 1) : to] + meant[to + 1 : to + 2]
        cost += SLIP if likely else 1.0
    if OSA.distance(written, meant) < Levenshtein.distance(written, meant):
        cost -= 1.0  # two letters that changed places are one slip
    return cost


def _are_neighbours(one: str, other: str) -> bool:
    """Tell whether two keys touch on a Swedish keyboard."""
    (row, column), (other_row, other_column) = _key(one), _key(other)
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _key(letter: str) -> tuple[int, int]:
    """Return row and column of a key; far from everything for what is no letter key."""
    places = ((row, keys.find(letter)) for row, keys in enumerate(_ROWS))
    return next(((row, column) for row, column in places if column >= 0), (9 + ord(letter), 0))


def _joined(
    pair: Sequence[Token], question: str, vocabulary: Vocabulary, analyser: Analyser
) -> str | None:
    """Return two words as one when the library writes them so."""
    if len(pair) < 2 or any(token.kind is not TokenKind.WORD or token.is_stop for token in pair):
        return None
    first, second = pair
    if question[first.end : second.start] != " " or question[second.start].isupper():
        return None
    joined = f"{first.surface}{second.surface}"
    token = analyser.tokens(joined)[0]
    inflects = len(token.parts) > 1 and token.whole in vocabulary.stems
    if len(joined) >= SHORTEST_JOINED and (joined in vocabulary.counts or inflects):
        return joined
    hyphenated = f"{first.surface}-{second.surface}"
    if len(first.surface) <= LONGEST_ACRONYM:
        known = analyser.tokens(hyphenated)[0].whole in vocabulary.stems
        return hyphenated if known else None
    return None


def _parted(word: str, vocabulary: Vocabulary, analyser: Analyser) -> str | None:
    """Return a word as two when both are words of the library (a forgotten space)."""
    cuts = (
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if all(_is_common(piece, vocabulary, analyser) for piece in (word[:at], word[at:]))
    )
    best = max(cuts, key=lambda cut: min(map(len, cut)), default=None)
    return " ".join(best) if best else None


def _is_common(piece: str, vocabulary: Vocabulary, analyser: Analyser) -> bool:
    return piece in vocabulary.counts and (len(piece) > 3 or analyser.is_stop(piece))


def _plain(word: str) -> str:
    return word.translate(_PLAIN)
