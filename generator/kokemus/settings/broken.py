"""Further problems of a broken configuration, so that one run reports all of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kokemus.documents import mkdocs_yml, recovery, source
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.settings.settings import read
from kokemus.vocabulary import Vocabulary


def further(path: Path, terms: Vocabulary, site_url: str | None) -> Iterator[Problem]:
    """The problems that reading it would find after the first one, each with its position."""

    def check(document: Document) -> Iterable[Problem]:
        return read(document, terms, site_url)[1]

    content = source.read(path, path.name)
    if isinstance(content, bytes):
        yield from recovery.further(path.name, content, check, mkdocs_yml.parsed)
