"""The one function that runs the pipeline: ``publish(inputs, on) → Publication``."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from kokemus import audit, consent, crowd, facts, headers, pages, search, shipped
from kokemus.calendar import months_later
from kokemus.catalogue import Catalogue, as_answers, as_json, catalogue
from kokemus.document import Data, Document
from kokemus.inputs import Inputs
from kokemus.needles import Secret
from kokemus.problems import Problem, errors, problem
from kokemus.site import Page, Site
from kokemus.statement import Statement

SCHEMA = "catalogue-1.json"


@dataclass(frozen=True)
class Publication:
    """What a day's site is made of. ``site`` is None where a problem forbids any; then there are no pages and no data.

    Pages and data are made when somebody asks for them, since most commands want the problems alone; a page when it is
    its turn, since all together are large.
    """

    on: date
    site: Site | None
    guides: tuple[Page, ...]
    secrets: tuple[Secret, ...]
    problems: tuple[Problem, ...]

    def pages(self) -> Iterator[Page]:
        """Every page with its content, made anew."""
        return pages.pages(self.site, self.guides) if self.site else iter(())

    @cached_property
    def data(self) -> Mapping[str, str]:
        """The published data, its schema, the day, and the headers for hosts that read them, by file name."""
        return _data(self.site, self.on) if self.site else {}


def of_the_day(inputs: Inputs, on: date) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The edition's statements, with the solo statements and cards of the day.

    Without an edition there are no solo statements either, since without the crowd's they would tell which they are.
    """
    current, problems = crowd.current(inputs, on)
    agreed: frozenset[Statement] = current.crowd if current else frozenset()
    solo = consent.solo(inputs.profiles, on, inputs.vocabulary) if current else frozenset()
    cards = consent.cards(inputs.profiles, on)
    return catalogue(current.day if current else None, agreed, solo, cards, inputs.vocabulary), problems


def publish(inputs: Inputs, on: date, icon: Callable[[str], str] | None = None) -> Publication:
    """What the site of a day is made of; nothing, with the reasons, where anything is wrong."""
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
        return Publication(on, None, (), secrets, tuple(problems))
    site = Site(chosen, inputs.vocabulary, shown, inputs.guides, inputs.crisis, inputs.fees)
    if icon:
        site = replace(site, icon=icon)
    guides, found = pages.guides(site)
    problems += found
    return Publication(on, None if errors(found) else site, guides, secrets, tuple(problems))


def _data(site: Site, on: date) -> Mapping[str, str]:
    chosen = site.settings
    data = as_json(site.catalogue, chosen.association.name, chosen.languages, chosen.site_url + SCHEMA)
    return {
        "catalogue.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
        "statements.json": json.dumps(as_answers(site.catalogue), separators=(",", ":")),
        "built.js": pages.built(site, on),
        **pages.sheets(),
        SCHEMA: (shipped.PACKAGE / "schemas" / SCHEMA).read_text("utf-8"),
        **{
            f"search-{language}.js": search.script(
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
