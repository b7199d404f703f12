"""Hand-written pages: they are read and checked as a whole even if the configuration or one of them is wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kokemus.documents.document import Document
from kokemus.documents.memory import Memory
from kokemus.documents.problems import Problem, problem
from kokemus.publication import mentions
from kokemus.resources import LANGUAGES
from kokemus.settings import Settings, options
from kokemus.settings.dated_facts import Crisis
from kokemus.website import elsewhere, guide
from kokemus.website.guide import Guide
from kokemus.website.outline import taken

_CRISIS_LINES = re.compile(r"\{\{-?\s*crisis_lines\(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a check of pages must know: a site's languages and address, and what its association says of itself."""

    languages: tuple[str, ...]
    site_url: str
    said: tuple[str, ...]


def frame(whole: Document, chosen: Settings | None, folder: Path) -> Frame:
    """What the settings say; if they are wrong, as much as the configuration and the folders of pages show.

    A configuration that is no YAML says nothing, and then no page is read: its address may be the association's own.
    """
    if chosen:
        return Frame(languages=chosen.languages, site_url=chosen.site_url, said=chosen.said)
    node = options.of(whole)
    written = [text for _, text in whole.leaves(*node.route, "languages")] or (LANGUAGES if whole.marks else ())
    said = (text for key in ("association", "together") for _, text in whole.leaves(*node.route, key))
    return Frame(
        languages=tuple(one for one in LANGUAGES if one in written and (folder / one).is_dir()),
        site_url=" ".join(text for _, text in whole.leaves("site_url")),
        said=tuple(text for text in said if text.strip()),
    )


def read(
    folder: Path, docs: str, known: Frame, crisis: Crisis, people: tuple[Document, ...], memory: Memory | None = None
) -> tuple[tuple[Guide, ...], tuple[Problem, ...]]:
    """The pages in the languages of the site, and what is wrong with them. ``memory`` holds what they mention."""
    addresses = {language: taken(language, known.languages) for language in known.languages}
    lines = (number for line in crisis.lines for number in (line.number, line.tel))
    guides, problems = guide.read_all(folder / docs, docs, known.languages, addresses, (*known.said, *lines))
    named = mentions.in_file_names(folder / docs, docs, mentions.experts(people, known.said))
    return guides, (*problems, *named, *_forbidden(guides, known, people, memory), *_without_lines(guides))


def _without_lines(guides: tuple[Guide, ...]) -> Iterator[Problem]:
    """Crisis pages without the lines from the facts: a number that is typed there stays when it changes."""
    for page in guides:
        if page.id == "crisis" and not _CRISIS_LINES.search(page.markdown):
            yield problem("crisis-typed", page.path)


def _forbidden(
    guides: tuple[Guide, ...], known: Frame, people: Iterable[Document], memory: Memory | None
) -> Iterator[Problem]:
    """What pages may not contain: anything loaded from elsewhere, and the experts' own names."""
    yield from elsewhere.in_guides(guides, known.site_url)
    yield from mentions.problems(people, guides, known.said, memory)
