"""What the steps of an answer work with: the index, the language, the model, the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ingest.document import FrontMatter, Passage
from kb.answer.alarm import Alarms
from kb.answer.decide import Vocabulary as TableWords
from kb.answer.follow_up import Part
from kb.answer.scope import Scope
from kb.answer.scoring import Scorer
from kb.embedding.model import Vector
from kb.index.reader import Index
from kb.index.snapshot import EVERYONE
from kb.language.spelling import Vocabulary
from kb.language.swedish import Analyser
from kb.records import Hit
from kb.validity import Standing


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with; made once, shared by every turn."""

    index: Index
    analyser: Analyser
    vocabulary: Vocabulary
    embed: Callable[[str], Vector]
    scope: Scope
    scorer: Scorer
    tables: tuple[TableWords, ...] = ()
    parts: tuple[Part, ...] = ()
    alarms: tuple[Alarms, ...] = ()

    def front(self, document_id: str, edition: str) -> FrontMatter:
        """Return the front matter of an indexed document."""
        return self.index.documents[f"{document_id}@{edition}"]

    def year_of(self, hit: Hit) -> int | None:
        """Return the year that a hit's document is for; None for most."""
        return self.front(hit.passage.document_id, hit.passage.edition).year

    def section(self, name: str, *, as_of: date, audience: frozenset[str]) -> Passage | None:
        """Return the passage `document#anchor` of the edition in force, if open to `audience`."""
        document, _, anchor = name.partition("#")
        for key, standing in self.index.standings(as_of).items():
            front = self.index.documents[key]
            if front.id == document and standing is Standing.IN_FORCE:
                open_to = front.audience == EVERYONE or front.audience in audience
                return self.index.passage(f"{key}#{anchor}") if open_to else None
        return None

    @property
    def plan_years(self) -> frozenset[int]:
        """Return the years that the library has a yearly document of."""
        return frozenset(front.year for front in self.index.documents.values() if front.year)

    def plan_in_force(self, as_of: date) -> int | None:
        """Return the year of the newest yearly document in force on a day, if any."""
        years = (
            self.index.documents[key].year
            for key, standing in self.index.standings(as_of).items()
            if standing is Standing.IN_FORCE
        )
        return max((year for year in years if year), default=None)

    def has_older(self, as_of: date) -> bool:
        """Say whether the index holds editions that are no longer in force."""
        return Standing.OLDER_EDITION in self.index.standings(as_of).values()

    def knows(self, term: str) -> bool:
        """Say whether the library uses a term at all."""
        return self.index.lexical is None or self.index.lexical.document_frequency(term) > 0
