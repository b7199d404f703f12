"""The desk's little script, in a real browser: typed text is not lost unnoticed, and a link leads to a line of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from tests.desk.test_year import Running, desk

assert desk
pytestmark = [pytest.mark.browser, pytest.mark.build]


def test_typed_text_is_not_lost_unnoticed(demo: Path, desk: Callable[[Path], Running], chromium: Browser) -> None:
    """Leaving asks first; saving does not. A link to a line selects it in the box, and keeps what was typed."""
    met: list[str] = []

    def stay(dialog: Dialog) -> None:
        met.append(dialog.type)
        dialog.dismiss()

    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(desk(demo).address)
        page.get_by_role("link", name="Sivut ja tiedot").click()
        home = page.url.removesuffix("files")
        page.goto(f"{home}files/mkdocs.yml")
        page.on("dialog", stay)
        box = page.locator("textarea.code")
        box.press("Control+End")
        box.press_sequentially("# omaa\nx: [\n")
        page.get_by_role("link", name="Ihmiset", exact=True).click(no_wait_after=True)
        page.wait_for_function("document.querySelector('textarea.code').value.includes('omaa')")
        page.wait_for_timeout(300)
        assert met == ["beforeunload"]
        assert page.url.endswith("files/mkdocs.yml")
        page.get_by_role("button", name="Tallenna").click()
        page.get_by_role("link", name="Rivi").first.click()
        assert len(met) == 1
        chosen = (
            "(box => box.value.slice(box.selectionStart, box.selectionEnd))(document.querySelector('textarea.code'))"
        )
        number = int(page.url.rpartition("-")[2])
        assert page.evaluate(chosen) == (demo / "mkdocs.yml").read_text("utf-8").split("\n")[number - 1]


def test_the_built_site_works_in_its_window_and_learns_nothing_of_the_desk(
    demo: Path, demo_site: Path, desk: Callable[[Path], Running], chromium: Browser
) -> None:
    """Its scripts run, see no cookie and no opener, and cannot read a page of the desk."""
    shutil.copytree(demo_site, demo / "site")
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(desk(demo).address)
        page.get_by_role("link", name="Julkaise", exact=True).click()
        room = page.url
        with context.expect_page() as opened:
            page.get_by_role("link", name="Avaa sivusto uudelle välilehdelle").click()
        site = opened.value
        site.wait_for_load_state()
        assert site.locator("h1").count() == 1
        assert site.evaluate("document.cookie") == ""
        assert site.evaluate("window.opener") is None
        assert site.evaluate("document.referrer") == ""
        reading = "address => fetch(address, {credentials: 'include'}).then(answer => answer.text(), () => 'refused')"
        assert site.evaluate(reading, room) == "refused"
