"""A copy beside a file that is read is told as one, whatever made it; nothing else is taken for a copy."""

import shutil
from pathlib import Path

import pytest

from kokemus.documents.spare import original
from kokemus.publication.inputs import gather
from kokemus.resources import PACKAGE
from tests.conftest import change

COPIES = (
    *("mkdocs (1).yml", "mkdocs(2).yml", "mkdocs - Kopio.yml", "mkdocs - Kopio (2).yml", "mkdocs – kopia.yml"),
    *("mkdocs - Copy.yml", "mkdocs copy 2.yml", "mkdocs kopio.yml", "Copy of mkdocs.yml", "Kopia av mkdocs.yml"),
    *(
        "mkdocs (Some laptop).yml",
        "mkdocs.yml.txt",
        "mkdocs.yml.bak",
        "mkdocs.yml~",
        "mkdocs.yaml",
        "mkdocs_vanha.yml",
        "mkdocs-old.yml",
    ),
)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_by_its_name(name: str) -> None:
    """As Windows, Macs, browsers, editors and people name them."""
    assert original(name, {"mkdocs.yml", name}) == "mkdocs.yml"
    assert original(name, {name}) is None


@pytest.mark.parametrize(
    "name", ["mkdocs.yml", "mkdocs2.yml", "papers.yml", "mkdocs.txt", "README.md", "copy.yml", "README (a word).md"]
)
def test_another_file_is_no_copy(name: str) -> None:
    """The control."""
    assert original(name, {"mkdocs.yml", "README.md"}) is None


@pytest.mark.parametrize(
    ("file", "copy", "severity"),
    [
        ("mkdocs.yml", "mkdocs (1).yml", "warning"),
        ("own.yml", "own - Kopio.yml", "warning"),
        ("terms/topics.yml", "terms/topics (1).yml", "warning"),
        ("experts/edition.yml", "experts/edition (1).yml", "error"),
        ("experts/edition.yml", "experts/edition (The coordinator's laptop).yml", "error"),
        ("experts/e05.yml", "experts/e05 - Kopio.yml", "error"),
        ("experts/e05.yml", "experts/e05.yml.txt", "error"),
        ("site_src/fi/fees.md", "site_src/fi/fees (1).md", "error"),
    ],
)
def test_a_copy_is_told_once_with_what_is_read_instead(demo: Path, file: str, copy: str, severity: str) -> None:
    """Nothing else is said of it: no other name for it, and nobody is two people."""
    (demo / "terms").mkdir()
    (demo / "terms" / "topics.yml").write_text("depression: {see_also: [recovery]}\n", "utf-8")
    change(demo, "mkdocs.yml", "      serves:", "      fees: {file: own.yml}\n      serves:")
    (demo / "own.yml").write_bytes((PACKAGE / "public/facts/fees.yml").read_bytes())
    before = [one.code for one in gather(demo / "mkdocs.yml").problems]
    shutil.copy(demo / file, demo / copy)
    told = gather(demo / "mkdocs.yml")
    assert [one.code for one in told.problems if one.code not in before] == ["file-copy"]
    (found,) = (one for one in told.problems if one.code == "file-copy")
    assert (found.path, found.severity, dict(found.values)["original"]) == (copy, severity, Path(file).name)
    assert ("delete this file" in found.help) is copy.startswith("experts/edition")


def test_a_code_with_a_hyphen_is_nobodys_copy(demo: Path) -> None:
    """A code may have any word in it; only what can be no code is taken for a copy."""
    text = (demo / "experts" / "e05.yml").read_text("utf-8")
    (demo / "experts" / "e05-new.yml").write_text(text, "utf-8")
    assert "file-copy" not in {one.code for one in gather(demo / "mkdocs.yml").problems}
