"""The headers file: read as a host reads it and sent with every page, and the site works with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.quality.host import hosted, matches, rules
from tests.quality.sites import Shown
from tests.quality.weight import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def host(demo_site: Path) -> Iterator[str]:
    """The demo on a host that reads the file."""
    with hosted(demo_site) as address:
        yield address


def test_no_path_gets_one_header_twice(demo_site: Path) -> None:
    """Hosts join two values of a header into one that means neither."""
    read = rules((demo_site / "_headers").read_text("utf-8"))
    for file in demo_site.rglob("*.*"):
        path = "/" + file.relative_to(demo_site).as_posix().removesuffix("index.html")
        names = [name for pattern, headers in read if matches(pattern, path) for name, _ in headers]
        assert len(names) == len(set(names)), path


def test_every_page_comes_with_the_headers_and_cards_are_kept_by_nobody(host: str) -> None:
    """The policy of the page's own tag and more, no sniffing, no sensors; cards in no index and no cache."""
    page = urlopen(host + "aiheet/masennus/", timeout=10)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert page.headers["X-Robots-Tag"] is None
    assert urlopen(host + "assets/kokemus.css", timeout=10).headers["Cache-Control"].startswith("public, max-age=")
    for cards in ("esittelyt/", "sv/presentationer/", "en/introductions/", "aiheet/uupumus/", "sv/teman/utmattning/"):
        kept = urlopen(host + cards, timeout=10).headers
        assert kept["X-Robots-Tag"] == "noindex, noarchive"
        assert kept["Cache-Control"] == "no-store"


def test_no_page_breaks_under_the_headers(first_views: list[tuple[Shown, Visit]]) -> None:
    """The browser reports nothing on any kind of page, with structured data and scripts."""
    assert [(page.url, seen.complaints) for page, seen in first_views if seen.complaints] == []


def test_no_other_page_can_frame_the_site(
    host: str, serve: Callable[[Path], str], chromium: Browser, tmp_path: Path
) -> None:
    """A frame around the request form stays empty. The positive control, a page without the header, is shown."""
    (tmp_path / "plain.html").write_text("<!doctype html><title>p</title><form>plain</form>")
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>f</title><iframe src="{host}pyynto/"></iframe><iframe src="plain.html"></iframe>'
    )
    page = chromium.new_page()
    page.goto(serve(tmp_path))
    page.wait_for_load_state("networkidle")
    framed, plain = page.frames[1:]
    assert plain.locator("form").count() == 1
    assert framed.locator("form").count() == 0
    page.close()


def test_in_another_site_s_frame_a_page_is_only_a_link_to_itself(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser, tmp_path: Path
) -> None:
    """Also on a host that sends no headers, with cards and on the request page. The control is an unframed page."""
    ours = serve(demo_site)
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>f</title><iframe src="{ours}pyynto/"></iframe><iframe src="{ours}esittelyt/"></iframe>'
    )
    page, alone = chromium.new_page(), chromium.new_page()
    page.goto(serve(tmp_path))
    page.wait_for_load_state("networkidle")
    for framed in page.frames[1:]:
        assert framed.locator("body > *").count() == 1
        assert framed.locator("a[target=_blank]").get_attribute("href") == framed.url
        alone.goto(framed.url)
        assert alone.locator("main").is_visible()
    page.close()
    alone.close()
