"""Third-party content in hand-written pages, in files beside them, and in the published site."""

import time
from pathlib import Path

import pytest

from kokemus.documents.problems import errors
from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.website import elsewhere
from tests.conftest import DEMO_DAY, build, change

OWN = ("https://kokemus.example.org/yhdistys/", "https://forms.example.org")
FAR = {
    "an image": '<img src="https://tracker.example/x.png" alt="">',
    "an image without a scheme": "<img src=//tracker.example/x.png>",
    "an image, its address escaped": '<img src="https&#58;//tracker.example/x.png">',
    "an image, its address with backslashes": r'<img src="\\tracker.example\x.png">',
    "an image after an apostrophe": '<img alt=it\'s src="https://tracker.example/x.png">',
    "an image with a > in its words": '<img alt="a > b" src="https://tracker.example/x.png">',
    "an image over lines": '<img\n  alt=""\n  src="https://tracker.example/x.png"\n>',
    "an image for large screens": '<img src="x.png" srcset="x.png 1x, https://tracker.example/x.png 2x">',
    "a film and its first picture": '<video src="x.mp4" poster="https://tracker.example/x.png"></video>',
    "a drawing": '<svg><image href="https://tracker.example/x.png"/></svg>',
    "a part of another drawing": '<svg><use xlink:href="https://tracker.example/x.svg#a"/></svg>',
    "a button": '<input type="image" src="https://tracker.example/x.png">',
    "a style": "<style>p { background: url('https://tracker.example/x.png') }</style>",
    "an attribute's style": '<p style="background: url(//tracker.example/x.png)">',
    "a style from elsewhere": '<style>@import "https://tracker.example/x.css";</style>',
    "a link's style": '<link rel="stylesheet" href="https://tracker.example/x.css">',
    "a connection ahead": '<link rel="preconnect" href="https://tracker.example">',
    "a script": '<script src="https://tracker.example/x.js"></script>',
    "a frame": '<iframe src="https://tracker.example/"></iframe>',
    "another page after a while": '<meta http-equiv="refresh" content="3; url=https://tracker.example/">',
    "a form": '<form action="https://tracker.example/"></form>',
}
RUNNING = {
    "a script of its own": '<script src="x.js"></script>',
    "a script in the page": "<script>alert(1)</script>",
    "a word that runs": '<p onclick="alert(1)">Hei</p>',
    "a link that runs": '<a href=" java\nscript:alert(1)">Hei</a>',
    "a link that tells": '<a href="https://example.org" ping="https://tracker.example/">Hei</a>',
    "a frame of its own": '<iframe src="sivu.html"></iframe>',
    "another page of its own": '<meta http-equiv="refresh" content="0; url=../">',
    "another beginning of addresses": '<base href="https://tracker.example/">',
    "a form of its own": "<form><input name=a></form>",
}
HARMLESS = (
    '<a href="https://www.kela.fi/">Kela</a> <img src="kuva.png" alt=""> <img src="/yhdistys/kuva.png" alt="">'
    '<img src="https://kokemus.example.org/yhdistys/kuva.png" alt=""> <img src="data:image/png;base64,AA//BB" alt="">'
    '<a href="mailto:a@example.org">a</a> <p lang="sv">1 < 2 & it\'s "fine" https://www.kela.fi</p>'
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg> <style>p { background: url(kuva.png) }</style>'
)


@pytest.mark.parametrize("text", [*FAR.values(), *RUNNING.values()], ids=[*FAR, *RUNNING])
def test_third_party_content_and_scripts_are_found_in_hand_written_text(text: str) -> None:
    """Each is found once among harmless content, which alone is the control."""
    assert len(list(elsewhere.found(f"{HARMLESS}\n\n{text}\n\n{HARMLESS}", OWN, by_hand=True))) == 1
    assert list(elsewhere.found(HARMLESS, OWN, by_hand=True)) == []


def test_an_unfinished_element_counts_as_third_party_content() -> None:
    """An unclosed quotation mark."""
    assert list(elsewhere.found(f'{HARMLESS}<p title="Hei>', OWN, by_hand=True))


@pytest.mark.parametrize("text", FAR.values(), ids=FAR)
def test_third_party_content_is_found_in_a_generated_page(text: str) -> None:
    """Another plugin may generate such a page. The control is what the site itself needs, such as scripts and forms."""
    ours = '<script src="../built.js" defer></script><form action="https://forms.example.org/f/x">'
    assert [place for place, _ in elsewhere.found(ours + text, OWN, by_hand=False)][:1] >= [len(ours)]
    assert list(elsewhere.found(ours, OWN, by_hand=False)) == []


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("![Kuva](https://tracker.example/x.png)", 1),
        ("Hei.\n\n" + FAR["another page after a while"], 3),
        ("Hei.\n" + FAR["a connection ahead"], 2),
        ('<script src="oma.js"></script>', 1),
    ],
)
def test_third_party_content_in_a_page_is_an_error_with_its_position(demo: Path, written: str, line: int) -> None:
    """The control is the same text as code, which is only shown, and an ordinary link."""
    page = demo / "site_src" / "fi" / "about.md"
    before = page.read_text("utf-8")
    page.write_text(
        f"{before}\n```\n{written}\n```\n\nKirjoita `{written.splitlines()[-1]}`. [x](https://www.kela.fi/)\n"
    )
    assert [one for one in gather(demo / "mkdocs.yml").problems if one.code == "third-party"] == []
    page.write_text(f"{before}\n\n{written}\n", "utf-8")
    (found,) = (one for one in errors(gather(demo / "mkdocs.yml").problems) if one.code == "third-party")
    assert found.path == "site_src/fi/about.md"
    assert found.mark
    assert found.mark.line == before.count("\n") + 2 + line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sivu.html", FAR["a script"]),
        ("fi/kuva.svg", FAR["a drawing"]),
        ("tyyli.css", "@import url(https://tracker.example/x.css);"),
    ],
)
def test_third_party_content_in_a_file_beside_the_pages_is_an_error(demo: Path, name: str, text: str) -> None:
    """In every type of file that a browser interprets. The control is a text file, which it does not."""
    (demo / "site_src" / name).write_text(text, "utf-8")
    (demo / "site_src" / "ohje.txt").write_text(text, "utf-8")
    assert {(one.code, one.path) for one in errors(gather(demo / "mkdocs.yml").problems)} == {
        ("third-party", f"site_src/{name}")
    }


def test_third_party_content_that_another_program_wrote_is_found(demo: Path) -> None:
    """The control is every page that we generate."""
    publication = publish.publish(gather(demo / "mkdocs.yml"), DEMO_DAY)
    ours = [(f"{page.url}index.html", page.content.encode()) for page in publication.pages()]
    assert publish.leaks(ours, publication) == ()
    found = publish.leaks([("x/index.html", FAR["a frame"].encode())], publication)
    assert [(one.code, one.path) for one in found] == [("third-party", "x/index.html")]


@pytest.mark.build
def test_markdown_that_only_mkdocs_understands_does_not_get_through(built: Path) -> None:
    """An image whose address is defined elsewhere on the page."""
    change(built, "site_src/fi/about.md", "##", "![Kuva][x]\n\n[x]: https://tracker.example/x.png\n\n##")
    done = build(built)
    assert (done.code, "error[third-party]" in done.output) == (1, True)


@pytest.mark.parametrize(
    "part", ["<img ", "<a '", '<a ="', "<img src=\"<a='", "<script", "![x", "![](", "`", "url(", "<"]
)
def test_the_worst_case_page_is_searched_quickly(part: str) -> None:
    """64 KiB of the patterns' worst case."""
    text = part * (65536 // len(part))
    before = time.process_time()
    for by_hand in (True, False):
        list(elsewhere.found(text, OWN, by_hand=by_hand))
    assert time.process_time() - before < 1
