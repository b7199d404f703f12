"""Guide: a hand-written page, with its front matter and its Markdown."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from markupsafe import Markup

from kokemus import lint
from kokemus.documents import source, spare, stray, tongue
from kokemus.documents.parser import read
from kokemus.documents.problems import Mark, Problem, problem
from kokemus.vocabulary.node import Node

THANKS = "thanks"
RESERVED = frozenset(("home", "where", "request", "cards", "search", "embed", "topics", "formats", "audiences"))
_PLACEHOLDER = re.compile(r"{{.*?}}|\]\([^)\s]*\)")
_DESCRIBED = re.compile(r"(?<=^title:).*|(?<=^description:).*", re.MULTILINE)
_PARAGRAPH = re.compile(r"(?:.+\n?)+")
_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_LEAD = re.compile(r"\s*<p>(.*?)</p>", re.DOTALL)
_LINE = re.compile(r"<hr ?/?>")
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A hand-written page in one language.

    ``id`` is the stem of the file's name, the same in every language; ``slug`` is the page's address in its own.
    ``keywords`` are further words by which the search finds it. ``front`` is the file up to where ``markdown`` begins.
    """

    id: str
    language: str
    path: str
    title: str
    slug: str
    description: str
    markdown: str
    front: str
    keywords: tuple[str, ...] = ()

    def place(self, at: int) -> Mark:
        """Where in the file a character of the Markdown is."""
        return Mark.after(self.front + self.markdown[:at])

    def place_above(self, text: str, at: int) -> Mark:
        """Where in the file a character of a text in the front matter is; in the first line if it is escaped there."""
        return Mark.after(self.front[: max(self.front.find(text), 0) + at])


def read_all(
    folder: Path, name: str, languages: Iterable[str], taken: Mapping[str, frozenset[str]], known: Iterable[str] = ()
) -> tuple[tuple[Guide, ...], tuple[Problem, ...]]:
    """The pages in every language's folder, and what is wrong with them. Each page must exist in every language.

    ``taken`` are the addresses of generated pages in each language. ``known`` are the association's own facts and the
    crisis lines, which identify nobody. File names are normalised, because macOS may store an ä as two characters.
    """
    guides: list[Guide] = []
    problems: list[Problem] = []
    written: dict[str, dict[str, str]] = defaultdict(dict)
    languages, known = tuple(languages), tuple(known)
    for language in languages:
        files = sorted((folder / language).glob("*.md"))
        names = {file.name for file in files}
        for file in files:
            path = f"{name}/{language}/{unicodedata.normalize('NFC', file.name)}"
            if of := spare.original(file.name, names):
                problems.append(replace(problem("file-copy", path, original=of), strict=True))
                continue
            written[_stem(path)][language] = path
            content = source.read(file, path)
            guide, found = _guide(path, content, language, known) if isinstance(content, bytes) else (None, (content,))
            problems.extend(found)
            if guide:
                guides.append(guide)
    problems.extend(
        problem("page-elsewhere", f"{name}/{file.name}", folder=f"{name}/{languages[0]}")
        for file in sorted(folder.glob("*.md"))
        if languages and file.stem.casefold() != "readme"
    )
    whole = [language for language in languages if any(language in paths for paths in written.values())]
    problems.extend(
        problem("pages-language", f"{name}/{language}", language=language, folder=f"{name}/{language}")
        for language in languages
        if whole and language not in whole
    )
    renamed = dict(_renamed(written, whole))
    problems.extend(
        problem("guide-name", next(iter(written[id].values())), file=f"{other}.md") for id, other in renamed.items()
    )
    problems.extend(
        problem("guide-language", next(iter(paths.values())), language=language, file=f"{name}/{language}/{id}.md")
        for id, paths in written.items()
        for language in whole
        if language not in paths and id not in {*renamed, *renamed.values()}
    )
    addresses = Counter((guide.language, guide.slug) for guide in guides)
    problems.extend(
        problem("guide-address", guide.path, ("slug",))
        for guide in guides
        if guide.id in RESERVED or guide.slug in taken[guide.language] or addresses[guide.language, guide.slug] > 1
    )
    if languages and not folder.is_dir():
        problems.append(problem("no-folder", name, folder=name, option="docs_dir"))
    elif languages and THANKS not in written:
        due = f"{name}/{languages[0]}/{THANKS}.md"
        problems.append(problem("guide-missing", due, file=due))
    return tuple(guides), tuple(problems)


def _renamed(written: Mapping[str, Mapping[str, str]], languages: list[str]) -> Iterator[tuple[str, str]]:
    """The page that only one language has, with the one that only this language lacks, if there is one of each."""
    told: set[str] = set()
    for language in languages:
        alone = [id for id, paths in written.items() if [*paths] == [language]]
        lacking = [id for id, paths in written.items() if {*languages} - {*paths} == {language}]
        if len(alone) == len(lacking) == 1 and told.isdisjoint(alone + lacking) and len(languages) > 1:
            told |= {*alone, *lacking}
            yield alone[0], lacking[0]


def _stem(path: str) -> str:
    """The name of a page's file without its ending. It identifies the page in every language."""
    return path.rpartition("/")[2].removesuffix(".md")


@lru_cache(256)
def _guide(
    path: str, content: bytes, language: str, known: tuple[str, ...]
) -> tuple[Guide | None, tuple[Problem, ...]]:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, (problem("not-utf-8", path),)
    if spoilt := tuple(stray.spoilt(path, text)):
        return None, spoilt
    found = _FRONT.match(text)
    if not found:
        return None, (problem("no-front-matter", path),)
    front, problems = read(path, b"\n" + found.group(1).encode())
    if front is None:
        return None, problems
    root = Node(front, list(problems), (), front.data)
    required = ("title", "slug", "description")
    if not root.mapping((*required, "keywords", "accepted"), required=required):
        return None, tuple(found.at(front.marks) for found in root.problems)
    title, slug, description = (root.text(name) for name in required)
    keywords = tuple(word.strip() for word in (root.text("keywords") or "").split(",") if word.strip())
    if slug and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        root.report("slug", "slug")
    if (told := tongue.of(text[found.end() :])) not in {None, language}:
        root.problems.append(problem("page-other-language", path, told=told, language=language))
    lint.report(root, _looked_at(text, found.end(), language, known))
    return (
        Guide(
            id=_stem(path),
            language=language,
            path=path,
            title=title or "",
            slug=slug or _stem(path),
            description=description or "",
            markdown=text[found.end() :],
            front=text[: found.end()],
            keywords=keywords,
        ),
        tuple(found.at(front.marks) for found in root.problems),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading of a hand-written page and what follows it. ``folded`` parts come after a line (``---``)."""

    id: str
    heading: Markup
    content: Markup
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The HTML of a hand-written page: its first paragraph, what else comes before a heading, and its headings."""

    lead: Markup
    start: Markup
    parts: tuple[Part, ...]


def parts(html: str) -> Parts:
    """A hand-written page's HTML, divided at its headings."""
    start, *rest = _SECTION.split(html)
    lead = _LEAD.match(start)
    found: list[Part] = []
    is_folded = bool(_LINE.search(start))
    for id, heading, content in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        found.append(Part(id=id, heading=Markup(heading), content=Markup(_LINE.sub("", content)), folded=is_folded))
        is_folded = is_folded or bool(_LINE.search(content))
    return Parts(
        lead=Markup(lead[1] if lead else ""),
        start=Markup(_LINE.sub("", start[lead.end() :] if lead else start)).strip(),
        parts=tuple(found),
    )


def _looked_at(
    text: str, body: int, language: str, known: Iterable[str]
) -> Iterator[tuple[tuple[lint.Finding, ...], Callable[[int], Mark]]]:
    """Each line of the front matter and paragraph of the body: its findings, and a function that locates one."""
    seen = lint.blanked(_PLACEHOLDER.sub(lambda found: "." * len(found.group()), text), known)
    for part in (*_DESCRIBED.finditer(seen, 0, body), *_PARAGRAPH.finditer(seen, body)):
        yield lint.findings(part.group(), language), partial(_mark, text, part.start())


def _mark(text: str, start: int, at: int) -> Mark:
    return Mark.after(text[: start + at])
