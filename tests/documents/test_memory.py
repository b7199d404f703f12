"""The memory of a folder holds exactly what reading it again would make."""

import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from unittest.mock import Mock

import pytest

from kokemus.documents import parser
from kokemus.documents.memory import Memory
from kokemus.experts import profile
from kokemus.publication.inputs import Inputs, gather
from tests.conftest import change


def read(folder: Path, memory: Memory) -> Inputs:
    memory.begin()
    return gather(folder / "mkdocs.yml", memory=memory)


def plain(found: Inputs) -> list[object]:
    """Everything in a comparable form: all marks, and terms in their order."""
    marks = {path: dict(routes) for path, routes in found.marks.items()}
    order = [[*terms] for terms in (found.vocabulary.topics, found.vocabulary.places)]
    documents = [(one.path, one.data, dict(one.raw), one.text) for one in (*found.documents, *found.remains)]
    told = [getattr(found, one.name) for one in fields(Inputs) if one.name not in ("marks", "documents", "remains")]
    told = [one for one in told if getattr(one, "path", "") != found.lock]
    return [marks, order, documents, *told]


def exchanged(folder: Path, one: str, other: str) -> None:
    """Exchanges the contents of two profiles."""
    files = [folder / "experts" / f"{code}.yml" for code in (one, other)]
    contents = [file.read_bytes() for file in reversed(files)]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)


def own(folder: Path, kind: str, text: str) -> None:
    """Terms of the association's own."""
    (folder / "terms").mkdir(exist_ok=True)
    (folder / "terms" / f"{kind}.yml").write_text(text, "utf-8")


HARM = "psychosis: {fi: harhat, sv: psykos, en: psychosis, group: mental-health}\n"
CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "a value": lambda folder: change(folder, "experts/e05.yml", "remote: true", "remote: false"),
    "a fault": lambda folder: (folder / "experts" / "e05.yml").write_text("consent: [", "utf-8"),
    "somebody new": lambda folder: shutil.copy(folder / "experts" / "e06.yml", folder / "experts" / "x1.yml"),
    "somebody gone": lambda folder: (folder / "experts" / "e06.yml").unlink(),
    "another's code": lambda folder: (folder / "experts" / "e06.yml").rename(folder / "experts" / "x2.yml"),
    "contents exchanged": lambda folder: exchanged(folder, "e01", "e02"),
    "places served": lambda folder: change(folder, "mkdocs.yml", "serves: [lappi]", "serves: [kainuu]"),
    "a shared catalogue": lambda folder: change(
        folder, "mkdocs.yml", "  - kokemus:\n", "  - kokemus:\n      together: {a: A ry, b: B ry}\n"
    ),
    "an expert on a page": lambda folder: change(folder, "site_src/fi/about.md", "##", "Kiitos, Venla!\n\n##"),
    "a name of a page": lambda folder: change(folder, "experts/e01.yml", "Venla Keksitty", "Venla Lomakepalvelu"),
    "an own term": lambda folder: own(folder, "topics", HARM),
    "a place of another name": lambda folder: own(folder, "places", "kemi: {fi: Kemmi}\n"),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_the_memory_equals_a_fresh_reading(demo: Path, changed: str) -> None:
    """After every change, and after undoing it."""
    memory, files = Memory(), {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    read(demo, memory)
    CHANGES[changed](demo)
    assert plain(read(demo, memory)) == plain(gather(demo / "mkdocs.yml"))
    for path in [path for path in demo.rglob("*") if path.is_file() and path not in files]:
        path.unlink()
    for path, content in files.items():
        path.write_bytes(content)
    assert plain(read(demo, memory)) == plain(gather(demo / "mkdocs.yml"))


def test_only_what_has_changed_is_read_again(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file of two dozen, and one profile."""
    memory = Memory()
    read(demo, memory)
    change(demo, "experts/e05.yml", "remote: true", "remote: false")
    parsed, made = Mock(wraps=parser.read), Mock(wraps=profile.read)
    monkeypatch.setattr(parser, "read", parsed)
    monkeypatch.setattr(profile, "read", made)
    read(demo, memory)
    paths = [call.args[0] for call in parsed.call_args_list]
    assert [path for path in paths if path.startswith("experts/e0")] == ["experts/e05.yml"]
    assert [call.args[0].path for call in made.call_args_list] == ["experts/e05.yml"]


def test_nothing_of_an_erased_expert_is_kept(demo: Path) -> None:
    """After the second reading, the name of an erased expert is in no memory."""
    memory = Memory()
    read(demo, memory)
    (demo / "experts" / "e05.yml").unlink()
    for _ in range(2):
        read(demo, memory)
    assert "Hilma" not in repr(vars(memory))
