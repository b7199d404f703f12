"""Print: a topic is one sheet with a QR code; the guide's checklist is a page of its own."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FOLDERS = {"fi": "aiheet", "sv": "sv/teman", "en": "en/topics"}


def sheets(pdf: bytes) -> int:
    """How many pages Chromium printed."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("language", FOLDERS)
def test_every_topic_is_one_sheet_of_paper(
    language: str, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """The topics with the longest texts and those with the most options, printed on A4 by a real browser."""
    address = serve(demo_site)
    pages = sorted((demo_site / FOLDERS[language]).glob("*/index.html"), key=lambda file: -len(file.read_text("utf-8")))
    texts = sorted(pages, key=lambda file: -len(re.sub(r"<[^>]*>", "", file.read_text("utf-8"))))
    page = chromium.new_page()
    for file in {*pages[:4], *texts[:4]}:
        page.goto(address + file.parent.relative_to(demo_site).as_posix() + "/")
        assert sheets(page.pdf(format="A4", prefer_css_page_size=True)) == 1, file.parent.name
    page.goto(address + "jarjestajan-opas/")
    assert sheets(page.pdf(format="A4", prefer_css_page_size=True)) > 1
    page.close()


def test_the_code_on_the_sheet_leads_to_its_page(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """Read from the printed page by an independent reader. The screen shows no code."""
    page = chromium.new_page()
    for folder in ("aiheet/masennus/", "sv/teman/sjalvmordstankar-och-vagen-vidare/", "en/topics/hope/"):
        page.goto(serve(demo_site) + folder)
        assert zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot(full_page=True)))) == []
        page.emulate_media(media="print")
        (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot(full_page=True))))
        assert code.text == f"https://kokemus.example.org/{folder}"
        page.emulate_media(media="screen")
    page.close()


def test_the_checklist_begins_a_page_and_fits_on_it(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """With a box to tick before each line."""
    page = chromium.new_page(viewport={"width": 680, "height": 900})
    for name in ("jarjestajan-opas/", "sv/guide-for-arrangorer/", "en/hosts-guide/"):
        page.goto(serve(demo_site) + name)
        page.emulate_media(media="print")
        heading = page.locator(".prose--host-guide h2").last
        assert heading.evaluate("e => getComputedStyle(e).breakBefore") == "page"
        lines = page.locator(".prose--host-guide .part").last.locator("li")
        assert lines.count() >= 10
        boxes = lines.evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e, '::before').width))")
        assert all(width > 10 for width in boxes)
        top, end = heading.bounding_box(), lines.last.bounding_box()
        assert top
        assert end
        assert end["y"] + end["height"] - top["y"] < 900
    page.close()
