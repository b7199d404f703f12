"""The content of a page, for comparing generators: its words, link targets, form questions and chosen answers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path
from urllib.parse import urljoin

from tests.bench.data import Data

SILENT = frozenset(("script", "style", "svg", "noscript"))
UNSEEN = {ord("\N{SOFT HYPHEN}"): None, ord("\N{WORD JOINER}"): None}
VOID = frozenset(("br", "img", "input", "hr", "meta", "link", "wbr"))
MAIN = ("main", "article")
"""The element with a page's own content. Material's main element has menus too; its content is in an article."""


class _Words(HTMLParser):
    def __init__(self, address: str, within: str) -> None:
        super().__init__()
        self.address, self.within = address, within
        self.inside, self.silent = 0, 0
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.within or (self.inside and tag not in VOID):
            self.inside += 1
        if not self.inside:
            return
        self.silent += tag in SILENT
        self.said.append(" ")
        told = dict(attrs)
        if tag == "a":
            self.said.append(f" <{urljoin(self.address, told.get('href') or '')}> ")
        elif tag in ("input", "select", "textarea") and told.get("name"):
            chosen = " chosen" if "checked" in told else ""
            self.said.append(f" [{tag} {told['name']}={told.get('value') or ''}{chosen}] ")
        elif tag == "option" and "selected" in told:
            self.said.append(" [chosen] ")

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag not in VOID:
            self.inside -= 1
            self.silent -= tag in SILENT
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.silent:
            self.said.append(data)


def words(html: str, address: str) -> str:
    """The words of a page's own content with its links and answers, with whitespace collapsed."""
    found = _Words(address, "article" if '<article class="md-content' in html else "main")
    found.feed(html)
    folded = " ".join("".join(found.said).translate(UNSEEN).split())
    return re.sub(r" (?=[.,:;!?)])", "", folded)


def pages(made: Data) -> Iterator[str]:
    """The addresses of all pages that the data asks for, from the site's root."""
    for told in made["languages"].values():
        yield from (page["path"] for page in (*told["pages"].values(), *told["asked"]))


def said(site: Path, address: str, paths: Iterable[str]) -> Mapping[str, str]:
    """The words of a site's pages by address from its root. A missing page has none."""
    files = {path: site / path / "index.html" for path in paths}
    return {
        path: words(file.read_text("utf-8"), address + path) if file.is_file() else "" for path, file in files.items()
    }


def differences(wanted: Mapping[str, str], got: Mapping[str, str]) -> Mapping[str, str]:
    """The pages that differ from what is wanted, each with the place of the first difference."""
    found: dict[str, str] = {}
    for path, ours in wanted.items():
        if ours != got[path]:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(ours, got[path], strict=False))
            at = max(sum(1 for _ in same) - 30, 0)
            found[path] = f"«{ours[at : at + 80]}», but «{got[path][at : at + 80]}»"
    return found
