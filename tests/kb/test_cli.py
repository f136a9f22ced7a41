import errno
import json
from collections.abc import Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from kb import doctor
from kb.cli import main
from kb.explain import explain
from kb.settings import Settings

RULES = """---
id: regler
title: Regler för AI-tjänster
status: published
sources: [{title: Skatteverket}]
questions:
  personnummer: ["Får jag klistra in personnummer i ChatGPT?"]
---

## Personnummer får inte matas in i öppna AI-tjänster {#personnummer norm="FÅR INTE" basis="råd"}

Du får inte mata in personnummer i en öppen AI-tjänst. Använd testnummer från Skatteverket.

## Granska alltid svaret {#granska norm="MÅSTE" basis="råd"}

Du ska granska allt som en AI-tjänst skriver innan du använder det.
"""
ANSWER_KEYS = (
    "id question language outcome short text mode citations notices contact related timings_ms"
)
CITATION_KEYS = (
    "n document_id title kind edition year status valid_from valid_to decided_by dnr headings "
    "page anchor quote digest norm basis scanned"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """A library of one document and a data folder with the model already built."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "library").mkdir()
    (folder / "library" / "regler.md").write_text(RULES, encoding="utf-8")
    copytree(models, folder / "data" / "models")
    return folder


def run(place: Path, *arguments: str) -> int:
    return main(["--library", str(place / "library"), "--data", str(place / "data"), *arguments])


def lines(capsys: pytest.CaptureFixture[str]) -> Sequence[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ask_answers_with_the_keys_of_the_contract(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "ask", "--json", "Får jag klistra in personnummer i ChatGPT?") == 0
    (answer,) = lines(capsys)
    assert list(answer) == ANSWER_KEYS.split()
    assert list(answer["citations"][0]) == CITATION_KEYS.split()
    assert (answer["outcome"], answer["short"]) == ("answered", "Nej.")
    assert answer["citations"][0]["quote"] in RULES
    assert answer["citations"][0]["digest"].startswith("sha256:")
    assert (answer["citations"][0]["norm"], answer["citations"][0]["basis"]) == ("FÅR INTE", "råd")


def test_a_source_for_a_terminal_says_what_rule_it_is(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "ask", "Får jag klistra in personnummer i ChatGPT?") == 0
    assert "öppna AI-tjänster (FÅR INTE · råd)" in capsys.readouterr().out


def test_the_global_options_may_stand_after_the_command(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--library", str(place / "library"), "--data", str(place / "data"), "--json"]
    assert main(["search", "personnummer", "-k", "1", *options]) == 0
    (found,) = lines(capsys)
    assert list(found) == ["question", "hits"]
    keys = "rank score document_id edition headings page anchor text"
    assert list(found["hits"][0]) == keys.split()
    assert found["hits"][0]["anchor"] == "personnummer"


def test_a_batch_is_answered_line_by_line_in_order(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "frågor.jsonl"
    asked = [
        {"id": "a", "question": "Ska jag granska svaret?"},
        {"id": "b", "question": "När går tåget till Lund?", "as_of": "2026-11-22"},
        {"id": "c", "question": "Och personnummer?", "history": ["Får jag använda ChatGPT?"]},
    ]
    batch.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    assert run(place, "ask", "--json", "--batch", str(batch)) == 0
    answers = lines(capsys)
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[1]["outcome"] == "out_of_scope"


def test_a_bad_line_in_a_batch_is_named_and_the_rest_answered(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "b.jsonl"
    batch.write_text('{"id": 1\n{"id": "b", "question": "Ska jag granska svaret?"}\n')
    assert run(place, "ask", "--json", "--batch", str(batch)) == 1
    captured = capsys.readouterr()
    assert "rad 1" in captured.err
    outcomes = [json.loads(line)["outcome"] for line in captured.out.splitlines()]
    assert outcomes == ["failed", "answered"]


@pytest.mark.parametrize("line", ['{"id": "a"}', '{"id": "a", "question": null}', "[1]", '"a"'])
def test_a_batch_line_without_a_question_fails_by_its_number(
    place: Path, tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "b.jsonl"
    batch.write_text(line)
    assert run(place, "ask", "--batch", str(batch)) == 1
    (answer,) = lines(capsys)
    assert (answer["id"], answer["outcome"]) == ("rad-1", "failed")


def test_a_batch_takes_a_byte_order_mark_other_separators_and_half_a_character(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = tmp_path / "b.jsonl"
    batch.write_text(
        '\ufeff{"id": "a", "question": "Ska jag\u2028granska svaret?"}\n'
        '{"id": "b", "question": "Ska jag granska svaret? \\ud800"}',
        encoding="utf-8",
    )
    out = TextIOWrapper(BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", out)
    assert run(place, "ask", "--batch", str(batch)) == 0
    out.seek(0)
    answers = [json.loads(line) for line in out.read().split("\n")[:-1]]
    assert [answer["outcome"] for answer in answers] == ["answered", "answered"]


def test_sync_counts_and_reports_what_it_skips(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = place / "library" / "trasig.md"
    broken.write_text("ingen rubrik", encoding="utf-8")
    try:
        assert run(place, "sync", "--json") == 1
        (report,) = lines(capsys)
        assert report["skipped"][0]["path"] == "trasig.md"
        assert "---" in report["skipped"][0]["reason"]
    finally:
        broken.unlink()
    assert run(place, "sync") == 0


def test_ingest_reports_a_line_per_file_and_exits_1_when_one_is_refused(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "rutin.txt", tmp_path / "bild.pdf"
    good.write_text("# Rutin för AI\n\nDu ska granska svaret.\n", encoding="utf-8")
    bad.write_bytes(b"")
    library = tmp_path / "library"
    code = main(["--library", str(library), "ingest", "--json", str(good), str(bad)])
    outcomes = lines(capsys)
    assert code == 1
    assert [outcome["outcome"] for outcome in outcomes] == ["added", "refused"]
    keys = "path outcome document_id reason warnings pages seconds"
    assert list(outcomes[0]) == keys.split()
    assert outcomes[1]["reason"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "--batch"),
        (["ask", "--mode", "generative", "Hej?"], "språkmodell"),
        (["ask", "--batch", "saknas.jsonl"], "UTF-8"),
        (["sync", "--library", "saknas"], "--library"),
    ],
)
def test_what_cannot_run_says_what_to_do_in_one_line(
    arguments: Sequence[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("number", ["-1", "0", "tio"])
def test_a_number_of_hits_below_one_is_refused(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["search", "AI", "-k", number])
    assert ended.value.code == 2
    assert "heltal från 1" in capsys.readouterr().err


def test_doctor_says_what_to_do_about_a_data_folder_it_cannot_write_in(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fil").write_text("i vägen")
    options = ["--library", str(place / "library"), "--data", str(tmp_path / "fil"), "--json"]
    assert main(["doctor", *options]) == 1
    (report,) = lines(capsys)
    (check,) = [check for check in report["checks"] if check["name"] == "Datamapp"]
    assert check["level"] == "FAIL"
    assert "--data" in check["remedy"]


def test_doctor_asks_for_room_when_the_disk_of_the_data_folder_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(doctor, "TemporaryFile", full)
    (check,) = doctor._data_folder(Settings(data=tmp_path))
    assert (check.level, check.remedy) == (doctor.Level.FAIL, "Frigör utrymme.")


def test_doctor_names_every_check_and_its_level(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(place, "sync")
    capsys.readouterr()
    assert run(place, "doctor", "--json") == 0
    (report,) = lines(capsys)
    assert {check["level"] for check in report["checks"]} == {"OK"}


def test_doctor_says_when_the_guidance_has_errors(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "regler.md").write_text(RULES.replace('basis="råd"', ""), encoding="utf-8")
    main(["--library", str(tmp_path), "--data", str(place / "data"), "doctor", "--json"])
    (report,) = lines(capsys)
    (check,) = [check for check in report["checks"] if check["name"] == "Vägledning"]
    assert (check["level"], "2 fel" in check["found"]) == ("WARN", True)
    assert "vagvisaren check" in check["remedy"]


def test_doctor_tells_of_personal_numbers_in_what_is_published(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = RULES.replace("Använd testnummer", "Gäller 19900101-2385. Använd testnummer")
    (tmp_path / "regler.md").write_text(text, encoding="utf-8")
    main(["--library", str(tmp_path), "--data", str(place / "data"), "doctor", "--json"])
    out = capsys.readouterr().out
    (check,) = [one for one in json.loads(out)["checks"] if one["name"] == "Personnummer"]
    assert (check["level"], "regler@1" in check["found"]) == ("WARN", True)
    assert "2385" not in out


def test_an_emptied_library_does_not_empty_the_index(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(place, "sync")
    empty = ["--library", str(tmp_path), "--data", str(place / "data")]
    assert main([*empty, "sync"]) == 2
    assert "tomt" in capsys.readouterr().err
    assert run(place, "ask", "Ska jag granska svaret?") == 0


def test_a_library_that_lost_many_documents_needs_a_flag(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, data = tmp_path / "library", tmp_path / "data"
    library.mkdir()
    copytree(place / "data" / "models", data / "models")
    for number in range(5):
        text = RULES.replace("id: regler", f"id: regler-{number}")
        (library / f"{number}.md").write_text(text, encoding="utf-8")
    options = ["--library", str(library), "--data", str(data)]
    assert main([*options, "sync"]) == 0
    for number in range(3):
        (library / f"{number}.md").unlink()
    assert main([*options, "sync"]) == 2
    assert "regler-0@1, regler-1@1" in capsys.readouterr().err
    assert main([*options, "sync", "--dry-run", "--json"]) == 0
    assert lines(capsys)[0]["gone"] == ["regler-0@1", "regler-1@1", "regler-2@1"]
    assert main([*options, "sync", "--accept-removals"]) == 0
    assert "3 borttagna" in capsys.readouterr().out


def test_withdrawing_many_documents_needs_no_flag(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, data = tmp_path / "library", tmp_path / "data"
    library.mkdir()
    copytree(place / "data" / "models", data / "models")
    for status in ("published", "withdrawn"):
        for number in range(4):
            text = RULES.replace("id: regler", f"id: regler-{number}")
            text = text.replace("status: published", f"status: {status}")
            (library / f"{number}.md").write_text(text, encoding="utf-8")
        main(["--library", str(library), "--data", str(data), "sync"])
    assert "4 borttagna" in capsys.readouterr().out


def test_another_library_is_never_answered_for_by_the_index_of_the_first(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = RULES.replace("personnummer", "lösenord").replace("Personnummer", "Lösenord")
    (tmp_path / "regler.md").write_text(other, encoding="utf-8")
    options = ["--library", str(tmp_path), "--data", str(place / "data")]
    assert main([*options, "ask", "--json", "Får jag klistra in lösenord i ChatGPT?"]) == 0
    (answer,) = lines(capsys)
    assert "lösenord" in answer["citations"][0]["quote"]
    assert main(["--library", "saknas", "--data", str(place / "data"), "ask", "Hej?"]) == 2
    run(place, "sync")


def test_what_is_for_a_group_is_found_only_when_the_group_is_given(
    tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library").mkdir()
    inner = RULES.replace("status: published", "status: published\naudience: chefer")
    (tmp_path / "library" / "regler.md").write_text(inner, encoding="utf-8")
    copytree(models, tmp_path / "data" / "models")
    asked = "search", "--json", "Får jag klistra in personnummer?"
    assert run(tmp_path, *asked) == 0
    (nothing,) = lines(capsys)
    assert nothing["hits"] == []
    assert run(tmp_path, *asked, "--audience", "chefer") == 0
    (found,) = lines(capsys)
    assert found["hits"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("journal export --from 2026-13-01", "--from: '2026-13-01' är inget datum; skriv 2026-"),
        ("journal export --format xml", "--format: 'xml' finns inte; välj 'json', 'html', 'csv'"),
        ("journal export --out", "--out saknar sitt värde"),
        ("journal erase", "ange ett av --user --session --turn"),
        ("journal erase --user a --turn b", "--turn går inte tillsammans med --user"),
        ("journal check --allt", "känner inte igen --allt"),
        ("council list --status borta", "--status: 'borta' finns inte; välj draft, in_review"),
        ("council diff", "det här saknas: ID[@UTGÅVA]"),
        ("ingest x --year i", "--year: 'i' är inget heltal"),
    ],
)
def test_a_command_that_cannot_be_read_is_answered_in_one_swedish_line(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments.split())
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert line.endswith("--help.")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "ut.html"), "finns inte (ut.html)"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "ut"), "ingen fil (ut)"),
    ],
)
def test_a_place_that_is_not_there_is_said_in_swedish(error: OSError, said: str) -> None:
    assert said in explain(error)
    assert str(error.strerror) not in explain(error)
