"""View: what a template sees of one page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from kokemus.request_form import brought, form
from kokemus.request_form.form import FormView
from kokemus.request_form.questions import EVALUATION, REQUEST, Sheet
from kokemus.settings.arrangement import MOST_READY, Ready
from kokemus.settings.dated_facts import Chat, CrisisLine, Helper, in_order
from kokemus.text import alphabetical, dialled
from kokemus.vocabulary import EVERYWHERE, REMOTE, Term, Terms
from kokemus.website import guide, search, structured, visits
from kokemus.website.links import Links
from kokemus.website.outline import Page
from kokemus.website.wording import autonym, capital, day, facts, listing, period, ui, unbroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit as a page offers it: a ready one, or just a format.

    ``asks`` are pairs of an audience and the address of the form with the visit and that audience chosen. The audience
    is empty if there is only one such address. ``quote`` is a language and somebody's words in it.
    """

    format: str
    title: str
    length: str
    page: str
    asks: tuple[tuple[str, str], ...]
    audiences: tuple[str, ...] = ()
    quote: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class View(Links):
    """What a template sees of one page: all texts in the page's language, all addresses relative to the page."""

    def t(self, key: str, **values: object) -> Markup:
        return ui(key, self.language, **values)

    def parts(self, content: str) -> guide.Parts:
        """A hand-written page's HTML, divided at its headings."""
        return guide.parts(content)

    def speaking(self, language: str) -> "View":
        """The same page with its texts in another language."""
        return replace(self, page=replace(self.page, language=language))

    def alphabet(self) -> list[tuple[str, Page]]:
        """Every topic, format, audience and language in one alphabetical list."""
        return search.alphabet(self.language, self.site.outline, self.site.vocabulary)

    @property
    def association(self) -> str:
        return unbroken(self.site.settings.association.name)

    @property
    def together(self) -> str:
        """The associations that share the catalogue, as a list in a sentence; empty if there is only one."""
        return self.listing(unbroken(one.name) for one in self.site.settings.together.values())

    def label(self, kind: str, id: str) -> str:
        """A term's label. ``remote``, among the places, has its label in the interface's texts."""
        if kind == "places" and id == REMOTE:
            return str(self.t("remote"))
        terms: Terms = getattr(self.site.vocabulary, kind)
        return terms[id].label(self.language)

    def name(self, kind: str, id: str) -> str:
        """A term's label for the beginning of a line."""
        return capital(self.label(kind, id))

    def hue(self, topic: str) -> str:
        """The class of a topic's colour, which is that of its group."""
        return self.site.hues[self.site.vocabulary.topics[topic].facts["group"]]

    def labels(self, kind: str, ids: Iterable[str]) -> list[str]:
        """The labels of these terms, in the given order."""
        return [self.label(kind, id) for id in ids]

    def is_listed(self, topic: str) -> bool:
        return topic in self.site.catalogue.topics

    def of_group(self, group: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The topics of a group that can be requested, and its other topics, each in alphabetical order."""
        found = self.site.vocabulary.topics.by_label(self.language, group)
        listed = tuple(topic for topic in found if self.is_listed(topic.id))
        return listed, tuple(topic for topic in found if topic not in listed)

    def agreed_first(self) -> tuple[Term, ...]:
        """The topics with a care note. Before a visit to some audiences, they are agreed with the coordinator."""
        topics = self.site.vocabulary.topics.by_label(self.language)
        return tuple(topic for topic in topics if topic.text("care", self.language))

    def ready(self, format: str = "", audience: str = "") -> tuple[Visit, ...]:
        """The ready visits; with a format or an audience, only those for it."""
        found = visits.ready_for(self.site.settings.arranges.ready, format, audience)
        return tuple(self._ready(visit, audience) for visit in found)

    def suited(self, audience: str = "") -> tuple[Visit, ...]:
        """The formats that the association arranges; with an audience, only those that suit it."""
        formats = self.site.settings.arranges.formats
        return tuple(self.visit(id, audience) for id in formats if not audience or visits.suits(id, audience))

    def fitting(self, audience: str) -> tuple[Visit, ...]:
        """What suits an audience: its ready visits, then other formats; if nothing does, ``named``."""
        ready = self.ready(audience=audience)
        pages = {visit.page for visit in ready}
        return (*ready, *(visit for visit in self.suited(audience) if visit.page not in pages)) or self.named()

    def named(self) -> tuple[Visit, ...]:
        """The visits to name first: the ready ones; without any, as many formats."""
        return self.ready() or self.suited()[:MOST_READY]

    def _ready(self, ready: Ready, audience: str) -> Visit:
        choices = [chosen for chosen in map(dict, ready.choices) if audience in ("", chosen["audience"])]
        words = ready.quote or {}
        spoken = next((id for id in (self.language, *words) if id in words), "")
        return Visit(
            format=ready.format,
            title=ready.title[self.language],
            length=ready.length[self.language],
            page=self.link(f"formats/{ready.format}"),
            asks=tuple((one["audience"] if len(choices) > 1 else "", self.ask(**one)) for one in choices),
            audiences=ready.audiences,
            quote=(spoken, words[spoken]) if spoken else None,
        )

    def visit(self, format: str, audience: str = "") -> Visit:
        """A format as the vocabulary describes it; with an audience, the form has that chosen too.

        The form's script reads the audience from the address: a page for each pair would make a third more pages.
        """
        more = f"&audience={audience}" if audience else ""
        term = self.site.vocabulary.formats[format]
        suited = tuple(id for id in self.site.settings.arranges.audiences if visits.suits(format, id))
        return Visit(
            format=format,
            title=capital(term.label(self.language)),
            length=term.text("length", self.language),
            page=self.link(f"formats/{format}"),
            asks=(("", self.ask(format=format) + more),),
            audiences=suited,
        )

    def timeline(self, format: str = "") -> tuple[visits.Part, ...]:
        """How the time of a format is usually divided; without a format, that of the first visit with a timeline."""
        arranged = self.site.settings.arranges
        formats = (format,) if format else (*(ready.format for ready in arranged.ready), *arranged.formats)
        return next(filter(None, map(visits.timeline, formats)), ())

    def agrees_first(self, audience: str) -> bool:
        return audience in visits.AGREE_FIRST

    def own_name(self, language: str) -> tuple[str, str]:
        """A language's own name and its language; if CLDR has none, the label in the page's language."""
        name = autonym(language)
        return (language, capital(name)) if name else (self.language, self.name("languages", language))

    def regions(self) -> list[str]:
        """The regions that the association serves, in whole or in part."""
        return self.sorted("places", self.site.vocabulary.children(EVERYWHERE))

    def outside(self, region: str) -> list[str]:
        """The municipalities of a region that are served but are not on its map."""
        vocabulary = self.site.vocabulary
        drawn = {tile.place for tile in vocabulary.tiles(region)}
        inside = (id for id in vocabulary.within(region) if id in vocabulary.served and id not in drawn)
        return self.sorted("places", (id for id in inside if [*vocabulary.within(id)] == [id]))

    def area(self) -> str:
        """What the association serves, in words."""
        return self.listing(self.name("places", id) for id in self.site.settings.serves)

    def listing(self, words: Iterable[str]) -> str:
        """Words as a list in a sentence: «a, b ja c»."""
        return listing(words, self.language)

    def crisis_lines(self) -> tuple[CrisisLine, ...]:
        """The first numbers to call, for the foot of every page."""
        return self.helpers(self.site.crisis.lines)[:4]

    def crisis_chats(self) -> tuple[Chat, ...]:
        """The first chats in the page's language, for the foot of every page."""
        return tuple(chat for chat in self.site.crisis.chats if self.language in chat.languages)[:2]

    def helpers(self, some: Iterable[Helper]) -> tuple[Helper, ...]:
        """Lines or chats in the order in which the page's reader needs them."""
        return in_order(some, self.language)

    def helps(self, one: Helper) -> bool:
        """Whether a line or chat is for the page's readers: in their language, in any, or the emergency number."""
        return one.is_emergency or not one.languages or self.language in one.languages

    def autonym(self, id: str) -> str:
        """What a language calls itself; if CLDR does not know, its label."""
        return autonym(id) or self.label("languages", id)

    def tel(self, number: str) -> str:
        return dialled(number)

    def sorted(self, kind: str, ids: Iterable[str]) -> list[str]:
        """Ids in the alphabetical order of their labels."""
        return sorted(ids, key=lambda id: alphabetical(self.label(kind, id)))

    def day(self, value: date) -> str:
        return day(value, self.language)

    @property
    def answer_within(self) -> str:
        return period(self.site.settings.answer_within, self.language, "within")

    def service(self) -> structured.Data:
        """What search engines read of the page's topic; empty if it is not listed."""
        if not self.is_listed(self.page.term):
            return {}
        name = self.name("topics", self.page.term)
        return structured.service(name, self.site.settings.association.name, self.absolute(self.page))

    def form(self) -> FormView:
        """The request form with this page's choices selected; without any, made once for all pages of equal depth."""
        forms, deep = self.site.forms, (self.language, self.root)
        if deep not in forms:
            forms[deep] = self._whole_form()
        return brought.choosing(forms[deep], dict(self.page.chosen), self.absolute(self.page))

    def evaluation(self) -> FormView:
        """The form for the host of a visit, to be answered after it."""
        return self._whole_form(EVALUATION, "evaluated")

    def _whole_form(self, sheet: Sheet = REQUEST, thanks: str = "thanks") -> FormView:
        settings, known, beside = self.site.settings, self.site.by_id, ("crisis", "fees", "privacy")
        leading = {"thanks": self.absolute(known[thanks, self.language]), "request": self.absolute(self.page)}
        return form.view(
            settings.form,
            settings.arranges.within(self.site.vocabulary),
            self.language,
            settings.coordinator_language,
            settings.languages,
            facts(settings, self.language) | leading,
            {id: ((known[id, self.language].title, self.link(id)),) for id in beside if (id, self.language) in known},
            sheet,
        )
