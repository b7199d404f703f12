"""Addresses for a page: relative links to other pages and files, and its own address for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlencode, urlsplit

import segno
from markupsafe import Markup

from kokemus.request_form.questions import FIELDS
from kokemus.website.outline import Page, Site, asking


@cache
def _qr(text: str) -> Markup:
    """The mask is fixed: readers understand every mask, and choosing the best one takes most of the time."""
    code = segno.make_qr(text, error="m", mask=3)
    return Markup(code.svg_inline(svgclass="qr", lineclass=None, omitsize=True))


@dataclass(frozen=True, kw_only=True)
class Links:
    """The addresses to which one page links."""

    site: Site
    page: Page

    @property
    def language(self) -> str:
        return self.page.language

    @cached_property
    def root(self) -> str:
        """The relative path from the page to the site's root, the same for all pages of equal depth.

        The page for unknown addresses can be shown at any depth, so there it is the absolute path of the site.
        """
        if self.page.kind == "not-found":
            return urlsplit(self.site.settings.site_url).path
        return "../" * self.page.url.count("/")

    def link(self, id: str, fragment: str = "") -> str:
        """The address of a page by its identity; ``KeyError`` if there is no such page."""
        return self.to(self.site.by_id[id, self.language]) + (f"#{fragment}" if fragment else "")

    @property
    def chosen(self) -> str:
        """What a reader of this page has chosen by coming here, as the query of an address; empty on most pages."""
        return urlencode({self.page.kind: self.page.term} if self.page.term else {})

    def ask(self, **chosen: str) -> str:
        """The address of the request page on which these choices are already selected.

        Its query repeats them for scripts, which add what was chosen on the way.
        """
        return f"{self.link(asking(chosen.items()))}?{urlencode(chosen)}"

    @property
    def undecided(self) -> str:
        """The address of the request page with «topic not decided» selected, whatever topics the reader has seen."""
        return f"{self.link('request')}?topic=undecided"

    def about(self, topics: Sequence[str]) -> str:
        """The address of the request page with these topics selected: by its script all, without it only the first.

        If there are more topics than a request may have, only the first is selected.
        """
        several = topics if len(topics) <= FIELDS["topics"]["most"] else topics[:1]
        return f"{self.link(asking([('topic', topics[0])]))}?{urlencode([('topic', id) for id in several])}"

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
        """The page's address as a QR code for print, with its quiet zone."""
        return _qr(self.absolute(self.page))
