"""The folder of profiles: every profile in it, and what every other file in it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kokemus.documents import parser, spare
from kokemus.documents.document import Document
from kokemus.documents.memory import Memory
from kokemus.documents.problems import Problem, problem

_OF_CODE = re.compile(r"[a-z0-9-]+\.yml")
_DOCUMENTS = (".doc", ".docx", ".odt", ".pages", ".pdf", ".rtf")
_SCANS = (".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
_SPREADSHEETS = (".csv", ".ods", ".tsv", ".xls", ".xlsm", ".xlsx")


def read(folder: Path, name: str, memory: Memory | None = None) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Every profile of the folder in the order of file names, and what could not be read. Messages call it ``name``.

    Profiles are the ``*.yml`` files at its top, except ``edition.yml`` and names that begin with ``_`` or a dot.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        return (), (problem("no-folder", name, folder=name, option="experts"),)
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    names = {file.name for file in files}
    for file in files:
        if file.name == "edition.yml" or file.name.startswith(("_", ".")):
            continue
        path = f"{name}/{file.name}"
        is_code = _OF_CODE.fullmatch(file.name) and not file.name.startswith("edition")
        if not is_code and (of := spare.original(file.name, names)):
            near = {"near": of} if of == "edition.yml" else {}
            problems.append(replace(problem("file-copy", path, original=of, **near), strict=True))
        elif file.is_symlink() and file.suffix.casefold() == ".yml":
            problems.append(problem("symlink", path))
        elif file.suffix.casefold() == ".yml":
            document, found = parser.read_file(file, path, memory=memory)
            problems.extend(found)
            if document:
                documents.append(document)
        elif not file.is_dir():
            problems.extend(_unread(file, path))
    return tuple(documents), tuple(problems)


def _unread(file: Path, path: str) -> Iterator[Problem]:
    """What a file among the profiles is that is none of them."""
    if ".yml" in file.name.casefold() or ".yaml" in file.name.casefold():
        yield problem("file-ending", path)
    elif file.suffix.casefold() in _SPREADSHEETS:
        yield problem("spreadsheet", path)
    elif file.suffix.casefold() in _DOCUMENTS:
        yield problem("not-plain-text", path)
    elif file.suffix.casefold() in _SCANS:
        yield problem("scan", path)
