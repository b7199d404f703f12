"""Files among the hand-written pages: the audit can read them or they are listed as looked at, and none is a link."""

import json
import zipfile
from pathlib import Path

import pytest

from kokemus.documents.problems import errors
from kokemus.publication.inputs import gather
from tests.conftest import DEMO_DAY, build, change, kokemus

RECORDING = b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256))


def codes(demo: Path) -> dict[str, str]:
    """What is wrong with the demo, by file: the codes of errors and of needless entries of ``looked_at``."""
    problems = gather(demo / "mkdocs.yml").problems
    kept = (*errors(problems), *(found for found in problems if found.code == "looked-at-for-nothing"))
    return {found.path: found.code for found in kept}


def listed(demo: Path, *files: str) -> None:
    change(demo, "mkdocs.yml", "  - kokemus:\n", f"  - kokemus:\n      looked_at: [{', '.join(files)}]\n")


def test_a_link_among_the_pages_is_an_error(demo: Path) -> None:
    """A link to a file, to a folder, to nothing, and in place of a page: each may lead to a profile."""
    (demo / "site_src" / "e.yml").symlink_to("../experts/edition.yml")
    (demo / "site_src" / "everybody").symlink_to("../experts")
    (demo / "site_src" / "gone.txt").symlink_to("nowhere")
    about = demo / "site_src" / "fi" / "about.md"
    about.rename(demo / "about.md")
    about.symlink_to("../../about.md")
    links = ("e.yml", "everybody", "gone.txt", "fi/about.md")
    assert codes(demo) == {f"site_src/{link}": "page-link" for link in links}


def test_a_folder_of_pages_that_is_a_link_is_an_error(demo: Path) -> None:
    """It could lead to the profiles."""
    (demo / "site_src").rename(demo / "elsewhere")
    (demo / "site_src").symlink_to("elsewhere")
    assert codes(demo) == {"site_src": "page-link"}


def test_an_unreadable_file_is_refused_until_it_is_listed_as_looked_at(demo: Path) -> None:
    """It is then listed by its path among the pages. The control is a text file, which needs no entry."""
    (demo / "site_src" / "fi" / "tervehdys.mp3").write_bytes(RECORDING)
    (demo / "site_src" / "fi" / "ohje.txt").write_text("Tervetuloa!", "utf-8")
    (demo / "site_src" / ".DS_Store").write_bytes(RECORDING)
    assert codes(demo) == {"site_src/fi/tervehdys.mp3": "unreadable"}
    listed(demo, "fi/tervehdys.mp3")
    assert codes(demo) == {}


@pytest.mark.parametrize(
    "name", ["fi/ohje.docx", "fi/Hinnat 2026.xlsx", "ohje.pdf", "fi/ohje.txt", "fi/a.md.txt", "fi/sivu.html"]
)
def test_an_unlinked_document_is_reported_with_how_to_make_it_a_page(demo: Path, name: str) -> None:
    """It was meant as a page, or nobody finds it. A link to it is enough. Unreadable files are not reported here."""

    def told() -> list[str]:
        return [one.path for one in gather(demo / "mkdocs.yml").problems if one.code == "no-page"]

    assert told() == []
    file = demo / "site_src" / name
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>Hei</w:t>")
    assert told() == [f"site_src/{name}"]
    assert all(".md.md" not in one.help for one in gather(demo / "mkdocs.yml").problems)
    with (demo / "site_src" / "fi" / "join.md").open("a", encoding="utf-8") as page:
        page.write(f"\n[Ohje](<{'../' * (name == 'ohje.pdf')}{file.name}>)\n")
    assert told() == []
    (demo / "site_src" / "robots.txt").write_text("User-agent: *\n", "utf-8")
    (demo / "site_src" / "fi" / "vanha.doc").write_bytes(RECORDING)
    assert told() == []


@pytest.mark.parametrize("file", ["fi/tervehdys.mp3", "fi/ohje.txt"])
def test_a_needless_entry_of_looked_at_is_reported(demo: Path, file: str) -> None:
    """A missing file, and a file that the audit can read."""
    (demo / "site_src" / "fi" / "ohje.txt").write_text("Tervetuloa!", "utf-8")
    listed(demo, file)
    assert codes(demo) == {"mkdocs.yml": "looked-at-for-nothing"}


@pytest.mark.build
def test_a_leak_inside_a_document_and_an_unreadable_file_stop_a_publication(built: Path) -> None:
    """A name inside a document, a recording, and a file that another program put into the site.

    A recording that is listed in ``looked_at`` is published.
    """
    document = built / "site_src" / "fi" / "ohje.docx"
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", "<dc:creator>Venla Keksitty</dc:creator>")
    done = build(built)
    assert (done.code, "error[leak]" in done.output, "Venla" in done.output) == (1, True, False)
    document.unlink()
    (built / "site_src" / "fi" / "tervehdys.mp3").write_bytes(RECORDING)
    done = build(built)
    assert (done.code, "error[unreadable]" in done.output) == (1, True)
    listed(built, "fi/tervehdys.mp3")
    assert build(built).code == 0
    assert (built / "site" / "fi" / "tervehdys.mp3").read_bytes() == RECORDING
    (built / "site" / "muu.mp3").write_bytes(RECORDING)
    done = kokemus(built, "audit", "site", "--on", DEMO_DAY.isoformat())
    assert (done.code, done.output.count("unreadable")) == (1, 1)
    assert "0 vuotoa" in done.output


@pytest.mark.parametrize(
    ("member", "code"),
    [("docProps/core.xml", "leak-properties"), ("meta.xml", "leak-properties"), ("word/document.xml", "leak")],
)
def test_check_finds_a_private_value_in_a_document_or_its_properties(demo: Path, member: str, code: str) -> None:
    """Check finds what a build would. A document's text and its properties are edited in different places."""
    text = (demo / "experts" / "e05.yml").read_text("utf-8")
    (demo / "experts" / "e05.yml").write_text(
        f"{text.split('private:')[0]}private:\n  name: Ofelia Canaryvalue\n", "utf-8"
    )
    change(demo, "site_src/fi/about.md", "\n\n", "\n\n[Esite](esite.docx)\n\n")
    told = []
    for words in ("Esite", "Ofelia Canaryvalue"):
        with zipfile.ZipFile(demo / "site_src" / "fi" / "esite.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(member, f"<a>{words}</a>")
        told.append(kokemus(demo, "check", "--on", str(DEMO_DAY), "--format", "json"))
    clean, found = told
    assert "leak" not in clean.output
    assert {(one["path"], one["code"]) for one in json.loads(found.output) if one["severity"] == "error"} == {
        ("site_src/fi/esite.docx", code)
    }
    assert "Canaryvalue" not in found.output


def test_a_name_in_a_file_s_name_is_not_looked_for_in_its_properties(demo: Path) -> None:
    """A picture called like somebody is to be taken away or renamed."""
    (demo / "site_src" / "hilma-tekaista.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    found = kokemus(demo, "check", "--on", str(DEMO_DAY), "--format", "json")
    codes = {one["code"] for one in json.loads(found.output) if one["path"] == "site_src/hilma-tekaista.svg"}
    assert {code for code in codes if code.startswith("leak")} == {"leak-name"}
