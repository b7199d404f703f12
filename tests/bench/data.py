"""The content of pages as data for other generators: texts, terms, what is listed, the form.

With it they need not read and check profiles, sort terms, fill facts into hand-written pages, or compute the addresses
of pages, which all begin at the site's root. They do not make the two pages for evaluations.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.request_form.form import FormView
from kokemus.text import dialled, sentence
from kokemus.vocabulary import Term
from kokemus.website import visits
from kokemus.website.hyphens import hyphenated
from kokemus.website.icons import icon
from kokemus.website.outline import AFTER, Page, Site
from kokemus.website.view import View
from kokemus.website.wording import UI
from tests.bench import population

Data = dict[str, Any]
FILLED = ("about", "care", "prepare", "arrange", "length", "group_size")


class _Rooted(View):
    """The view of a page, with addresses from the site's root, so that all pages can share them."""

    root = "/"


def data(folder: Path) -> Data:
    """The data of the site in a folder."""
    made = publish.publish(gather(folder / "mkdocs.yml"), population.DAY, icon)
    if made.site is None:
        raise ValueError(", ".join(sorted({found.code for found in made.problems})))
    site, written = made.site, {(page.id, page.language): page.content for page in made.guides}
    association = site.settings.association
    return {
        "site": {
            "name": site.settings.site_name,
            "url": site.settings.site_url,
            "email": association.email,
            "phone": association.phone,
            "tel": f"tel:{dialled(association.phone)}",
            "policy": site.policy,
        },
        "languages": {language: _language(site, language, written) for language in site.settings.languages},
    }


def _language(site: Site, language: str, written: Mapping[tuple[str, str], str]) -> Data:
    view = _Rooted(site=site, page=site.by_id["home", language])
    pages = {page.id: page for page in site.outline if page.language == language}
    arranges, vocabulary = site.settings.arranges, site.vocabulary
    return {
        "t": _texts(view),
        "association": view.association,
        "pages": {id: _page(view, page) for id, page in pages.items() if page.kind != "asked" and id not in AFTER},
        "asked": [_page(view, page) | {"chosen": dict(page.chosen)} for page in pages.values() if page.kind == "asked"],
        "groups": [
            _term(view, "groups", term) | {"hue": site.hues[term.id], "listed": term.id in site.catalogue.groups}
            for term in vocabulary.groups.values()
        ],
        "topics": [_topic(view, term) for term in vocabulary.topics.by_label(language)],
        "formats": [_format(view, term) for term in site.terms("formats")],
        "audiences": [_audience(view, term) for term in site.terms("audiences")],
        "ready": [_visit(visit) for visit in view.ready()],
        "named": [_visit(visit) for visit in view.named()],
        "suited": [_visit(visit) | {"icon": _icon(view, visit.format)} for visit in view.suited()],
        "course": [asdict(part) for part in view.timeline()],
        "spoken": view.listing(view.labels("languages", arranges.languages)),
        "area": view.area(),
        "remote": arranges.remote,
        "price": _price(view),
        "welcome": (site.settings.appearance.welcome or {}).get(language, ""),
        "regions": [_region(view, id) for id in view.regions()],
        "tongues": [
            _tongue(view, id, id in arranges.languages)
            for id in dict.fromkeys((*arranges.languages, *vocabulary.languages))
        ],
        "cards": [_card(view, card) for card in site.catalogue.cards],
        "alphabet": [[name, view.to(page), page.kind] for name, page in view.alphabet()],
        "guides": [
            _page(view, pages[guide.id]) | {"markdown": written[guide.id, language]}
            for guide in site.guides
            if guide.language == language
        ],
        "crisis": [
            *([line.number, f"tel:{line.tel}", line.name[language]] for line in view.crisis_lines()),
            *([chat.address, f"https://{chat.address}", chat.name[language]] for chat in view.crisis_chats()),
        ],
        "undecided": view.undecided,
        "form": _form(view.form()),
    }


def _texts(view: View) -> dict[str, str]:
    """The interface's texts, with placeholders filled in if their value is the same on every page."""
    facts = {
        "association": view.association,
        "within": view.answer_within,
        "area": view.area(),
        "site": view.site.settings.site_name,
    }
    if view.site.catalogue.edition:
        facts["day"] = view.day(view.site.catalogue.edition)
    texts = {key: str(view.t(key)) for key in UI}
    for name, value in facts.items():
        texts = {key: text.replace(f"{{{name}}}", value) for key, text in texts.items()}
    return texts


def _price(view: View) -> str:
    settings, fees = view.site.settings, view.site.fees
    if not (settings.fees and fees.amounts):
        return str(view.t("price.open"))
    return str(view.t("price.own", what=fees.amounts[0].what[view.language], amount=fees.amounts[0].amount))


def _page(view: View, page: Page) -> Data:
    others = [[other.language, view.to(other)] for other in view.site.alternates(page)]
    told = {"id": page.id, "kind": page.kind, "title": page.title, "description": page.description}
    return told | {"url": view.to(page), "path": page.url, "term": page.term, "others": others, "listed": page.listed}


def _term(view: View, kind: str, term: Term) -> Data:
    told = {name: term.text(name, view.language) for name in FILLED}
    shown = term.facts.get("icon", "")
    return told | {
        "id": term.id,
        "label": term.label(view.language),
        "name": view.name(kind, term.id),
        "icon": view.site.icon(f"material/{shown}") if shown else "",
    }


def _paged(view: View, kind: str, term: Term) -> Data:
    """A term that has its own page."""
    ask = view.ask(**{kind.removesuffix("s"): term.id})
    return _term(view, kind, term) | {"url": view.link(f"{kind}/{term.id}"), "ask": ask}


def _topic(view: View, term: Term) -> Data:
    group, listed = term.facts.get("group", ""), view.is_listed(term.id)
    told = {"group": group, "listed": listed, "sami": term.labels.get("se", "")}
    return _paged(view, "topics", term) | told


def _format(view: View, term: Term) -> Data:
    visit = view.visit(term.id)
    quotes = [one.quote for one in view.ready(format=term.id) if one.quote]
    parts = [asdict(part) for part in view.timeline(term.id)] if visits.timeline(term.id) else []
    return _paged(view, "formats", term) | {"audiences": visit.audiences, "parts": parts, "quotes": quotes}


def _audience(view: View, term: Term) -> Data:
    fitting = [_visit(visit) for visit in view.fitting(term.id)]
    brief, _ = sentence(term.text("about", view.language))
    told = {"brief": brief, "visits": fitting, "agrees_first": view.agrees_first(term.id)}
    return _paged(view, "audiences", term) | told


def _visit(visit: Any) -> Data:
    return asdict(visit)


def _icon(view: View, format: str) -> str:
    return str(_term(view, "formats", view.site.vocabulary.formats[format])["icon"])


def _region(view: View, id: str) -> Data:
    tiles = [
        {"id": tile.place, "column": tile.column, "row": tile.row, "name": hyphenated(name, "fi")}
        for tile in view.site.vocabulary.tiles(id)
        if (name := view.label("places", tile.place))
    ]
    outside = [{"id": place, "name": view.label("places", place)} for place in view.outside(id)]
    return {"id": id, "label": view.label("places", id), "tiles": tiles, "outside": outside}


def _tongue(view: View, id: str, arranged: bool) -> Data:
    spoken, name = view.own_name(id)
    return {"id": id, "lang": spoken, "name": name, "label": view.label("languages", id), "arranged": arranged}


def _card(view: View, card: Any) -> Data:
    lang, text = card.text(view.language)
    topics = view.sorted("topics", card.topics)
    places = view.listing(view.labels("places", view.sorted("places", card.places)))
    told = {"name": card.name, "lang": lang, "text": text, "topics": topics, "places": places}
    asks = {id: view.about([id, *(one for one in topics if one != id)]) for id in topics}
    return told | {"asks": asks, "several": "?" in "".join(asks.values())}


def _form(form: FormView) -> Data:
    told = asdict(replace(form, script={}))
    return told | {"script": _script(form.script)}


def _script(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def write(folder: Path, files: Iterable[Path]) -> Data:
    """The data of the site in a folder, also written to files."""
    made = data(folder)
    text = json.dumps(made, ensure_ascii=False, default=str)
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return made
