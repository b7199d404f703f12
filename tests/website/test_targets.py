"""Where hand-written pages lead, seen from their own files. Broken targets are reported before a build."""

from itertools import product
from pathlib import Path

import pytest
from PIL import Image

from kokemus.documents.problems import errors, position
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from tests.conftest import DEMO_DAY, build

PAGE = "site_src/sv/join.md"


@pytest.fixture
def pictured(demo: Path) -> Path:
    """The demo with pictures beside a page, above it, and with a name as browsers save it."""
    for name in ("sv/k.png", "sv/k(1).png", "bild.png", "sv/\u00e4.png"):
        Image.new("RGB", (2, 2)).save(demo / "site_src" / name)
    return demo


def add(demo: Path, text: str) -> int:
    """Appends text to a page; its line."""
    whole = (demo / PAGE).read_text("utf-8")
    (demo / PAGE).write_text(f"{whole}\n{text}\n", "utf-8")
    return whole.count("\n") + 2


@pytest.mark.parametrize(
    "target",
    [
        *("gone.png", "K.png", "../sv/gone.md", "gone.md#x", "../../mkdocs.yml", "../../experts/e05.yml"),
        *("mieli.fi", "www.example.org/a.html", "../pyynto/index.html"),
    ],
)
@pytest.mark.parametrize("form", ["![a picture]({})", "a [link]({})", "[a]: {}", '<img alt="" src="{}">'])
def test_a_broken_target_is_reported_with_its_position(pictured: Path, form: str, target: str) -> None:
    """By ``check``, in the coordinator's language, without the address."""
    line = add(pictured, form.format(target))
    inputs = gather(pictured / "mkdocs.yml")
    (found,) = errors(inputs.problems)
    assert (found.code, found.path) == ("page-target", PAGE)
    assert position(found, inputs.marks) == (line, form.index("{") + 1)
    assert target not in found.text("message", "fi")


@pytest.mark.parametrize(
    "text",
    [
        "![k](k.png) ![k](k(1).png) ![k](../bild.png) [o](../fi/join.md) [t](thanks.md#x) [l](https://mieli.fi/a.html)",
        "`![k](gone.png)`",
        "```\n![k](gone.png)\n```",
        "[d](../catalogue.json) [s](../catalogue-2.json)",
        '<a href="../catalogue.json">d</a>',
        '[f]({{ link("request") }}) [m](mailto:a@example.org) [x](#x) [y](../pyynto/) [z](/catalogue.json)',
        "A sentence.",
    ],
)
def test_a_target_that_exists_is_right(pictured: Path, text: str) -> None:
    """Files, pages in any language, other sites, and addresses of generated pages. Code is only shown."""
    add(pictured, text)
    assert errors(gather(pictured / "mkdocs.yml").problems) == ()


@pytest.mark.build
def test_the_published_page_reaches_what_its_file_names(pictured: Path) -> None:
    """Although it is deeper than its file, and its links lead to pages with other names than their files."""
    add(pictured, "![a](k.png) ![b](k(1).png) ![c](../bild.png) ![d](%C3%A4.png) [e](thanks.md#f) [g](../fi/join.md)")
    add(pictured, '[data](../catalogue.json) <a href="../catalogue.json">or so</a> <img src="k.png" alt="">')
    done = build(pictured)
    assert done.code == 0, done.output
    (page,) = (file for file in (pictured / "site" / "sv").glob("*/index.html") if 'alt="a"' in file.read_text("utf-8"))
    html = page.read_text("utf-8")
    for name in ("../k.png", "../k%281%29.png", "../../bild.png", "../%C3%A4.png"):
        assert f'src="{name}"' in html
    assert html.count('href="../../catalogue.json"') == 2
    assert '<img src="../../sv/k.png" alt="">' in html
    for name in ("../tack-for-forfragan/#f", "../../tule-kokemusasiantuntijaksi/"):
        assert f'href="{name}"' in html
        assert (page.parent / name.partition("#")[0]).is_dir()


@pytest.mark.parametrize("form", ["a [link]({})", '<a href="{}">a link</a>', "[a]({} 'titel')"])
@pytest.mark.parametrize(
    ("address", "is_there"),
    [("../ersattningar/", False), ("inget/", False), ("../../../x", False), ("./", True), ("../../", True)],
)
def test_an_address_of_no_page_is_a_warning(demo: Path, form: str, address: str, is_there: bool) -> None:
    """In the form in which browsers show addresses. Addresses of existing pages are right."""
    line = add(demo, form.format(address))
    found = [one for one in publish(gather(demo / "mkdocs.yml"), DEMO_DAY).problems if one.code == "page-address"]
    assert [(one.path, one.mark and one.mark.line, one.severity) for one in found] == (
        [] if is_there else [(PAGE, line, "warning")]
    )


def test_every_page_of_the_site_may_be_linked_by_its_address(demo: Path) -> None:
    """From a page one folder down, and to another language."""
    made = publish(gather(demo / "mkdocs.yml"), DEMO_DAY)
    assert made.site
    for page in made.site.outline:
        add(demo, f"[a](../../{page.url})")
    assert not any(one.code == "page-address" for one in publish(gather(demo / "mkdocs.yml"), DEMO_DAY).problems)


@pytest.mark.parametrize("text", ["![a picture](a picture.png)", "a [price list](../Prices 2026.pdf)"])
def test_a_file_name_with_a_space_makes_no_link_and_is_reported(pictured: Path, text: str) -> None:
    """Markdown shows it as text; between < and > it is a link."""
    line = add(pictured, text)
    inputs = gather(pictured / "mkdocs.yml")
    (found,) = errors(inputs.problems)
    assert (found.code, position(found, inputs.marks)) == ("page-target-space", (line, text.index("(") + 2))


def test_a_title_and_a_sentence_in_brackets_are_not_file_names(pictured: Path) -> None:
    """Neither is code."""
    add(pictured, 'A [b](k.png "A picture") and [c] (see this one. txt) and `[d](e f.png)`')
    assert errors(gather(pictured / "mkdocs.yml").problems) == ()


@pytest.mark.parametrize(
    ("form", "target"),
    [
        *product(
            ("a [link]({})", "[a]: {}", '<a href="{}">a</a>'),
            (
                *(
                    "http://127.0.0.1:8000/sv/priser/",
                    "http://localhost:8000/",
                    "HTTPS://LocalHost",
                    "//localhost/a.html",
                ),
                *("http://[::1]:8000/", "http://0.0.0.0:8000/", "file:///C:/Users/a/page.html", "C:/Users/a/page.html"),
            ),
        ),
        *product(("<{}>",), ("http://localhost:8000/", "file:///C:/Users/a/page.html")),
    ],
)
def test_an_address_of_this_computer_alone_is_an_error(demo: Path, form: str, target: str) -> None:
    """As the browser shows it beside ``serve``: for every reader elsewhere it leads nowhere."""
    line = add(demo, form.format(target))
    inputs = gather(demo / "mkdocs.yml")
    (found,) = errors(inputs.problems)
    assert (found.code, found.path) == ("page-own-computer", PAGE)
    assert position(found, inputs.marks) == (line, form.index("{") + 1)
    assert '{{ link("fees") }}' in found.text("help", "fi")


@pytest.mark.parametrize(
    "text",
    ["[a](https://localhost.example.org/)", "[a](https://example.org/localhost)", "`[a](http://127.0.0.1:8000/)`"],
)
def test_an_address_that_only_resembles_one_of_this_computer_is_left(demo: Path, text: str) -> None:
    """The name must be the whole host, outside code."""
    add(demo, text)
    assert not errors(gather(demo / "mkdocs.yml").problems)


@pytest.mark.parametrize("picture", ["![k](C:/Users/a/k.jpg)", '<img src="http://localhost:8000/k.jpg" alt="">'])
def test_a_picture_on_this_computer_is_one_error(demo: Path, picture: str) -> None:
    """The one that says where to copy it, not the one about links."""
    add(demo, picture)
    assert [one.code for one in errors(gather(demo / "mkdocs.yml").problems)] == ["third-party"]
