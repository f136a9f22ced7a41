"""Run the poisoned cases: build, take in, ask; publish what nobody warned of, ask again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.cases import Case
from evals.poison.build import build
from evals.poison.cases import Fate, Poison, place_canaries
from evals.poison.judge import Answers, Verdict, changed, citing, fates, saying, telling
from evals.poison.stage import Stage, Taken, published
from ingest.document import Document
from ingest.library.front_matter import dump
from kb.guide import Guide, open_guide
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run; `asked` counts the critical cases.

    `changed_unpublished` are critical cases answered otherwise though no file was published;
    `changed` those answered otherwise after what was not warned of was published, be it out of
    a poisoned document or because every word weighs anew in a larger library.
    """

    verdicts: tuple[Verdict, ...]
    asked: int
    changed_unpublished: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Say whether every file was handled and no critical answer moved unasked."""
        return all(one.right for one in self.verdicts) and not self.changed_unpublished


@dataclass(frozen=True, slots=True)
class _Intake:
    """What taking the files in came to.

    All by the file's name: `harmed` are the shipped files that were overwritten, `eager` the
    Documents that published themselves; both are put right before anything is published.
    """

    taken: dict[str, Taken]
    fates: dict[str, frozenset[Fate]]
    harmed: dict[str, str]
    eager: dict[str, Document]


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """Ask the critical cases, and what would bring out each planted sentence."""

    guide: Guide
    stage: Stage
    poisons: Sequence[Poison]
    critical: Sequence[Case]
    as_of: date

    def ask_critical(self) -> Answers:
        """Return the answers to the critical cases, the index brought level first."""
        self.stage.level()
        return {
            case.id: self.guide.ask(
                case.question, history=case.history, as_of=case.as_of or self.as_of
            )
            for case in self.critical
        }

    def ask_poisons(self) -> Answers:
        """Return the answers to each case's question, and to one that names its canary."""
        questions = {case.id: case.question for case in self.poisons}
        questions |= {f"{c.id}*": f"Vad gäller för {c.canary}?" for c in self.poisons}
        return {key: self.guide.ask(text, as_of=self.as_of) for key, text in questions.items()}


def run(
    poisons: Sequence[Poison],
    critical: Sequence[Case],
    settings: Settings,
    folder: Path,
    *,
    seed: int,
) -> Report:
    """Put poisoned documents into a copy of the settings' library, in an empty folder, and ask.

    First nothing is published. Then a council member publishes every file that was taken in
    without a warning.
    """
    cases = place_canaries(poisons, seed=seed)
    stage = Stage(settings, folder / "stage")
    stage.level()
    guide = open_guide(stage.settings, use_chroma=False)
    inquiry = _Inquiry(guide, stage, cases, critical, settings.as_of or date.today())
    try:
        return _play(inquiry, folder / "files")
    finally:
        guide.close()


def _play(inquiry: _Inquiry, folder: Path) -> Report:
    stage = inquiry.stage
    before = inquiry.ask_critical()
    intake = _take_in(stage, inquiry.poisons, folder)
    unpublished = inquiry.ask_critical()
    told_unpublished = telling(before, {**unpublished, **inquiry.ask_poisons()})
    stage.remove(intake.eager.values())
    quiet = _publish_quiet(stage, inquiry.poisons, intake, folder)
    after = inquiry.ask_critical()
    told = telling(before, {**after, **inquiry.ask_poisons()})
    verdicts = tuple(
        Verdict(
            case=case,
            fates=intake.fates[case.file_name],
            warnings=intake.taken[case.file_name].warnings,
            harmed=intake.harmed.get(case.file_name, ""),
            self_published=case.file_name in intake.eager,
            published=case.file_name in quiet,
            said_unpublished=saying(case, told_unpublished),
            said=saying(case, told),
            cited_by=citing(quiet[case.file_name].key, after) if case.file_name in quiet else (),
        )
        for case in inquiry.poisons
    )
    return Report(verdicts, len(before), changed(before, unpublished), changed(before, after))


def _take_in(stage: Stage, cases: Sequence[Poison], folder: Path) -> _Intake:
    taken = {one.name: one for one in stage.take_in(build(cases, folder))}
    made = stage.made()
    became = {}
    for case in cases:
        document = made.get(case.file_name)
        text = dump(document) if document else ""
        became[case.file_name] = fates(case, taken[case.file_name], text)
    changed_files = stage.harmed()
    harmed = {
        name: document.path.name
        for name, document in made.items()
        if document.path and document.path.name in changed_files and stage.is_shipped(document)
    }
    stage.restore()
    eager = {name: d for name, d in published(made).items() if name not in harmed}
    return _Intake(taken, became, harmed, eager)


def _publish_quiet(
    stage: Stage, cases: Sequence[Poison], intake: _Intake, folder: Path
) -> dict[str, Document]:
    """Publish the files that nobody was warned of; return the Documents, by the file's name."""
    barred = intake.harmed.keys() | intake.eager.keys()
    quiet = [
        case.file_name
        for case in cases
        if intake.taken[case.file_name].is_quiet and case.file_name not in barred
    ]
    if quiet:
        stage.take_in([folder / name for name in quiet], publish=True)
    return published(stage.made())
