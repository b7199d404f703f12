"""The one function that runs the pipeline: ``publish(inputs, on) → Publication``."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kokemus import (
    anonymity,
    audit,
    configuration,
    consent,
    edition,
    facts,
    guide,
    headers,
    history,
    pages,
    profile,
    salvage,
    search,
    settings,
    source,
    succession,
    vocabulary,
)
from kokemus.anonymity import Rule
from kokemus.calendar import months_later
from kokemus.catalogue import Catalogue, as_answers, as_json, catalogue
from kokemus.cells import Cells
from kokemus.document import Data, Document
from kokemus.edition import Edition
from kokemus.explanation import Situation
from kokemus.facts import Crisis, Fees
from kokemus.guide import Guide
from kokemus.needles import Secret
from kokemus.problems import Mark, Marks, Problem, Route, errors, problem
from kokemus.profile import Profile
from kokemus.settings import Settings
from kokemus.site import Page, Site, taken
from kokemus.statement import Statement
from kokemus.succession import Waiting
from kokemus.vocabulary import Vocabulary

SCHEMA = "catalogue-1.json"
Fact = TypeVar("Fact", Crisis, Fees)


@dataclass(frozen=True)
class Inputs:
    """All that was read, checked as far as no day is needed.

    ``public`` are the terms, templates and configuration; ``remains`` what can be read of files that are no profile;
    ``left_out`` the problems of what ``omission`` left out; ``language`` is the coordinator's, known even where
    ``settings`` is not.
    """

    folder: Path
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
        return f"{self.settings.experts if self.settings else 'experts'}/{edition.NAME}"

    def of_profiles(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The errors that stand in files of profiles."""
        folder = PurePosixPath(self.lock).parent
        return tuple(
            found
            for found in errors(problems)
            if PurePosixPath(found.path).parent == folder and found.path != self.lock
        )


@dataclass(frozen=True)
class Publication:
    """What a day's site is made of. ``site`` is None where a problem forbids any."""

    site: Site | None
    pages: tuple[Page, ...]
    data: Mapping[str, str]
    secrets: tuple[Secret, ...]
    problems: tuple[Problem, ...]


def gather(path: Path, site_url: str | None = None) -> Inputs:
    """Read all that the configuration at ``path`` names; whatever is wrong is among the problems."""
    folder = path.parent
    problems: list[Problem] = []
    marks: dict[str, Mapping[Route, Mark]] = {}
    public: list[str] = [*shipped()]

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

    data = whole.data if isinstance(whole.data, dict) else {}
    docs = data.get("docs_dir")
    docs = docs if isinstance(docs, str) and docs.isprintable() else "docs"
    languages = chosen.languages if chosen else ()
    crisis = _facts(read, folder, chosen.crisis if chosen else None, "crisis", facts.crisis, problems)
    fees = _facts(read, folder, chosen.fees if chosen else None, "fees", facts.fees, problems)
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
    parsed: Callable[[Document], tuple[Fact | None, tuple[Problem, ...]]],
    problems: list[Problem],
) -> Fact:
    """The association's own facts; where there are none, or they are broken, the project's."""
    if own is not None and not (folder / own).is_file():
        problems.append(Problem("no-facts-file", own))
    elif own is not None and (document := read(folder / own, own)):
        made, found = parsed(document)
        problems.extend(found)
        if made:
            return made
    shipped, _ = source.read(f"{kind}.yml", (files("kokemus") / "terms" / f"{kind}.yml").read_bytes())
    made = parsed(shipped)[0] if shipped else None
    if made is None:
        raise LookupError(kind)
    return made


def _known(chosen: Settings | None, crisis: Crisis) -> Iterator[str]:
    """What a hand-written page may say of the association, and the numbers that anybody may call."""
    if chosen:
        yield from (getattr(chosen.association, fact) for fact in settings.FACTS)
    for line in crisis.lines:
        yield from (word for word in (line.number, line.tel) if word)


def shipped() -> tuple[str, ...]:
    """The texts that come with Kokemus and may stand on any site."""
    return tuple(_package_texts(files("kokemus")))


def _package_texts(folder: Traversable) -> Iterator[str]:
    """The terms, templates and theme files as they are shipped, but for what is only ever said to the coordinator.

    Examples there name codes and people, so that they must explain no leak.
    """
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "desk", "scaffold"):
            yield from _package_texts(entry)
        elif entry.name.endswith((".yml", ".html", ".xml", ".css", ".js", ".svg", ".json", ".txt")):
            yield entry.read_text("utf-8")


def rule_of(inputs: Inputs, on: date) -> Rule:
    """The rule for the crowd that counts on the day."""
    crowd = consent.crowd(inputs.profiles, on, inputs.vocabulary)
    chosen, house = (
        ({}, frozenset()) if not inputs.settings else (inputs.settings.anonymity, inputs.settings.house_topics)
    )
    return Rule(Cells.of(crowd, inputs.vocabulary), anonymity.parameters(len(crowd), chosen), house)


def crowd_size(inputs: Inputs, on: date) -> int:
    """How many count on the day."""
    return sum(consent.counts(profile, on) for profile in inputs.profiles)


def next_edition(inputs: Inputs, previous: Edition | None, on: date) -> tuple[Edition, tuple[Waiting, ...]]:
    """The edition that follows on the day, and the changes that wait."""
    newcomers = consent.newcomers(inputs.profiles, on, previous.day) if previous else 0
    return succession.following(previous, rule_of(inputs, on), on, newcomers)


def current_edition(inputs: Inputs, on: date) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition in force, and what is wrong with its lock file; a warning where there is none yet.

    A file without the checksum that ``kokemus edition`` writes must at least be what the profiles of its day allow.
    """
    if inputs.edition:
        current, problems = edition.read(inputs.edition, inputs.vocabulary, on)
        if current and not current.sealed and not errors(inputs.problems):
            problems += edition.unsupported(inputs.edition.path, current, rule_of(inputs, current.day))
        return (None if errors(problems) else current), problems
    broken = any(found.path == inputs.lock for found in (*inputs.problems, *inputs.left_out))
    return None, () if broken or not inputs.documents else (Problem("no-edition", inputs.lock),)


def situation(inputs: Inputs, on: date) -> Situation:
    """All that decides what is shown on the day, for the coordinator."""
    current, _ = current_edition(inputs, on)
    _, waiting = next_edition(inputs, current, on)
    return Situation(on, inputs.profiles, current, rule_of(inputs, on), waiting, inputs.vocabulary)


def of_the_day(inputs: Inputs, on: date) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The edition's statements, with the solo statements and cards of the day.

    Without an edition there are no solo statements either, since without the crowd's they would tell which they are.
    """
    current, problems = current_edition(inputs, on)
    crowd: frozenset[Statement] = current.crowd if current else frozenset()
    solo = consent.solo(inputs.profiles, on, inputs.vocabulary) if current else frozenset()
    cards = consent.cards(inputs.profiles, on)
    return catalogue(current.day if current else None, crowd, solo, cards, inputs.vocabulary), problems


def publish(inputs: Inputs, on: date, icon: Callable[[str], str] | None = None) -> Publication:
    """The pages and data of a day; none, with the reasons, where anything is wrong."""
    shown, found = of_the_day(inputs, on)
    secrets = secrets_of(inputs, on)
    problems = [*inputs.problems, *found, *wrong_on_the_day(inputs, on, secrets), *consent.ahead(inputs.profiles, on)]
    chosen = inputs.settings
    for own, kind, checked_on in (
        (chosen and chosen.crisis, "crisis", inputs.crisis.checked_on),
        (chosen and chosen.fees, "fees", inputs.fees.checked_on),
    ):
        problems += facts.old(own or f"kokemus/terms/{kind}.yml", checked_on, on)
    if errors(problems) or not chosen:
        return Publication(None, (), {}, secrets, tuple(problems))
    site = Site(chosen, inputs.vocabulary, shown, inputs.guides, inputs.crisis, inputs.fees)
    if icon:
        site = replace(site, icon=icon)
    made, found = pages.pages(site)
    problems += found
    if errors(found):
        return Publication(None, (), {}, secrets, tuple(problems))
    return Publication(site, made, _data(site, on), secrets, tuple(problems))


def _data(site: Site, on: date) -> Mapping[str, str]:
    """The published data, its schema, the day, and the headers for hosts that read them, by file name."""
    chosen = site.settings
    data = as_json(site.catalogue, chosen.association.name, chosen.languages, chosen.site_url + SCHEMA)
    return {
        "catalogue.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
        "statements.json": json.dumps(as_answers(site.catalogue), separators=(",", ":")),
        "built.js": pages.built(site, on),
        **pages.sheets(),
        SCHEMA: (files("kokemus") / "schemas" / SCHEMA).read_text("utf-8"),
        **{
            f"search-{language}.json": search.index(
                search.entries(language, site.outline, site.vocabulary, site.guides), language
            )
            for language in chosen.languages
        },
        headers.NAME: headers.headers(site),
    }


def secrets_of(inputs: Inputs, on: date) -> tuple[Secret, ...]:
    """Every private value, and what cards say that do not show on the day, unless public texts explain it."""
    cards = consent.cards(inputs.profiles, on)
    secrets = audit.secrets((*inputs.documents, *inputs.remains), cards)
    guides = [
        " ".join((page.title, page.slug, page.description, *page.keywords, page.markdown)) for page in inputs.guides
    ]
    said = [words for card in cards for _, words in card.texts]
    days = (on, *((inputs.settings.stale_from(on),) if inputs.settings else ()), *_day_of(inputs.edition))
    public = (*inputs.public, *(card.name for card in cards), *map(str, days))
    return audit.unexplained(secrets, public, (*guides, *said))


def _day_of(lock: Document | None) -> Iterator[Data]:
    if lock and isinstance(lock.data, dict) and "edition" in lock.data:
        yield lock.data["edition"]


def wrong_on_the_day(inputs: Inputs, on: date, secrets: Iterable[Secret]) -> tuple[Problem, ...]:
    """What is wrong with profiles on the day: consents from a far future, and cards that say a private value.

    Some such consents are slips of the pen; most say that the clock is wrong, and then no consent can be judged.
    """
    future = [found for found in inputs.profiles if found.consent.given > months_later(on, 1)]
    if len(future) > max(1, len(inputs.profiles) / 2):
        return (problem("clock", str(PurePosixPath(inputs.lock).parent), on=on),)
    carded = [(profile.path, card) for profile in inputs.profiles for card in consent.cards([profile], on)]
    said = [
        ("." * number, " ".join((card.name, *(words for _, words in card.texts))).encode())
        for number, (_, card) in enumerate(carded)
    ]
    told = audit.as_problems(audit.leaks(said, secrets))
    return (
        *(problem("consent-in-future", found.path, ("consent", "given"), on=on) for found in future),
        *(replace(found, path=carded[len(found.path)][0], route=("card",)) for found in told),
    )


def leaks(files: Iterable[tuple[str, bytes]], publication: Publication) -> tuple[Problem, ...]:
    """Private values in an output, as problems."""
    return audit.as_problems(audit.leaks(files, publication.secrets))
