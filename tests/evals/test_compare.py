from pathlib import Path

import pytest

from evals.compare import compare
from evals.run import ANSWERS
from evals.sides import read_side
from ingest.errors import SettingsError, VagvisarenError
from kb.settings import Settings
from tests.evals.made import SILENT, WRONG, case, results, suite

ASKED = suite(*(case(f"c{number}") for number in range(10)))


def test_a_difference_counts_who_got_better_and_worse() -> None:
    before = results(ASKED, c1=WRONG)
    after = results(ASKED, c2=WRONG, c3=WRONG, c4=SILENT)
    found = {one.metric: one for one in compare(before, after)}
    right = found["right"]
    assert (right.a, right.b, right.better, right.worse, right.n) == (0.9, 0.7, 1, 3, 10)
    assert right.gain == pytest.approx(-0.2)
    assert right.low < right.gain < right.high
    assert right.p == pytest.approx(0.625)


def test_less_refusal_is_a_gain() -> None:
    found = {one.metric: one for one in compare(results(ASKED, c1=SILENT), results(ASKED))}
    assert found["over_refusal"].gain == pytest.approx(0.1)


def test_the_same_answers_differ_in_nothing() -> None:
    assert all(one.gain == 0 and one.p == 1 for one in compare(results(ASKED), results(ASKED)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "library").mkdir()
    (tmp_path / "data" / "models").mkdir(parents=True)
    return Settings(library=tmp_path / "library", data=tmp_path / "data")


def test_an_earlier_run_is_read_and_not_asked_again(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / ANSWERS).touch()
    side = read_side(str(tmp_path), settings, indexes=tmp_path / "i")
    assert (side.run, side.settings) == (tmp_path, None)


def test_a_library_gets_an_index_of_its_own_and_shares_the_models(
    settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    side = read_side(str(other), settings, indexes=tmp_path / "i")
    assert side.settings is not None
    assert side.settings.library == other
    assert side.settings.data.parent == tmp_path / "i"
    assert side.settings.models.resolve() == settings.models.resolve()


def test_a_data_folder_is_asked_about_its_own_library(settings: Settings, tmp_path: Path) -> None:
    (settings.data / "manifest.sqlite3").touch()
    (settings.data / "library.txt").write_text(str(tmp_path / "other"), encoding="utf-8")
    side = read_side(str(settings.data), settings, indexes=tmp_path / "i")
    assert side.settings is not None
    assert (side.settings.data, side.settings.library) == (settings.data, tmp_path / "other")


def test_settings_that_need_no_other_index_keep_theirs(settings: Settings, tmp_path: Path) -> None:
    side = read_side("as_of=2025-06-01", settings, indexes=tmp_path / "i")
    assert side.settings is not None
    assert str(side.settings.as_of) == "2025-06-01"
    assert side.settings.data == settings.data


def test_another_embedding_gets_an_index_of_its_own(settings: Settings, tmp_path: Path) -> None:
    side = read_side("embedding=openai:x", settings, indexes=tmp_path / "i")
    assert side.settings is not None
    assert side.settings.data != settings.data


def test_what_is_neither_folder_nor_setting_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(VagvisarenError, match="går inte att jämföra"):
        read_side("saknas", settings, indexes=tmp_path)
    with pytest.raises(SettingsError):
        read_side("okänd=1", settings, indexes=tmp_path)
