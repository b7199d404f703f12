"""Inputs: everything that the configuration names, read and checked as far as that is possible without a date."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import permutations
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kokemus import resources, settings, vocabulary
from kokemus.anonymity import edition
from kokemus.documents import listing, mkdocs_yml, parser, source
from kokemus.documents.document import Document
from kokemus.documents.memory import Memory
from kokemus.documents.once import once
from kokemus.documents.problems import Mark, Marks, Problem, Route, errors, problem
from kokemus.experts import further, profile, salvage
from kokemus.experts.profile import Profile
from kokemus.publication import attachments, lost, prose, repository
from kokemus.settings import Settings, appearance, broken, dated_facts, options, together
from kokemus.settings.dated_facts import Crisis, Fees
from kokemus.vocabulary import Vocabulary, misfiled, own_terms
from kokemus.website import targets
from kokemus.website.guide import Guide

_UNKNOWN = frozenset(f"unknown-{kind.removesuffix('s')}" for kind in vocabulary.KINDS)
T = TypeVar("T")
Dated = TypeVar("Dated", Crisis, Fees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that was read, checked as far as that is possible without a date.

    ``configuration`` is the configuration file, ``experts`` and ``docs`` are the folders of profiles and of
    hand-written pages, all three as messages call them. They and the coordinator's ``language`` are known even if
    ``settings`` is None. ``facts`` are own files of crisis help and fees. ``public`` are the texts of terms, templates
    and configuration. ``remains`` is what could be read of broken profiles. ``left_out`` are the problems of what
    ``omission`` left out.
    """

    folder: Path
    configuration: str
    experts: str
    docs: str
    language: str
    settings: Settings | None
    vocabulary: Vocabulary
    profiles: tuple[Profile, ...]
    documents: tuple[Document, ...]
    remains: tuple[Document, ...]
    edition: Document | None
    seeds: tuple[str, ...]
    guides: tuple[Guide, ...]
    crisis: Crisis
    fees: Fees
    facts: tuple[Document, ...]
    public: tuple[str, ...]
    problems: tuple[Problem, ...]
    marks: Marks
    left_out: tuple[Problem, ...] = ()

    @property
    def lock(self) -> str:
        """The path of the lock file in messages."""
        return f"{self.experts}/{edition.NAME}"

    def of_profiles(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The errors in files of profiles."""
        folder = PurePosixPath(self.lock).parent
        return tuple(
            found
            for found in errors(problems)
            if PurePosixPath(found.path).parent == folder and found.path != self.lock
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The problems found so far in the files of a folder, and the position of everything in them."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    marks: dict[str, Mapping[Route, Mark]] = field(default_factory=dict)
    facts: list[Document] = field(default_factory=list)

    def noted(self, found: tuple[T, Iterable[Problem]]) -> T:
        """The value that was read; its problems are added to ``problems``."""
        read, problems = found
        self.problems.extend(problems)
        return read

    def document(self, name: str) -> Document | None:
        """The document in a file; None if the file cannot be read."""
        document = self.noted(parser.read_file(self.folder / name, name))
        if document:
            self.marks[name] = document.marks
        return document


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's garbage collector, which would search all that was read again and again, and find nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_uncollected()
def gather(path: Path, site_url: str | None = None, memory: Memory | None = None) -> Inputs:
    """Everything that the configuration at ``path`` names, and its problems. ``memory`` holds unchanged profiles."""
    folder = path.parent
    reading = _Reading(folder=folder)
    configured = reading.noted(mkdocs_yml.read(path))
    whole = configured or mkdocs_yml.remains(path)
    reading.marks[whole.path] = whole.marks
    terms, own = _terms(reading, whole)
    chosen = reading.noted(settings.read(whole, terms, site_url)) if configured else None
    reading.problems.extend(() if configured else broken.further(path, terms, site_url))
    if chosen:
        terms = replace(terms.serving(chosen.serves), associations=together.terms(chosen.together))
    if memory:
        order = [[*getattr(terms, kind)] for kind in (*vocabulary.KINDS, "associations")]
        terms = memory.made("terms", (terms, order), lambda: terms)
    experts = options.folder(whole, "experts", "experts")
    documents = reading.noted(misfiled.apart(*listing.read(folder / experts, experts, memory), vocabulary.FILES))
    reading.marks.update({document.path: document.marks for document in documents})
    lock = f"{experts}/{edition.NAME}"
    has_lock = (folder / lock).is_file()
    content = source.read(folder / lock, lock) if has_lock else None
    locked = reading.document(lock) if has_lock else None
    if not has_lock and (folder / experts).is_dir():
        reading.problems.extend(lost.lock_file(folder, lock, bool(documents)))
    profiles, found = profile.read_all(documents, terms, memory)
    if any(wrong.code == "unknown-topic" for wrong in found):
        terms = terms.without_topics(lost.topics(folder, options.folder(whole, "terms", "terms"), locked))
        profiles, found = profile.read_all(documents, terms)
    reading.problems.extend(_of_their_own(found, documents, reading.problems))
    remains = tuple(_remains(reading, lock))
    reading.problems.extend(further.of_files(folder, remains, documents, terms))
    reading.problems.extend(lost.profiles(folder, experts, documents, locked))
    reading.problems.extend(repository.problems(folder, experts))
    docs = options.pages(whole)
    homes = ((folder / experts).resolve(), (folder / docs).resolve())
    if any(one.is_relative_to(other) for one, other in permutations(homes)):
        reading.problems.append(problem("experts-public", whole.path, (*options.of(whole).route, "experts")))
    reading.problems.extend(_files(whole, chosen, folder / docs, docs))
    crisis = _dated(reading, chosen, "crisis", partial(dated_facts.crisis, spoken=terms.languages))
    fees = _dated(reading, chosen, "fees", dated_facts.fees)
    known = prose.frame(whole, chosen, folder / docs)
    guides = reading.noted(prose.read(folder, docs, known, crisis, documents, memory))
    reading.problems.extend(targets.wrong(guides, folder))
    reading.problems.extend(attachments.unlinked(folder / docs, docs, guides))
    return Inputs(
        folder=folder,
        configuration=whole.path,
        experts=experts,
        docs=docs,
        language=options.coordinator_language(whole, terms),
        settings=chosen,
        vocabulary=terms,
        profiles=profiles,
        documents=documents,
        remains=remains,
        edition=locked,
        seeds=edition.seeds(content) if isinstance(content, bytes) else (),
        guides=guides,
        crisis=crisis,
        fees=fees,
        facts=tuple(reading.facts),
        public=(*resources.public(), *([path.read_text("utf-8")] if configured else ()), *own),
        problems=once(reading.problems, reading.marks),
        marks=reading.marks,
    )


def _terms(reading: _Reading, whole: Document) -> tuple[Vocabulary, tuple[str, ...]]:
    """The vocabulary, and the texts of the association's folder of terms, which may change it."""
    name = options.folder(whole, "terms", "terms")
    reading.problems.extend(own_terms.beside(reading.folder, vocabulary.FILES, options.own_facts(whole)))
    own = reading.folder / name
    terms = reading.noted(vocabulary.load(own if own.is_dir() else None, name))
    if own.is_dir():
        facts = [reading.folder / file for file in options.own_facts(whole)]
        reading.problems.extend(own_terms.unread(own, name, vocabulary.FILES, facts))
        texts = (source.read(file, name, vocabulary.MAX_BYTES) for file in sorted(own.glob("*.yml")))
        return terms, tuple(text.decode("utf-8", "replace") for text in texts if isinstance(text, bytes))
    if name != "terms":
        reading.problems.append(problem("no-terms-folder", name))
    return terms, ()


def _of_their_own(found: Iterable[Problem], documents: Iterable[Document], before: Iterable[Problem]) -> list[Problem]:
    """The problems of profiles, except words that are unknown only because the association's own term is faulty."""
    faulty = {str(wrong.route[0]) for wrong in errors(before) if wrong.route}
    said = {document.path: document for document in documents}
    return [
        one
        for one in found
        if not (one.code in _UNKNOWN and one.path in said and said[one.path].at(one.route) in faulty)
    ]


def _remains(reading: _Reading, lock: str) -> Iterator[Document]:
    """What can be read of the broken files among the profiles."""
    experts = PurePosixPath(lock).parent
    for path in sorted({one.path for one in errors(reading.problems) if one.code != misfiled.CODE} - {lock}):
        file = reading.folder / path
        if PurePosixPath(path).parent == experts and file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                yield salvage.document(path, opened.read(salvage.MOST))


def _files(whole: Document, chosen: Settings | None, folder: Path, name: str) -> Iterator[Problem]:
    """Problems of the logo that the configuration names, and of other files among the hand-written pages."""
    place = options.of(whole).route
    logo = chosen.appearance.logo if chosen else None
    if logo and (code := appearance.fault(folder / logo)):
        route = (*place, "appearance", "logo")
        yield problem(code, whole.path, route, folder=name, kilobytes=appearance.LARGEST_LOGO // 1024)
    looked_at, site_url = (chosen.looked_at, chosen.site_url) if chosen else (frozenset[str](), "")
    yield from attachments.wrong(folder, name, looked_at, (whole.path, (*place, "looked_at")), site_url)


def _dated(
    reading: _Reading,
    chosen: Settings | None,
    kind: str,
    parsed: Callable[[Document, tuple[str, ...]], tuple[Dated | None, tuple[Problem, ...]]],
) -> Dated:
    """The association's own facts; the project's if it has none or they are broken."""
    own: str | None = getattr(chosen, kind) if chosen else None
    if own is not None and not (reading.folder / own).is_file():
        reading.problems.append(problem("no-facts-file", own, kind=kind))
    elif chosen and own is not None:
        document = reading.document(own)
        reading.facts.extend([document] if document else [])
        if document and (made := reading.noted(parsed(document, chosen.languages))):
            return made
    standing, _ = parser.read(f"{kind}.yml", (resources.PACKAGE / "public" / "facts" / f"{kind}.yml").read_bytes())
    made = parsed(standing, ())[0] if standing else None
    if made is None:
        raise LookupError(kind)
    return made
