"""The one function that runs the pipeline: ``publish(inputs, on) → Publication``."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from kokemus import audit, resources
from kokemus.audit.packed import is_readable
from kokemus.documents.once import once
from kokemus.documents.problems import Problem, errors, problem
from kokemus.publication import day as days
from kokemus.publication.crowd import Crowd
from kokemus.publication.day import Day
from kokemus.publication.inputs import Inputs
from kokemus.vocabulary import Vocabulary
from kokemus.website import elsewhere, headers, need, pages, search, shipped
from kokemus.website.catalogue import SCHEMA, Catalogue, as_json, catalogue
from kokemus.website.outline import Page, Site


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Everything that the site of a day is made of. With an error ``site`` is None, and there are no pages and no data.

    Pages and data are made on demand, since most commands need only the problems. Pages are made one at a time, since
    all together are large.
    """

    day: Day
    site: Site | None
    guides: tuple[Page, ...]
    problems: tuple[Problem, ...]

    def pages(self) -> Iterator[Page]:
        """Every page with its content, rendered again on each call."""
        return pages.pages(self.site, self.guides) if self.site else iter(())

    @cached_property
    def data(self) -> Mapping[str, str]:
        """The published data, its schema, the date, and the headers for hosts that read them, by file name."""
        return _data(self.site, self.day.crowd.in_force.on) if self.site else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The look that a published site shows."""

    look: int
    digest: str | None


NONE_SHOWN = Shown(look=0, digest=None)


def shown(in_place: Path) -> Shown | None:
    """The look that the site in this folder shows; None if its catalogue cannot be read."""
    published = in_place / "catalogue.json"
    if not published.is_file():
        return NONE_SHOWN
    try:
        data = json.loads(published.read_bytes())
        return Shown(look=int(data.get("look", 0)), digest=data.get("look_digest"))
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def listed(crowd: Crowd, house: Iterable[str], vocabulary: Vocabulary, before: Shown = NONE_SHOWN) -> Catalogue:
    """What may be requested on the day: topics of the last look, signed topics, cards and ``house``.

    Once the site has closed, no topics are listed: a list of the others would reveal which topics had been signed.
    Without an edition no signed topic is listed, because only an edition can add one. The number and digest of the look
    are then those of the published site (``before``), so that no other result of the same look can replace them.
    """
    edition, in_force, closed = crowd.edition, crowd.in_force, crowd.closing is not None
    return catalogue(
        edition.day if edition else None,
        edition.look if edition else before.look,
        edition.digest if edition else before.digest,
        edition.listed if edition and not closed else (),
        in_force.staying.intersection(edition.signed if edition else ()),
        () if closed else house,
        in_force.cards,
        vocabulary,
    )


def publish(
    inputs: Inputs, on: date, icon: Callable[[str], str] | None = None, before: Shown = NONE_SHOWN
) -> Publication:
    """What the site of a day is made of; if there is an error, no site, only the problems.

    ``before`` is what the published site shows. It is used only if the site is made without a broken ``edition.yml``.
    """
    day, chosen = days.on_the_day(inputs, on), inputs.settings
    day = replace(day, problems=once(day.problems, inputs.marks))
    if errors(day.problems) or not chosen:
        return Publication(day=day, site=None, guides=(), problems=day.problems)
    seen = listed(day.crowd, chosen.house_topics, inputs.vocabulary, before if day.lacks_lock else NONE_SHOWN)
    site = Site(
        settings=chosen,
        vocabulary=inputs.vocabulary,
        catalogue=seen,
        guides=inputs.guides,
        crisis=inputs.crisis,
        fees=inputs.fees,
        closing=day.crowd.closing,
    )
    if icon:
        site = replace(site, icon=icon)
    guides, found = pages.guides(site)
    return Publication(day=day, site=None if errors(found) else site, guides=guides, problems=(*day.problems, *found))


def _data(site: Site, on: date) -> Mapping[str, str]:
    chosen = site.settings
    data = as_json(
        site.catalogue,
        chosen.association.name,
        chosen.languages,
        chosen.arranges,
        chosen.serves,
        chosen.site_url + SCHEMA,
    )
    return {
        "catalogue.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
        "built.js": pages.built(site, on),
        **shipped.styles(chosen.appearance.accent),
        **shipped.scripts(),
        SCHEMA: (resources.PACKAGE / "public" / "schemas" / SCHEMA).read_text("utf-8"),
        **({} if site.closing else dict(_searches(site))),
        headers.NAME: headers.headers(site),
        **headers.at_root(site),
    }


def _searches(site: Site) -> Iterator[tuple[str, str]]:
    for language in site.settings.languages:
        found = search.entries(language, site.outline, site.vocabulary, site.guides)
        yield f"search-{language}.js", search.script(found, language)
        yield f"also-{language}.js", search.also(found, language)
        yield f"names-{language}.js", search.others(found, language)
    yield "need.js", need.script()


def leaks(files: Iterable[tuple[str, bytes]], publication: Publication) -> tuple[Problem, ...]:
    """What an output may not contain: private values, files that the audit cannot read, and third-party content."""
    chosen = publication.site.settings if publication.site else None
    looked_at = chosen.looked_at if chosen else ()
    own = (chosen.site_url, *chosen.form.form_hosts) if chosen else ()
    met: list[Problem] = []

    def read() -> Iterator[tuple[str, bytes]]:
        for name, content in files:
            if name not in looked_at and not is_readable(content):
                met.append(problem("unreadable", name))
            if chosen and elsewhere.MARKED_UP.search(name):
                met.extend(elsewhere.in_file(name, content.decode("utf-8", "replace"), own, by_hand=False))
            yield name, content

    return (*audit.as_problems(audit.leaks(read(), publication.day.secrets)), *met)


def regressed(in_place: Path, day: Day) -> tuple[Problem, ...]:
    """Why the site of the day may not replace the published one.

    It may not if the published site already shows a later look, or a different result of the same look. A list that was
    emptied because the crowd shrank is no different result. Made without a broken ``edition.yml``, the site keeps the
    look already shown, so there is nothing to compare.
    """
    edition, lock, before = day.crowd.edition, day.crowd.lock, shown(in_place)
    if before is None:
        return (problem("published-unreadable", "catalogue.json"),)
    if day.lacks_lock:
        return ()
    look = edition.look if edition else 0
    if before.look > look:
        return (problem("look-lower", lock, shown=before.look, look=look),)
    if edition and before.look == look and before.digest != edition.digest and edition.listed:
        return (problem("look-other", lock, look=look, path=lock),)
    return ()
