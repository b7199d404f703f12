"""Promise 4: a visitor's browser talks to the site and, on Send, to the form service; and nothing is stored."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import contents
from tests.quality.sites import Shown
from tests.quality.weight import Visit

pytestmark = pytest.mark.browser


def test_no_page_asks_anybody_else_for_anything_and_nothing_is_stored(first_views: list[tuple[Shown, Visit]]) -> None:
    """Every kind of page with its scripts in a real browser: no other host, cookie, storage or policy violation."""
    for page, seen in first_views:
        assert seen.requests > 1
        assert (seen.foreign, seen.kept, seen.complaints) == ((), 0, ()), page.url


def test_the_policy_is_on_every_page_and_allows_only_what_is_used(demo_site: Path) -> None:
    """Nothing inline, nothing evaluated, no other host. Forms go to the service and back."""
    for name, content in contents(demo_site).items():
        if name.endswith(".html"):
            text = content.decode()
            assert "default-src &#39;none&#39;" in text, name
            assert "form-action &#39;self&#39; https://forms.example.org" in text, name
            assert "unsafe" not in text, name


def test_the_policy_really_blocks_what_it_forbids(
    tmp_path: Path, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """The positive control: a planted inline script does not run and a foreign image is not loaded."""
    text = (demo_site / "kiitos-pyynnosta" / "index.html").read_text("utf-8")
    planted = text.replace(
        "</main>", '<script>document.title = "run"</script><img src="https://elsewhere.example/x.png"></main>'
    )
    assert planted != text
    (tmp_path / "index.html").write_text(planted, "utf-8")
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(serve(tmp_path))
    assert page.title() != "run"
    assert len([text for text in complaints if "Content Security Policy" in text]) >= 2
    page.close()
