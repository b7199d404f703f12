"""What people wrote by hand: every mistake in one run, and each of them once."""

import re
from pathlib import Path

import pytest

from kokemus.publication.inputs import gather
from kokemus.resources import PACKAGE
from tests.conftest import change, kokemus

PAGE = "site_src/fi/about.md"


def told(folder: Path, path: str) -> list[tuple[str, int, str]]:
    """The code, line and first word of each message about a file."""
    inputs = gather(folder / "mkdocs.yml")
    lines = (folder / path).read_text("utf-8").split("\n")
    places = [(one.code, one.mark) for one in inputs.problems if one.path == path]
    return sorted(
        (code, mark.line, lines[mark.line - 1][mark.column - 1 :].partition(" ")[0]) for code, mark in places if mark
    )


def append(folder: Path, path: str, text: str) -> int:
    """The number of the line on which the text then stands."""
    file = folder / path
    before = file.read_text("utf-8")
    file.write_text(f"{before}\n{text}\n", "utf-8")
    return before.count("\n") + 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hilma Tekaistalle 040 123 4567", [("text-phone", "040"), ("text-private-name", "Hilma")]),
        ("Saimi ![](https://a.example/b.png)", [("text-private-name", "Saimi"), ("third-party", "![](https")]),
        ("talo@example.fi [x](gone.md)", [("page-target", "gone.md)"), ("text-email", "talo@example.fi")]),
        ("hilma.tekaista@example.org", [("text-private-name", "hilma.tekaista@example.org")]),
    ],
)
def test_a_page_with_one_mistake_is_searched_for_the_others(
    demo: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    """Each is told once, even if several rules find it."""
    line = append(demo, PAGE, text)
    found = told(demo, PAGE)
    assert [(code, word[:9] if code == "third-party" else word) for code, _, word in found] == expected
    assert {place for _, place, _ in found} == {line}


def test_a_page_without_a_title_is_searched_too(demo: Path) -> None:
    """What is missing at its top hides nothing below."""
    change(demo, PAGE, "title:", "titel:")
    line = append(demo, PAGE, "Kiitos Hilma Tekaistalle.")
    assert {("text-private-name", line, "Hilma"), ("unknown-key", 2, "titel:")} <= {*told(demo, PAGE)}


@pytest.mark.parametrize("broken", ["answer_withn: 5 working days", "answer_within: soon"])
def test_pages_are_searched_while_the_configuration_is_wrong(demo: Path, broken: str) -> None:
    """Nothing that is right is then called wrong."""
    change(demo, "mkdocs.yml", "answer_within: 5 working days", broken)
    line = append(demo, PAGE, "Kiitos Hilma Tekaistalle.")
    assert told(demo, PAGE) == [("text-private-name", line, "Hilma")]
    assert {one.path for one in gather(demo / "mkdocs.yml").problems} == {PAGE, "mkdocs.yml"}


def test_a_name_in_a_card_is_told_once(demo: Path) -> None:
    """It looks like a name, and is that of an expert."""
    change(demo, "experts/e06.yml", "ajan yli.", "ajan yli. Kiitos, Hilma Tekaista.")
    assert [(code, word) for code, _, word in told(demo, "experts/e06.yml")] == [("text-private-name", "Hilma")]


NOTE = "prefers mornings, and no evening drives in winter"
TOP = "accepted: [name]\n---\n"
LEAKS = {
    "a note in a page": (PAGE, TOP, f"{TOP}{NOTE}.\n\n", "prefers", "limits"),
    "a note over two lines": (PAGE, TOP, f"{TOP}{NOTE}.\n\n".replace(" no ", "\nno "), "no", "limits"),
    "at the top of a page": ("site_src/sv/faq.md", "description: ", "description: zqx01 ", "zqx01", "notes"),
    "in a card": ("experts/e06.yml", "ajan yli.", "ajan yli. zqx01.", "zqx01.", "notes"),
    "in own fees": ("fees.yml", "palkkaa.", "palkkaa. zqx01", 'zqx01"', "notes"),
}


@pytest.mark.parametrize(("path", "old", "new", "word", "where"), LEAKS.values(), ids=LEAKS)
def test_a_private_value_is_told_where_it_was_written(
    demo: Path, path: str, old: str, new: str, word: str, where: str
) -> None:
    """Not on the page that would be built from it; by ``check`` and by ``build``."""
    change(demo, "mkdocs.yml", "      requests_kept:", "      fees: {file: fees.yml}\n      requests_kept:")
    (demo / "fees.yml").write_bytes((PACKAGE / "public" / "facts" / "fees.yml").read_bytes())
    change(demo, "experts/e01.yml", "private:", "private:\n  notes: zqx01")
    assert "error[" not in kokemus(demo, "check", "--on", "2026-11-24").output
    change(demo, path, old, new)
    lines = (demo / path).read_text("utf-8").split("\n")
    (number,) = [at for at, line in enumerate(lines, 1) if word in line.split()]
    for command in ("check", "build"):
        done = kokemus(demo, command, "--on", "2026-11-24")
        (found,) = re.findall(
            r"(\S+):(\d+):(\d+): error\[leak\]: .*experts/e01\.yml, kohta private\.(\w+)", done.output
        )
        assert (done.code, found[0], found[1], found[3]) == (1, path, str(number), where)
        assert lines[number - 1][int(found[2]) - 1 :].startswith(word)


def test_a_private_value_in_a_file_among_the_pages_is_told_there(demo: Path) -> None:
    """A build names the file as its owner knows it."""
    (demo / "site_src" / "fi" / "list.txt").write_text("Hilma Tekaista, 040 555 0105\n", "utf-8")
    for command in ("check", "build"):
        assert "site_src/fi/list.txt:1:1: error[leak]" in kokemus(demo, command, "--on", "2026-11-24").output


def test_a_code_in_a_page_is_told_by_its_name(demo: Path) -> None:
    """It is no part of a profile, so the message says what it is."""
    line = append(demo, PAGE, "Ensin puhui e05.")
    assert f"{PAGE}:{line}:13: error[leak]: tässä näkyy e05" in kokemus(demo, "check", "--on", "2026-11-24").output
