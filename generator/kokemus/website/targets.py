"""Where links and pictures in hand-written pages lead, seen from the page's own file."""

import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from unicodedata import normalize
from urllib.parse import quote, unquote

from kokemus.documents.problems import Problem, problem
from kokemus.website import catalogue
from kokemus.website.elsewhere import without_code
from kokemus.website.guide import Guide

_TARGET = re.compile(
    r"(?:\]\(\s{0,3}<?|^ {0,3}\[[^\]\n]{1,200}\]:\s{0,3}<?|(?P<html>\b(?:src|href)\s{0,3}=\s{0,3}[\"']))"
    r"(?P<target>(?![a-z][a-z0-9+.-]*:|[/#?])(?:[^\s()<>\"'{}#?]|\([^\s()]{0,50}\)){0,500}\.\w{1,9})(?=[\s)>\"'#?])",
    re.IGNORECASE | re.MULTILINE,
)
"""A relative address that ends like a file name. Others belong to generated pages, such as those from ``link``."""
_SPACED = re.compile(r"\]\((?P<target>[^()<>\n\"':#?{}]{1,200} [^()<>\n\"':#?{}]{0,200}\.\w{2,5})\)")
_ADDRESS = re.compile(
    r"(?:\]\(\s{0,3}<?|\bhref\s{0,3}=\s{0,3}[\"'])"
    r"(?P<target>(?:\.{1,2}/){1,9}[\w%/-]{0,300}|[\w%-]{1,100}/[\w%/-]{0,300})(?=[\s)>\"'#?])"
)
"""A relative address of a page, as a browser shows it."""
_HERE = re.compile(
    r"(?:\]\(\s{0,3}<?|^ {0,3}\[[^\]\n]{1,200}\]:\s{0,3}<?|\b(?:src|href)\s{0,3}=\s{0,3}[\"']|<(?=http|file))"
    r"(?P<target>(?:https?:)?//(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?![\w.-])|file:|[a-z]:[/\\])",
    re.IGNORECASE | re.MULTILINE,
)
"""The beginning of an address that only the writer's computer has: of its own server, or of a file on its disk."""


def wrong(guides: tuple[Guide, ...], folder: Path) -> Iterator[Problem]:
    """Targets that are neither a page nor a file of the site. ``folder`` contains the folder of the pages."""
    pages = {normpath(guide.path) for guide in guides}
    for guide in guides:
        yield from _spaced(guide)
        yield from _here(guide)
        made = {f"{_home(guide)}/{name}" for name in catalogue.FILES}
        for found in _TARGET.finditer(without_code(guide.markdown)):
            path = _path(guide, found["target"])
            if path not in pages | made and (path.endswith(".md") or not _is_published(folder, _home(guide), path)):
                yield problem("page-target", guide.path, (), guide.place(found.start("target")))


def _spaced(guide: Guide) -> Iterator[Problem]:
    """File names with a space, which Markdown turns into neither a link nor a picture."""
    for found in _SPACED.finditer(without_code(guide.markdown)):
        yield problem("page-target-space", guide.path, (), guide.place(found.start("target")))


def _here(guide: Guide) -> Iterator[Problem]:
    """Links that work only on the computer where the page was written. ``elsewhere`` reports pictures."""
    text = without_code(guide.markdown)
    for found in _HERE.finditer(text):
        opened = text.rfind("[", 0, found.start())
        if found[0].lower().startswith("src") or (found[0].startswith("](") and text[opened - 1 : opened] == "!"):
            continue
        yield problem("page-own-computer", guide.path, (), guide.place(found.start("target")))


def nowhere(guide: Guide, url: str, addresses: Container[str]) -> Iterator[Problem]:
    """Addresses in a page at ``url`` that belong to no page of the site."""
    for found in _ADDRESS.finditer(without_code(guide.markdown)):
        if normpath(join(url, unquote(found["target"]))) not in addresses:
            yield problem("page-address", guide.path, (), guide.place(found.start("target")))


def seen_from(guide: Guide, addresses: Mapping[str, str], root: str) -> str:
    """A page's Markdown with each target in the form that its reader needs.

    MkDocs resolves a target in Markdown from the page's own file, so it is spelt as a path from there. MkDocs ignores
    HTML, so there a target is the published address: of a page by ``addresses``, of a file below ``root``.
    """
    parts: list[str] = []
    end = 0
    for found in _TARGET.finditer(without_code(guide.markdown)):
        path = _path(guide, found["target"])
        reached = addresses.get(path, root + quote(path.removeprefix(f"{_home(guide)}/")))
        parts += [
            guide.markdown[end : found.start("target")],
            reached if found["html"] else quote(relpath(path, dirname(guide.path))),
        ]
        end = found.end("target")
    return "".join((*parts, guide.markdown[end:]))


def _home(guide: Guide) -> str:
    """The folder of all pages, as messages call it."""
    return normpath(dirname(dirname(guide.path)))


def _path(guide: Guide, target: str) -> str:
    path = normpath(join(dirname(guide.path), unquote(target)))
    return normalize("NFC", path) if path.endswith(".md") else path


def _is_published(folder: Path, home: str, path: str) -> bool:
    """Whether the file is in the folder of the pages and not hidden; MkDocs skips hidden files."""
    return path.startswith(f"{home}/") and "/." not in path and (folder / path).is_file()
