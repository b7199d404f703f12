"""Hand-written pages as they are found in their folders."""

import shutil
import unicodedata
from pathlib import Path

import pytest

from kokemus.documents.problems import errors, position
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from tests.conftest import DEMO_DAY, change

PAGE = "---\ntitle: {title}\nslug: {slug}\ndescription: Here\n---\n\nHei.\n"


def wrong(demo: Path) -> list[tuple[str, str]]:
    return [(found.code, found.path) for found in errors(gather(demo / "mkdocs.yml").problems)]


def write(demo: Path, language: str, name: str, title: str = "One", slug: str = "one") -> None:
    (demo / "site_src" / language / name).write_text(PAGE.format(title=title, slug=slug), "utf-8")


def test_a_page_is_the_same_however_its_name_is_composed(demo: Path) -> None:
    """macOS may store ä as two characters; another language's page with a single one is the same page."""
    name = "käytäntö.md"
    write(demo, "fi", unicodedata.normalize("NFD", name))
    write(demo, "sv", unicodedata.normalize("NFC", name))
    assert wrong(demo) == [("guide-language", f"site_src/fi/{name}")]
    write(demo, "en", name)
    assert wrong(demo) == []


def test_a_mistake_in_a_page_is_reported_once(demo: Path) -> None:
    """A broken page is not also reported as missing, nor a misspelt key as a missing one."""
    change(demo, "site_src/fi/join.md", "slug:", "slugi:")
    change(demo, "site_src/sv/thanks.md", "---\ntitle", "--\ntitle")
    assert wrong(demo) == [("unknown-key", "site_src/fi/join.md"), ("no-front-matter", "site_src/sv/thanks.md")]


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "names"),
    [
        ("slug: ", "slug: Å ", "slug", (3, 1), "slug: jarjestajan-opas"),
        ("description: ", "descriptoin: ", "unknown-key", (4, 1), "description"),
        (
            "\n\n",
            "\n\n{{ answer_within }} {{ association.fax }}\n",
            "guide-fact",
            (8, 21),
            "association.phone",
        ),
        ("\n\n", '\n\n[a]({{ link("jion") }})\n', "guide-fact", (8, 5), 'link("request")'),
    ],
)
def test_a_mistake_in_a_page_is_reported_with_its_position(
    demo: Path, old: str, new: str, code: str, place: tuple[int, int], names: str
) -> None:
    """The message also says what can be written there."""
    page = demo / "site_src" / "fi" / "join.md"
    page.write_text(page.read_text("utf-8").replace(old, new, 1), "utf-8")
    inputs = gather(demo / "mkdocs.yml")
    (found,) = errors(publish(inputs, DEMO_DAY).problems)
    assert (found.code, position(found, inputs.marks)) == (code, place)
    assert names in found.help


@pytest.mark.parametrize("slug", ["index", "assets", "sv", "pyynto"])
def test_no_page_takes_the_place_of_another(demo: Path, slug: str) -> None:
    """Nor that of the front page, which servers call ``index``."""
    write(demo, "fi", "one.md", slug=slug)
    write(demo, "sv", "one.md")
    write(demo, "en", "one.md")
    assert wrong(demo) == [("guide-address", "site_src/fi/one.md")]


def test_a_page_in_no_language_s_folder_is_a_warning(demo: Path) -> None:
    """Otherwise it would be missing silently. A folder's README is not a page."""
    for name in ("uutiset.md", "README.md"):
        (demo / "site_src" / name).write_text(PAGE.format(title="One", slug="one"), "utf-8")
    found = [one for one in gather(demo / "mkdocs.yml").problems if one.code == "page-elsewhere"]
    assert [(one.path, one.severity) for one in found] == [("site_src/uutiset.md", "warning")]


def test_a_language_without_any_page_is_one_mistake(demo: Path) -> None:
    """Not one for each page. The message says how to restore them."""
    shutil.rmtree(demo / "site_src" / "sv")
    assert wrong(demo) == [("pages-language", "site_src/sv")]
    (demo / "site_src" / "sv").mkdir()
    write(demo, "sv", "thanks.md")
    assert {code for code, _ in wrong(demo)} == {"guide-language"}


def test_garbled_letters_are_one_mistake_of_a_page(demo: Path) -> None:
    """Otherwise fragments of words would look like names."""
    page = demo / "site_src" / "fi" / "faq.md"
    page.write_text(page.read_bytes().decode("latin-1"), "utf-8")
    found = [one for one in gather(demo / "mkdocs.yml").problems if one.path == "site_src/fi/faq.md"]
    assert [one.code for one in found] == ["broken-letters"]


def test_a_title_cut_off_by_a_comment_is_reported(demo: Path) -> None:
    """In quotes, the number sign is part of the text."""
    change(demo, "site_src/fi/faq.md", "title: ", "title: Kysymys #1 ja ")
    found = [one for one in gather(demo / "mkdocs.yml").problems if one.code == "yaml-remark"]
    assert [(one.path, one.mark, one.severity) for one in found] == [("site_src/fi/faq.md", (2, 8), "warning")]
    change(demo, "site_src/fi/faq.md", "title: Kysymys #1 ja ", 'title: "Kysymys #1" # ')
    assert "yaml-remark" not in {one.code for one in gather(demo / "mkdocs.yml").problems}


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_page_that_was_renamed_in_one_language_is_one_error(demo: Path, language: str) -> None:
    """With the name that it has in the others, not three pages that are missing."""
    home = demo / "site_src" / language
    (home / "join.md").rename(home / "mukaan.md")
    (found,) = gather(demo / "mkdocs.yml").problems
    assert (found.code, found.path) == ("guide-name", f"site_src/{language}/mukaan.md")
    assert "join.md" in found.help
    (home / "fees.md").rename(home / "palkkiot.md")
    assert {one.code for one in gather(demo / "mkdocs.yml").problems if one.code != "page-target"} == {"guide-language"}
