"""Shipped stylesheets and scripts are smaller and mean the same, as read by another tool."""

import re
import subprocess
from pathlib import Path

import pytest

from kokemus.website import shipped
from tests.conftest import ROOT

PUBLIC = ROOT / "generator" / "kokemus" / "public"
ESBUILD = ROOT / "tests" / "counterparts" / "node_modules" / "esbuild" / "bin" / "esbuild"
SCRIPTS = sorted(
    [*(PUBLIC / "scripts").iterdir(), PUBLIC / "templates" / "search.js", PUBLIC / "templates" / "need.js"]
)


def meant(text: str, loader: str) -> str:
    """The text parsed and printed by esbuild, without the author's names, spaces and comments.

    esbuild leaves the values of custom properties unchanged, so these are renamed to ordinary properties first.
    """
    text = re.sub(r"--(?=[a-z])", "custom-", text) if loader == "css" else text
    command = [str(ESBUILD), f"--loader={loader}", "--minify", "--legal-comments=none", "--log-level=error"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_does_what_its_source_does(file: Path) -> None:
    """Template literals and regular expressions included. It is at least a sixth smaller."""
    text = file.read_text("utf-8")
    made = shipped.script(text)
    assert meant(made, "js") == meant(text, "js")
    assert len(made) < 5 / 6 * len(text)


@pytest.mark.slow
def test_a_sheet_styles_as_its_source_does() -> None:
    """Each together with the common one before it. It is at least a tenth smaller."""
    made = shipped.styles()
    common = (PUBLIC / "styles" / "kokemus.css").read_text("utf-8")
    assert len(made) > 3
    for name, text in made.items():
        own = (PUBLIC / "styles" / name.removeprefix("assets/")).read_text("utf-8")
        written = common if name == "assets/kokemus.css" else common + own
        assert meant(text, "css") == meant(written, "css")
        assert "/*" not in text
        assert len(text) < 0.9 * len(written)


@pytest.mark.slow
def test_a_change_of_meaning_is_seen() -> None:
    """A lost space in a template literal or before a class is seen; a difference in style is not."""
    assert meant("export const a = `b  c`;", "js") != meant("export const a = `b c`;", "js")
    assert meant("p .a{color:red}", "css") != meant("p.a{color:red}", "css")
    assert meant("export const a = 1; // b", "js") == meant("export  const a=1", "js")


def test_what_looks_like_a_comment_in_a_text_stays() -> None:
    """In a template literal of several lines."""
    text = "const a = `b\n  // no comment ${c}\n`;\n// one\n"
    assert shipped.script(text) == "const a=`b\n  // no comment ${c}\n`;\n"


def test_what_a_script_tells_the_browser_stays_on_its_first_line() -> None:
    """Chromium reads it only there. Other comments at the top are removed."""
    assert (
        shipped.script("//# allFunctionsCalledOnLoad\n// For people.\na();\n") == "//# allFunctionsCalledOnLoad\na();\n"
    )
    source = (PUBLIC / "templates" / "search.js").read_text("utf-8")
    assert shipped.script(source).startswith("//# allFunctionsCalledOnLoad\n")
