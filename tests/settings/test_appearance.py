"""The association's own appearance: read, checked, and shown. Anything that would be ignored is refused."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, errors, position
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from kokemus.settings import appearance
from kokemus.settings.appearance import LARGEST_LOGO, Appearance, contrast, fault
from kokemus.vocabulary.node import Node
from tests.conftest import DEMO_DAY, change

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def read(options: dict[str, Any]) -> tuple[Appearance, list[Problem]]:
    node = Node(Document(path="mkdocs.yml", data=options, marks={}, raw={}), [], (), options)
    return appearance.read(node, ("fi", "sv")), node.problems


def test_each_part_may_be_left_out() -> None:
    """Without any, the site looks like the project's."""
    assert read({}) == (Appearance(), [])
    own = Appearance(logo="logo.svg", accent="#1a5a4a", welcome={"fi": "Tervetuloa", "sv": "Välkommen"})
    assert read({"appearance": asdict(own)}) == (own, [])


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"colour": "#1a5a4a"}, "unknown-key"),
        ({"accent": "green"}, "accent-colour"),
        ({"accent": "#7fbf7f"}, "accent-contrast"),
        ({"logo": "../logo.svg"}, "logo-kind"),
        ({"logo": "logo.gif"}, "logo-kind"),
        ({"welcome": {"fi": "Tervetuloa"}}, "missing-language"),
    ],
)
def test_each_slip_is_an_error_of_its_own(own: dict[str, Any], code: str) -> None:
    """There are no other problems."""
    assert [found.code for found in read({"appearance": own})[1]] == [code]


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21, a colour on itself 1; the shade that just passes, and the one that just fails."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#1a5a4a", "#1a5a4a") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.svg", SVG.encode(), None),
        ("b.svg", b"<?xml version='1.0'?>\n<!-- drawn -->\n" + SVG.encode(), None),
        ("c.png", b"\x89PNG\r\n", None),
        ("d.svg", b"<html>", "logo-kind"),
        ("e.png", b"GIF89a", "logo-kind"),
        ("f.svg", SVG.encode() + b" " * LARGEST_LOGO, "logo-large"),
    ],
)
def test_a_logo_is_a_small_picture(tmp_path: Path, name: str, content: bytes, code: str | None) -> None:
    """Its content decides, not its name."""
    (tmp_path / name).write_bytes(content)
    assert fault(tmp_path / name) == code
    assert fault(tmp_path / f"no-{name}") == "logo-missing"


def test_the_pages_show_the_logo_the_accent_and_the_welcome(small: Path) -> None:
    """The logo is also the icon, so that it needs no further request."""
    own = 'appearance: {logo: logo.svg, accent: "#7a1f3d", welcome: {fi: Tervetuloa meille}}'
    change(small, "mkdocs.yml", "      requests_kept:", f"      {own}\n      requests_kept:")
    assert [found.code for found in errors(gather(small / "mkdocs.yml").problems)] == ["logo-missing"]
    (small / "site_src" / "logo.svg").write_text(SVG)
    made = publish(gather(small / "mkdocs.yml"), DEMO_DAY)
    assert made.site, made.problems
    home = next(page for page in made.pages() if page.kind == "home")
    assert "Tervetuloa meille" in home.content
    assert "--brand: #7a1f3d" in made.data["assets/kokemus.css"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  font: false", "  font: false\n  palette: {primary: indigo}"),
        ("  font: false", "  font: false\n  logo: logo.png"),
        ("  font: false", "  font: false\n  features: [navigation.tabs]"),
        ("  font: false", "  font: false\n  custom_dir: overrides"),
        ("docs_dir:", "nav: [{Etusivu: fi/about.md}]\ndocs_dir:"),
        ("docs_dir:", "copyright: Yhdistys\ndocs_dir:"),
        ("docs_dir:", "extra_css: [own.css]\ndocs_dir:"),
        ("docs_dir:", "extra_javascript: [own.js]\ndocs_dir:"),
    ],
)
def test_what_the_theme_could_not_honour_is_refused(small: Path, old: str, new: str) -> None:
    """It is never ignored silently."""
    change(small, "mkdocs.yml", old, new)
    assert [found.code for found in errors(gather(small / "mkdocs.yml").problems)] == ["theme-option"]


OUTSIDE = {
    "extra:\n  analytics: {provider: google, property: G-1}\n": [(2, 3, "outside-option")],
    "extra:\n  social: [{icon: x, link: https://example.org}]\n  ours: 1\n": [(2, 3, "theme-option")],
    "extra_javascript:\n  - own.js\n  - https://plausible.io/script.js\n": [(3, 5, "outside-option")],
    "extra_javascript:\n  - {path: //x.example/a.js, async: true}\n": [(2, 5, "outside-option")],
    "extra_css: [HTTPS://fonts.example/a.css]\n": [(1, 13, "outside-option")],
    "extra_css: [own.css]\n": [(1, 1, "theme-option")],
    "extra: {ours: 1}\n": [],
}


@pytest.mark.parametrize("option", OUTSIDE)
def test_a_script_or_style_from_another_site_is_refused_at_its_line(demo: Path, option: str) -> None:
    """It would tell somebody else of every reader. What only changes a theme's look is told as such."""
    text = (demo / "mkdocs.yml").read_text("utf-8")
    (demo / "mkdocs.yml").write_text(text + option, "utf-8")
    inputs = gather(demo / "mkdocs.yml")
    above = text.count("\n")
    places = [(position(one, inputs.marks), one.code) for one in errors(inputs.problems)]
    assert [(mark.line - above, mark.column, code) for mark, code in places] == OUTSIDE[option]
