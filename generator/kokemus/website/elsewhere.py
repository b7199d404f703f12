"""Third-party content: what makes a browser contact another site, or run a script that is not the site's own.

Links that a visitor follows do not count. What a browser fetches, sends, opens or runs by itself does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from itertools import chain
from urllib.parse import urlsplit

from kokemus.documents.problems import Mark, Problem, problem
from kokemus.website.guide import Guide

MARKED_UP = re.compile(r"\.(?:x?html?|svg|css|xml)$", re.IGNORECASE)
"""Names of files in which a browser finds such content."""
_ATTRIBUTES = r"""\b(?:=\s*+(?:"[^"]*"|'[^']*')|[^>])*+>?"""
_ANY = re.compile(rf"<(?P<tag>[a-z][a-z0-9:-]{{0,30}}){_ATTRIBUTES}", re.IGNORECASE)
_FETCHES = (
    "script|link|meta|i?frame|im(?:g|age)|feimage|use|source|video|audio|track|embed|object|form|base|input|button"
)
_FETCHING = re.compile(rf"<(?P<tag>{_FETCHES}){_ATTRIBUTES}", re.IGNORECASE)
_NEVER = frozenset(
    ("script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "form", "link", "meta")
)
"""Elements that no hand-written page needs, wherever they lead."""
_ADDRESSES = frozenset(("src", "poster", "background", "data", "ping", "action", "formaction", "manifest", "codebase"))
_ADDRESS = r"\s{0,9}[\"']?(?P<url>[^\s\"')>]{1,500})"
_STYLES = tuple(
    re.compile(begun + _ADDRESS, re.IGNORECASE)
    for begun in (r"\((?<=url\()", r"@import(?!\s{0,9}url\()", r"<\?xml-stylesheet[^>]{0,200}href=")
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\(\s{0,3}<?(?P<url>[^\s)>]{1,500})")
_CODE = re.compile(r"(?<!\\)(?:```.*?```|`[^`\n]+`)", re.DOTALL)
_SCHEME = re.compile(r"//|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HARMLESS = ("data:", "mailto:", "tel:", "sms:")
_PASSED_OVER = re.compile(r"[\t\n\r\x00]")


def in_guides(guides: Iterable[Guide], site_url: str) -> Iterator[Problem]:
    """Third-party content in the source of hand-written pages. Code is ignored because it is only shown."""
    for guide in guides:
        text = without_code(guide.markdown)
        images = ((found.start(), "img") for found in _IMAGE.finditer(text) if not _is_own(found["url"], (site_url,)))
        for at, tag in (*found(text, (site_url,), by_hand=True), *images):
            yield problem("third-party", guide.path, (), guide.place(at), tag=tag)


def without_code(markdown: str) -> str:
    """A page's Markdown with spaces in place of code, which is only shown."""
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), markdown)


def in_file(name: str, text: str, own: Iterable[str], *, by_hand: bool) -> Iterator[Problem]:
    """Third-party content in a file of a site, or in a file that is copied into a site."""
    return (problem("third-party", name, (), Mark.after(text[:at]), tag=tag) for at, tag in found(text, own, by_hand))


def found(text: str, own: Iterable[str], by_hand: bool) -> Iterator[tuple[int, str]]:
    """The position and tag of each piece of third-party content. ``own`` are the addresses that a page may contact.

    In hand-written text (``by_hand``), scripts, frames, forms and other elements that no such page needs are always
    wrong.
    """
    own = tuple(own)
    for element in (_ANY if by_hand else _FETCHING).finditer(text):
        if _is_wrong(element.group(), element["tag"].lower(), own, by_hand):
            yield element.start(), element["tag"].lower()
    for style in chain.from_iterable(pattern.finditer(text) for pattern in _STYLES):
        if not _is_own(unescape(style["url"]), own):
            yield style.start(), "style"


@lru_cache(2**12)
def _is_wrong(element: str, tag: str, own: tuple[str, ...], by_hand: bool) -> bool:
    """Whether an element is third-party content; cached, since most elements occur on every page.

    In hand-written text an element that does not end is also wrong: nobody knows what a browser would read into it.
    """
    reader = _Reader()
    reader.feed(element if element.endswith(">") else f"{element}>")
    given = reader.given
    runs = tag in _NEVER or given is None or any(name.startswith("on") for name in given)
    return (by_hand and runs) or not all(_is_own(address, own) for address in _addresses(tag, given or {}))


class _Reader(HTMLParser):
    given: Mapping[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.given = {name: value or "" for name, value in attrs}


def _addresses(tag: str, given: Mapping[str, str]) -> Iterator[str]:
    for name, value in given.items():
        if name in ("srcset", "imagesrcset"):
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        elif name in ("href", "xlink:href") and tag in ("a", "area"):
            yield from (value,) if _PASSED_OVER.sub("", value).strip().lower().startswith("javascript:") else ()
        elif name in _ADDRESSES or name in ("href", "xlink:href"):
            yield value
        elif name == "content" and given.get("http-equiv", "").strip().lower() == "refresh":
            yield value.partition("=")[2].strip("\"' ")


def _is_own(address: str, own: Iterable[str]) -> bool:
    address = _PASSED_OVER.sub("", address).strip().replace("\\", "/")
    if not _SCHEME.match(address) or address.lower().startswith(_HARMLESS):
        return True
    return _origin(address) in map(_origin, own)


@lru_cache(2**8)
def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
