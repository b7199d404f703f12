"""Further problems of profiles whose files are broken, so that one run reports everything. None of it is published."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kokemus.documents import recovery, source, spare
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.experts import profile
from kokemus.vocabulary import Vocabulary


def of_files(
    folder: Path, remains: Iterable[Document], read: Iterable[Document], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """The further problems of files in a folder that could not be read, but no copies; ``remains`` was salvaged."""
    known = {document.path for document in read}
    for path in (one.path for one in remains if one.path not in known and one.path.endswith(".yml")):
        beside = {file.name for file in (folder / path).parent.iterdir()}
        content = source.read(folder / path, path)
        if isinstance(content, bytes) and not spare.original(PurePosixPath(path).name, beside):
            yield from problems(path, content, vocabulary)


def problems(path: str, content: bytes, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What reading the file would find after its first error, each problem with its place."""

    def read(document: Document) -> Iterator[Problem]:
        for one in profile.read(document, vocabulary)[1]:
            yield _quiet(one, document.text)

    return recovery.further(path, content, read)


def _quiet(found: Problem, text: str) -> Problem:
    """The problem without a word that may be private. In a broken file the private part may lack its first line."""
    values = dict(found.values)
    _, _, private = text.casefold().partition("private") if "private" in text.casefold() else ("", "", text.casefold())
    return replace(found, values=()) if values.get("word", "").casefold() in private and "word" in values else found
