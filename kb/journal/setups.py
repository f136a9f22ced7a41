"""What an answer depended on besides its question: program, data files, index, editions."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from ingest.document import Document, FrontMatter, Status
from kb.index.reader import Index
from kb.index.stored import body_digest, front_as_json
from kb.journal.chain import canonical, content_digest


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that answers of a time have in common; kept once, under its digest.

    `data` is a digest of the words and weights in `kb/data`; `index` names embedding, language
    analysis and schema; `seal` is the generation's own; `editions` are the digests of the
    editions it was made of, by `id@edition`, and `tables` those of the tables by file name.
    """

    program: str
    data: str
    index: str
    generation: int
    built_for: str
    seal: str
    editions: Mapping[str, str]
    tables: Mapping[str, str]

    @property
    def content(self) -> str:
        """Return the setup as the journal keeps it."""
        return canonical(asdict(self))

    @property
    def digest(self) -> str:
        """Return the name that turns know it by."""
        return content_digest(self.content)


def setup_of(index: Index) -> Setup:
    """Describe what answers from an opened index depend on."""
    return Setup(
        program=program_version(),
        data=data_digest(),
        index=index.identity,
        generation=index.generation,
        built_for=index.made.in_force_on.isoformat(),
        seal=index.made.digest,
        editions={
            key: _edition_digest(front, index.bodies[key]) for key, front in index.documents.items()
        },
        tables={name: content_digest(source) for name, source in index.tables.items()},
    )


def read_setup(content: str) -> Setup:
    """Read a setup back."""
    return Setup(**json.loads(content))


def edition_digest(document: Document) -> str:
    """Return the digest of all that an index takes from an edition."""
    return _edition_digest(document.front, body_digest(document))


def published_digests(documents: Iterable[Document]) -> dict[str, str]:
    """Return the digests of the published editions, as `Setup.editions` has them."""
    published = (one for one in documents if one.front.status is Status.PUBLISHED)
    return {document.key: edition_digest(document) for document in published}


def program_version() -> str:
    """Return the version of the program; `utveckling` where it is not installed."""
    try:
        return version("vagvisaren")
    except PackageNotFoundError:
        return "utveckling"


@cache
def data_digest() -> str:
    """Return a digest of the files in `kb/data`, names included."""
    seal = sha256()
    for path in sorted(files("kb").joinpath("data").iterdir(), key=lambda path: path.name):
        if path.is_file():
            seal.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return "sha256:" + seal.hexdigest()


def _edition_digest(front: FrontMatter, body: str) -> str:
    return content_digest(f"{front_as_json(front)}\0{body}")
