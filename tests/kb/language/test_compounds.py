"""The splitter divides Swedish compounds and leaves simple words whole."""

from importlib import metadata
from pathlib import Path

import pytest

from ingest.errors import IndexUnavailableError
from kb.language.compounds import Splitter, load_splitter
from kb.language.lexicon import BEGIN, END, WORD, load_lexicon

GOLD = Path(__file__).resolve().parents[3] / "../shared/prototypes/lexical/gold.txt"

COMPOUNDS = """
utvecklings+plan digitaliserings+avdelningen kommun+gemensam stads+kontoret service+nämnden
service+förvaltningen budget+förstärkning bygglovs+ansökan barn+konventionen språk+modell
klassnings+modell upphovs+rätten data+portal avtals+villkor verksamhets+utveckling
myndighets+utövning sjuk+vården betygs+sättning elev+hälsan skol+lagen arkiv+lagen
kommunal+lagen förvaltnings+lagen sekretess+lagen dataskydds+samordnare ansikts+igenkänning
sanktions+avgift tids+plan arbets+miljö arbets+sätt tjänste+skrivelse tjänste+leverantör
gatu+kontoret grundskole+nämnden fritids+nämnden test+miljön risk+nivå logg+granskning
buss+station informations+strategin åtgärds+planen effekt+mål
""".split()

SIMPLE = """
riktlinjerna lagringen plattformen vägledning handläggare fullmäktige förvaltning kommunen nämnden
rådet beslut medarbetare styrning finansiering samverkan transparens etik princip ansvar uppdrag
leverantör utredning sammanfattning översättning uppföljning
""".split()


@pytest.fixture(scope="module")
def splitter(tmp_path_factory: pytest.TempPathFactory) -> Splitter:
    return load_splitter(cache=tmp_path_factory.getbasetemp() / "lexicon")


@pytest.mark.parametrize("parts", COMPOUNDS)
def test_compound_is_split_into_its_words(splitter: Splitter, parts: str) -> None:
    written = {"logg+granskning": "loggranskning", "buss+station": "busstation"}
    word = written.get(parts, parts.replace("+", ""))
    assert "+".join(splitter.split(word)) == parts


@pytest.mark.parametrize("word", SIMPLE)
def test_simple_word_stays_whole(splitter: Splitter, word: str) -> None:
    assert splitter.split(word) == (word,)


def test_letters_that_are_no_word_are_not_known(splitter: Splitter) -> None:
    assert splitter.knows("informationssäkerhetspolicy")
    assert splitter.knows("kommunens")
    assert not splitter.knows("utvecklnigsplan")
    assert not splitter.knows("xqzzt")


def test_very_long_word_is_not_searched_for_parts(splitter: Splitter) -> None:
    word = "risk" * 100
    assert splitter.split(word) == (word,)


def test_roles_come_from_the_dictionary_and_the_own_words(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lexicon = load_lexicon(cache=tmp_path_factory.getbasetemp() / "lexicon")
    assert lexicon.role("uppgifts") & BEGIN
    assert lexicon.role("uppgifterna") & END
    assert lexicon.role("kommunens") & WORD
    assert lexicon.role("dataskydds") & BEGIN
    assert lexicon.role("åäö") == 0


def test_damaged_cache_is_compiled_anew(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path_factory.getbasetemp() / "lexicon"
    whole = load_lexicon(cache=shared)
    (kept,) = shared.glob("*.bin")
    (tmp_path / kept.name).write_bytes(kept.read_bytes()[:-100])
    monkeypatch.setattr("kb.language.lexicon._compile", lambda own: kept.read_bytes()[:-8])
    mended = load_lexicon(cache=tmp_path)
    assert mended.roles == whole.roles
    assert (tmp_path / kept.name).read_bytes() == kept.read_bytes()


def test_cache_that_cannot_be_written_only_costs_time(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path_factory.getbasetemp() / "lexicon"
    load_lexicon(cache=shared)
    (kept,) = shared.glob("*.bin")
    monkeypatch.setattr("kb.language.lexicon._compile", lambda own: kept.read_bytes()[:-8])
    (tmp_path / "file").write_text("in the way")
    assert load_lexicon(cache=tmp_path / "file" / "folder").role("kommun") & WORD


def test_cache_opens_without_compiling(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path_factory.getbasetemp() / "lexicon"
    load_lexicon(cache=shared)

    def compile_again(own: tuple[str, ...]) -> bytes:
        raise AssertionError("the table was compiled although it is in the cache")

    monkeypatch.setattr("kb.language.lexicon._compile", compile_again)
    assert len(load_lexicon(cache=shared).roles) > 900_000


def test_missing_dictionary_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("kb.language.lexicon.metadata.version", missing)
    with pytest.raises(IndexUnavailableError, match="hunspell-sv"):
        load_lexicon()


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.exists(), reason="the hand-split words lie beside the project")
def test_hand_split_words_are_split_as_by_hand(splitter: Splitter) -> None:
    pairs = [line.split() for line in GOLD.read_text(encoding="utf-8").splitlines() if line]
    right = sum("+".join(splitter.split(word)) == gold for word, gold in pairs)
    over_split = [w for w, gold in pairs if "+" not in gold and len(splitter.split(w)) > 1]
    assert right / len(pairs) >= 0.90
    assert len(over_split) <= 2
