"""View: what a template sees of one page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

from kokemus import form, search, structured
from kokemus.association import dialled
from kokemus.facts import CrisisLine
from kokemus.site import Page, Site
from kokemus.vocabulary import REMOTE, Terms, alphabetical
from kokemus.wording import capital, day, period, ui

_LONG_WORD = re.compile(r"[^\W\d_]{10,}")
# Before a consonant and a vowel, three letters from the beginning, two from the end: as Finnish divides its syllables.
_SYLLABLE = re.compile(r"(?<=[^\W\d_]{3})(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö]\w)")


@cache
def _qr(text: str) -> Markup:
    """Always by the same mask: readers know them all, and to try which looks best takes most of the time."""
    code = segno.make_qr(text, error="m", mask=3)
    return Markup(code.svg_inline(svgclass="qr", lineclass=None, omitsize=True))


@dataclass(frozen=True, slots=True)
class Pairing:
    """A topic with the addresses of its page and of the form, and the languages published with it in a place."""

    id: str
    hue: str
    label: str
    name: str
    spoken: str
    page: str
    ask: str


@dataclass(frozen=True)
class View:
    """What a template sees of one page: everything is in the page's language, every address relative to the page."""

    site: Site
    page: Page

    @property
    def language(self) -> str:
        return self.page.language

    def t(self, key: str, **values: object) -> Markup:
        return ui(key, self.language, **values)

    @cached_property
    def root(self) -> str:
        """The way from the page to the site's root, the same from all pages that are equally deep.

        From the page for unknown addresses, which may stand anywhere, it is the path of the site.
        """
        if self.page.kind == "not-found":
            return urlsplit(self.site.settings.site_url).path
        return "../" * self.page.url.count("/")

    def link(self, id: str, fragment: str = "", **query: str) -> str:
        """The address of a page by its identity; a KeyError where there is none."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        address = self.to(self.site.by_id[id, self.language])
        return address + (f"?{asked}" if asked else "") + (f"#{fragment}" if fragment else "")

    def to(self, other: Page) -> str:
        """The address of another page, such as the same one in another language."""
        return self.root + other.url or "./"

    def speaking(self, language: str) -> "View":
        """The same page as another language sees it."""
        return replace(self, page=replace(self.page, language=language))

    def file(self, name: str) -> str:
        """The address of a file by its path from the site's root."""
        return self.root + name

    def asset(self, name: str) -> str:
        """The address of a file of the theme."""
        return self.file(f"assets/{name}")

    def alphabet(self) -> list[tuple[str, Page]]:
        """Every topic, format, audience and language in one alphabetical list."""
        return search.alphabet(self.language, self.site.outline, self.site.vocabulary)

    @property
    def association(self) -> str:
        """The association's name, its last short word («ry», «rf») never alone on a line."""
        name = self.site.settings.association.name
        return re.sub(r" (\w{1,3})$", "\N{NO-BREAK SPACE}\\1", name)

    def label(self, kind: str, id: str) -> str:
        """A term's label; ``remote`` among the places has one in the interface's texts."""
        if kind == "places" and id == REMOTE:
            return str(self.t("remote"))
        terms: Terms = getattr(self.site.vocabulary, kind)
        return terms[id].label(self.language)

    def hyphenated(self, text: str) -> str:
        """A label for a narrow place, its long words with soft hyphens, as few browsers know Finnish syllables."""
        return _LONG_WORD.sub(lambda word: _SYLLABLE.sub("\N{SOFT HYPHEN}", word[0]), text)

    def name(self, kind: str, id: str) -> str:
        """A term's label as it begins a line."""
        return capital(self.label(kind, id))

    def shown(self, kind: str, ids: frozenset[str]) -> list[str]:
        """A topic's values as a page lists them: remote first, and of the places only the smallest published ones."""
        children = self.site.vocabulary.children if kind == "places" else lambda id: ()
        smallest = self.sorted(kind, (id for id in ids if not ids.intersection(children(id))))
        return sorted(smallest, key=lambda id: id != REMOTE)

    def hue(self, topic: str) -> str:
        """The class of a topic's colour, which is its group's."""
        return self.site.hues[self.site.vocabulary.topics[topic].facts["group"]]

    def pairings(self, topics: Iterable[str], asked: Mapping[str, str], where: str = "") -> Iterator[Pairing]:
        """Topics, each with the way to ask for it together with ``asked``, and in a place with the languages there."""
        for topic in topics:
            page, label = self.link(f"topics/{topic}"), self.label("topics", topic)
            languages = self.sorted("languages", self.site.spoken.get((topic, where), ()))
            yield Pairing(
                topic,
                self.hue(topic),
                label,
                capital(label),
                ", ".join(self.label("languages", id) for id in languages),
                page,
                self.link("request", f"topic-{topic}", topic=topic, **asked),
            )

    def crisis_lines(self) -> tuple[CrisisLine, ...]:
        """The first numbers to call, for the foot of every page."""
        return self.site.crisis.lines[:4]

    def tel(self, number: str) -> str:
        return dialled(number)

    def sorted(self, kind: str, ids: Iterable[str]) -> list[str]:
        """Ids in the alphabetical order of their labels."""
        return sorted(ids, key=lambda id: alphabetical(self.label(kind, id)))

    def day(self, value: date) -> str:
        return day(value, self.language)

    def absolute(self, page: Page) -> str:
        return self.site.settings.site_url + page.url

    @property
    def answer_within(self) -> str:
        return period(self.site.settings.answer_within, self.language, "within")

    def qr(self) -> Markup:
        """The page's address as a QR code, for paper; quiet zone included."""
        return _qr(self.absolute(self.page))

    def offers(self) -> structured.Data:
        """The statements of the page's topic as search engines read them; empty where there is none."""
        return structured.offers(
            self.page.term,
            self.site.catalogue.maximal,
            self.label,
            self.site.settings.association.name,
            self.absolute(self.page),
            self.language,
        )

    def facts(self) -> dict[str, str]:
        """The facts that texts of the form and of the guides name."""
        settings, processor = self.site.settings, self.site.settings.form.processor
        return {
            "association": settings.association.name,
            "email": settings.association.email,
            "phone": settings.association.phone,
            "answer_within": self.answer_within,
            "processor_name": processor.name,
            "processor_country": processor.country[self.language],
            "processor_retention": processor.retention[self.language],
        }

    def form(self) -> form.FormView:
        settings = self.site.settings
        return form.view(
            settings.form,
            self.site.vocabulary,
            self.language,
            settings.coordinator_language,
            settings.languages,
            self.facts() | {id: self.absolute(self.site.by_id[id, self.language]) for id in ("thanks", "request")},
            {
                id: ((self.site.by_id[id, self.language].title, self.link(id)),)
                for id in ("crisis", "fees", "privacy")
                if (id, self.language) in self.site.by_id
            },
        )
