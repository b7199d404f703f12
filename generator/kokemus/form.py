"""The request form as a page shows it: what a requester is asked, and what the coordinator will read.

It is plain HTML and whole without JavaScript. The patterns are those of the GOV.UK Design System: a real label for
each question, fieldset and legend around choices, hints tied to what they explain, what is required said in words
(https://design-system.service.gov.uk/components/). Its texts live in ``terms/form.yml``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from kokemus import outcome
from kokemus.address import origin
from kokemus.association import dialled
from kokemus.delivery import Form
from kokemus.questions import FIELDS, HIDDEN, NOTES, OUTCOMES, SCRIPT, SECTIONS, TEXTS, Control, Entry
from kokemus.vocabulary import Term, Texts, Vocabulary


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: ``id`` in the HTML, ``value`` as the coordinator reads it, ``label`` as the requester does."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question, posted under ``name``. A group is a legend, which may be empty, and its options.

    ``missing`` and ``wrong`` are what is said of no answer and of one that will not do, ``most`` is how many may be
    chosen; 0 where that is not limited.
    """

    key: str
    name: str
    control: Control
    label: str
    hint: str
    required: bool
    missing: str
    wrong: str
    most: int
    autocomplete: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What is said before a section's questions: ``pairs`` of term and fact, ``links`` of label and address."""

    id: str
    title: str
    text: str
    pairs: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The questions under one legend."""

    id: str
    legend: str
    notes: tuple[Note, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """All that the template shows, in one language.

    ``attributes`` are the service's own for the form; ``hidden`` are key, name and value of what is sent without being
    asked; ``honeypot`` is the name of the field that people leave empty; ``texts`` are the form's own words;
    ``fallback`` are label and address of e-mail and telephone; ``script`` is what the script needs to know, as JSON.
    """

    service: str
    action: str
    attributes: Mapping[str, str]
    sections: tuple[Section, ...]
    hidden: tuple[tuple[str, str, str], ...]
    honeypot: str
    texts: Mapping[str, str]
    fallback: tuple[tuple[str, str], ...]
    script: Mapping[str, Any]


def view(
    form: Form,
    vocabulary: Vocabulary,
    language: str,
    coordinator_language: str,
    languages: Iterable[str],
    facts: Mapping[str, str],
    links: Mapping[str, Iterable[tuple[str, str]]] | None = None,
) -> FormView:
    """The form in a language; what it posts is in the coordinator's, whatever the requester's.

    ``languages`` are those the association answers in. ``facts`` has, in the page's language, what the texts name
    (``association``, ``email``, ``phone``, ``answer_within`` as in «within 5 working days», ``processor_name``,
    ``processor_country``, ``processor_retention``), and the addresses of the pages ``thanks`` and ``request``:
    absolute, or within the site; ValueError where the former is not on the site's own origin. ``links`` has, for the
    pages ``crisis``, ``fees`` and ``privacy``, the labels and addresses to show beside what is said of them.
    """
    redirect = urljoin(form.site_url, facts["thanks"])
    if origin(redirect) != origin(form.site_url):
        raise ValueError(f"{redirect} is not on {form.site_url}")

    names = form.service.names
    filled_in_later = {name: f"{{{name}}}" for name in ("reference", "minutes")}

    def say(texts: Texts) -> str:
        return _in(texts, language).format_map({**facts, **filled_in_later})

    def name(key: str, label: Texts) -> str:
        if key == "email":
            return names.reply_to
        return key if names.fields == "keys" else _in(label, coordinator_language)

    def note(id: str, entry: Entry) -> Note:
        pairs = tuple((say(pair["label"]), say(pair["text"])) for pair in entry.get("pairs", ()))
        linked = tuple(link for page in entry.get("links", ()) for link in (links or {}).get(page, ()))
        return Note(id, say(entry["label"]), say(entry["text"]), pairs, linked)

    def field(key: str, entry: Entry) -> Field:
        chosen = language if entry.get("options_from") == "answer-languages" else entry.get("chosen")
        prefix = {"topics": "topic", "talk_language": "language"}.get(key, key)

        def option(term: Term) -> Option:
            value = term.label(coordinator_language)
            return Option(f"{prefix}-{term.id}", value, term.label(language), term.id == chosen)

        choices = _choices(entry, vocabulary, language, languages)
        return Field(
            key=key,
            name=name(key, entry["label"]),
            control=entry["control"],
            label=say(entry["label"]),
            hint=say(entry["hint"]) if "hint" in entry else "",
            required=entry.get("required", False),
            missing=say(entry["missing"]) if "missing" in entry else "",
            wrong=say(entry["wrong"]) if "wrong" in entry else "",
            most=entry.get("most", 0),
            autocomplete=entry.get("autocomplete", ""),
            groups=tuple((legend, tuple(map(option, terms))) for legend, terms in choices if terms),
        )

    def section(id: str, legend: Texts) -> Section:
        notes = tuple(note(key, entry) for key, entry in NOTES.items() if entry["section"] == id)
        fields = tuple(field(key, entry) for key, entry in FIELDS.items() if entry["section"] == id)
        return Section(id, say(legend), notes, fields)

    requester = vocabulary.languages[language].label(coordinator_language)
    addressed = (
        ("subject", names.subject, _in(TEXTS["subject"], coordinator_language)),
        ("redirect", names.redirect, redirect),
        ("failure", names.failure, urljoin(form.site_url, facts["request"]) + "#form-not-sent"),
        ("key", names.key, form.key),
        ("reply-copy", names.reply_copy, ""),
    )
    hidden = (
        *((key, control, value) for key, control, value in addressed if control),
        *((f"pair-{at}", *pair) for at, pair in enumerate(form.service.hidden.items())),
        *((key, name(key, label), {"language": requester}.get(key, "")) for key, label in HIDDEN.items()),
    )
    mail = f"mailto:{quote(facts['email'], safe='@+')}"
    return FormView(
        service=form.id,
        action=urlsplit(redirect).path if form.service.here else form.action,
        attributes=form.service.attributes,
        sections=tuple(section(id, legend) for id, legend in SECTIONS.items()),
        hidden=hidden,
        honeypot=names.honeypot,
        texts={name: say(texts) for name, texts in TEXTS.items()},
        fallback=((say(TEXTS["write"]), mail), (say(TEXTS["call"]), f"tel:{dialled(facts['phone'])}")),
        script={
            "encoding": form.service.encoding,
            "rules": outcome.table(form.service.rules),
            "unsent": [control for control in (names.redirect, names.failure) if control],
            "thanks": urlsplit(redirect).path,
            "mail": mail,
            "subject": say(TEXTS["subject"]),
            "texts": {name: say(texts) for name, texts in SCRIPT.items()},
            "outcomes": {name: say(texts) for name, texts in OUTCOMES.items()},
            "topics": {id: topic.label(language) for id, topic in vocabulary.topics.items()}
            if form.id == "link"
            else {},
        },
    )


def _choices(
    entry: Entry, vocabulary: Vocabulary, language: str, languages: Iterable[str]
) -> Iterator[tuple[str, list[Term]]]:
    """A question's choices by legend: topics group by group after «not yet», others in one group with «other» last."""
    own = [Term(option["value"], option["label"]) for option in entry.get("options", ())]
    match entry.get("options_from"):
        case "topics":
            topics = vocabulary.topics.by_label(language)
            yield "", own
            for group in vocabulary.groups.values():
                yield group.label(language), [topic for topic in topics if topic.facts.get("group") == group.id]
            yield "", [topic for topic in topics if topic.facts.get("group") not in vocabulary.groups]
        case "formats":
            yield "", [*vocabulary.formats.values(), *own]
        case "audiences":
            yield "", [*vocabulary.audiences.values(), *own]
        case "languages":
            yield "", [*vocabulary.languages.values()]
        case "answer-languages":
            yield "", [vocabulary.languages[id] for id in languages]
        case "municipalities":
            places = (place for place in vocabulary.places.by_label(language) if place.id in vocabulary.served)
            yield "", [*(place for place in places if [*vocabulary.within(place.id)] == [place.id]), *own]
        case _:
            yield "", own


def _in(texts: Texts, language: str) -> str:
    """The text in the language, or in Finnish where there is none."""
    return texts.get(language) or texts["fi"]
