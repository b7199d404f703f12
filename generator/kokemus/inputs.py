"""Inputs: all that the configuration names, read and checked as far as no day is needed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kokemus import (
    association,
    configuration,
    edition,
    facts,
    guide,
    history,
    profile,
    salvage,
    settings,
    shipped,
    source,
    vocabulary,
)
from kokemus.document import Document
from kokemus.facts import Crisis, Fees
from kokemus.guide import Guide
from kokemus.problems import Mark, Marks, Problem, Route, errors, problem
from kokemus.profile import Profile
from kokemus.settings import Settings
from kokemus.site import taken
from kokemus.vocabulary import Vocabulary

Fact = TypeVar("Fact", Crisis, Fees)


@dataclass(frozen=True)
class Inputs:
    """All that was read, checked as far as no day is needed.

    ``experts`` and ``docs`` are the folders of profiles and of hand-written pages, as messages call them; they and the
    coordinator's ``language`` are known even where ``settings`` is not. ``public`` are the terms, templates and
    configuration; ``remains`` what can be read of files that are no profile; ``left_out`` the problems of what
    ``omission`` left out.
    """

    folder: Path
    experts: str
    docs: str
    language: str
    settings: Settings | None
    vocabulary: Vocabulary
    profiles: tuple[Profile, ...]
    documents: tuple[Document, ...]
    remains: tuple[Document, ...]
    edition: Document | None
    guides: tuple[Guide, ...]
    crisis: Crisis
    fees: Fees
    public: tuple[str, ...]
    problems: tuple[Problem, ...]
    marks: Marks
    left_out: tuple[Problem, ...] = ()

    @property
    def lock(self) -> str:
        """How messages call the lock file."""
        return f"{self.experts}/{edition.NAME}"

    def of_profiles(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The errors that stand in files of profiles."""
        folder = PurePosixPath(self.lock).parent
        return tuple(
            found
            for found in errors(problems)
            if PurePosixPath(found.path).parent == folder and found.path != self.lock
        )


def gather(path: Path, site_url: str | None = None) -> Inputs:
    """Read all that the configuration at ``path`` names; whatever is wrong is among the problems."""
    folder = path.parent
    problems: list[Problem] = []
    marks: dict[str, Mapping[Route, Mark]] = {}
    public: list[str] = [*shipped.texts()]

    def read(file: Path, name: str, max_bytes: int = source.MAX_BYTES) -> Document | None:
        document, found = source.read(name, file.read_bytes(), max_bytes)
        problems.extend(found)
        if document:
            marks[name] = document.marks
        return document

    read_whole, found = configuration.read(path)
    problems.extend(found)
    whole = read_whole or Document(path.name, {}, {}, {})
    if read_whole:
        public.append(path.read_text("utf-8"))
    marks[whole.path] = whole.marks

    own_terms = folder / settings.folder(whole, "terms", "terms")
    terms, found = vocabulary.load(own_terms if own_terms.is_dir() else None)
    problems.extend(found)
    if own_terms.is_dir():
        public.extend(file.read_text("utf-8", "replace") for file in sorted(own_terms.glob("*.yml")))

    chosen, found = settings.read(whole, terms, site_url) if read_whole else (None, ())
    problems.extend(found)
    if chosen:
        terms = terms.serving(chosen.serves)

    experts = settings.folder(whole, "experts", "experts")
    documents, found = source.read_folder(folder / experts, experts)
    problems.extend(found)
    marks.update({document.path: document.marks for document in documents})
    profiles, found = profile.read_all(documents, terms)
    problems.extend(found)
    broken = sorted(
        {wrong.path for wrong in errors(problems) if PurePosixPath(wrong.path).parent == PurePosixPath(experts)}
    )
    remains = tuple(
        salvage.document(path, (folder / path).read_bytes()) for path in broken if not (folder / path).is_symlink()
    )
    lock = folder / experts / edition.NAME
    locked = read(lock, f"{experts}/{edition.NAME}", edition.MAX_BYTES) if lock.is_file() else None
    if not lock.is_file():
        problems += _no_lock(folder, f"{experts}/{edition.NAME}", bool(documents))

    docs = settings.pages(whole)
    languages = chosen.languages if chosen else ()
    crisis = _facts(read, folder, chosen.crisis if chosen else None, "crisis", facts.crisis, languages, problems)
    fees = _facts(read, folder, chosen.fees if chosen else None, "fees", facts.fees, languages, problems)
    guides, found = guide.read_all(
        folder / docs,
        docs,
        languages,
        {language: taken(language, languages) for language in languages},
        _known(chosen, crisis),
    )
    problems.extend(found)
    return Inputs(
        folder,
        experts,
        docs,
        settings.coordinator_language(whole, terms),
        chosen,
        terms,
        profiles,
        documents,
        remains,
        locked,
        guides,
        crisis,
        fees,
        tuple(public),
        tuple(problems),
        marks,
    )


def _no_lock(folder: Path, name: str, needed: bool) -> Iterator[Problem]:
    """What is wrong with there being no lock file: it was lost, or nobody can tell, or something else has its name."""
    if (folder / name).exists() or (folder / name).is_symlink():
        yield problem("edition-no-file", name)
    elif lost := history.last(folder, name):
        yield problem("edition-lost", name, commit=lost.commit, path=name)
    elif needed and history.is_cut_off(folder):
        yield problem("edition-unknown", name)


def _facts(
    read: Callable[[Path, str], Document | None],
    folder: Path,
    own: str | None,
    kind: str,
    parsed: Callable[[Document, tuple[str, ...]], tuple[Fact | None, tuple[Problem, ...]]],
    languages: tuple[str, ...],
    problems: list[Problem],
) -> Fact:
    """The association's own facts; where there are none, or they are broken, the project's."""
    if own is not None and not (folder / own).is_file():
        problems.append(Problem("no-facts-file", own))
    elif own is not None and (document := read(folder / own, own)):
        made, found = parsed(document, languages)
        problems.extend(found)
        if made:
            return made
    standing, _ = source.read(f"{kind}.yml", (shipped.PACKAGE / "terms" / f"{kind}.yml").read_bytes())
    made = parsed(standing, ())[0] if standing else None
    if made is None:
        raise LookupError(kind)
    return made


def _known(chosen: Settings | None, crisis: Crisis) -> Iterator[str]:
    """What a hand-written page may say of the association, and the numbers that anybody may call."""
    if chosen:
        yield from (getattr(chosen.association, fact) for fact in association.FACTS)
    for line in crisis.lines:
        yield from (word for word in (line.number, line.tel) if word)
