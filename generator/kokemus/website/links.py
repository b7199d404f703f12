"""Addresses for a page: relative links to other pages and files, and its own address for print."""

from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

from kokemus.website.outline import Page, Site


@cache
def _qr(text: str) -> Markup:
    """Always by the same mask: readers know them all, and to try which looks best takes most of the time."""
    code = segno.make_qr(text, error="m", mask=3)
    return Markup(code.svg_inline(svgclass="qr", lineclass=None, omitsize=True))


@dataclass(frozen=True, kw_only=True)
class Links:
    """The addresses that one page leads to."""

    site: Site
    page: Page

    @property
    def language(self) -> str:
        return self.page.language

    @cached_property
    def root(self) -> str:
        """The way from the page to the site's root, the same from all pages that are equally deep.

        From the page for unknown addresses, which may stand anywhere, it is the path of the site.
        """
        if self.page.kind == "not-found":
            return urlsplit(self.site.settings.site_url).path
        return "../" * self.page.url.count("/")

    def link(self, id: str, fragment: str = "") -> str:
        """The address of a page by its identity; a KeyError where there is none."""
        return self.to(self.site.by_id[id, self.language]) + (f"#{fragment}" if fragment else "")

    def to(self, other: Page) -> str:
        """The address of another page, such as the same one in another language."""
        return self.root + other.url or "./"

    def file(self, name: str) -> str:
        """The address of a file by its path from the site's root."""
        return self.root + name

    def asset(self, name: str) -> str:
        """The address of a file of the theme."""
        return self.file(f"assets/{name}")

    def absolute(self, page: Page) -> str:
        return self.site.settings.site_url + page.url

    def qr(self) -> Markup:
        """The page's address as a QR code, for paper; quiet zone included."""
        return _qr(self.absolute(self.page))
