"""The request form as a page shows it: what a requester is asked, and what the coordinator will read.

It is plain HTML and complete without JavaScript. The patterns are those of the GOV.UK Design System: a real label for
each question, fieldset and legend around choices, hints associated with their fields, and required answers marked in
words (https://design-system.service.gov.uk/components/). Its texts are in ``public/texts/form.yml``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from kokemus.request_form import outcome, services
from kokemus.request_form.addresses import origin
from kokemus.request_form.choices import choices
from kokemus.request_form.delivery import Form
from kokemus.request_form.questions import REQUEST, Control, Entry, Sheet
from kokemus.text import dialled
from kokemus.vocabulary import Term, Texts, Vocabulary

CHOICES = {"topics": "topic", "talk_language": "language"}
"""The prefix of a question's choices in addresses and ids, if that is not the question's key."""
NOT_SENT = "#form-not-sent"
"""The fragment to which a service redirects if it has refused the request."""
WORD = r"(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]"
"""A visible letter or digit, as a pattern for browsers. A text without any does not count as an answer."""
EMAIL = r"(?:[^@.]+\.)*[^@.]+@(?:[^@.]+\.)+(?=[^@.]*\p{L})[^@.]{2,}"
"""Excludes addresses that browsers accept but mail cannot reach, such as a host without a dot."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: ``id`` in the HTML, ``value`` for the coordinator, ``label`` for the requester."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question, posted under ``name``. A group is a legend, which may be empty, and its options.

    ``missing`` and ``wrong`` are the messages for no answer and for an invalid one. ``most`` is how many options may be
    chosen; 0 is unlimited. The question is asked only with the choice whose id is ``only_with``; then plain HTML cannot
    make the answer required. ``pattern`` is what the answer must match, as a pattern for browsers. ``brought`` are the
    options that the page itself has selected; they are shown apart from the groups.
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
    only_with: str
    autocomplete: str
    pattern: str
    brought: tuple[Option, ...]
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A text before a section's questions, with ``links`` as pairs of label and address."""

    id: str
    text: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The questions under one legend. ``folded`` sections are collapsed: they can be left for later."""

    id: str
    legend: str
    folded: bool
    notes: tuple[Note, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """Everything that the template shows, in one language.

    ``attributes`` are those that the service needs on the form. ``hidden`` are the key, name and value of what is sent
    without a question; a field with an empty name is never sent. ``honeypot`` is the name of the field that people
    leave empty. ``texts`` are the form's own words. ``thanks`` is the page to which a plain form leads. ``answers`` is
    whether a script can read the service's answer. ``fallback`` are the label and address of e-mail and telephone.
    ``script`` is what the script needs to know, as JSON.
    """

    service: str
    sheet: str
    action: str
    attributes: Mapping[str, str]
    sections: tuple[Section, ...]
    hidden: tuple[tuple[str, str, str], ...]
    honeypot: str
    texts: Mapping[str, str]
    thanks: str
    answers: bool
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
    sheet: Sheet = REQUEST,
) -> FormView:
    """The form in a language. What it posts is in the coordinator's language, whatever the requester's.

    ``sheet`` is what it asks. ``languages`` are those in which the association answers. ``facts`` has, in the page's
    language, what the texts name (``association``, ``controller``, ``email``, ``phone``, ``answer_within`` as in
    «within 5 working days», ``processor_name``, ``processor_country``, ``processor_retention``), and the addresses of
    the pages ``thanks`` and ``request``, absolute or within the site. ValueError if ``thanks`` is not on the site's own
    origin. ``links`` has the labels and addresses that notes show for the pages ``crisis``, ``fees`` and ``privacy``.
    """
    redirect = urljoin(form.site_url, facts["thanks"])
    if origin(redirect) != origin(form.site_url):
        raise ValueError(f"{redirect} is not on {form.site_url}")

    service = services.of_form(form.service, sheet, coordinator_language)
    names = service.names
    filled_in_later = {name: f"{{{name}}}" for name in ("reference", "minutes")}

    def say(texts: Texts) -> str:
        return _in(texts, language).format_map({**facts, **filled_in_later})

    def name(key: str, label: Texts) -> str:
        if key == "email":
            return names.reply_to
        return key if names.fields == "keys" else _in(label, coordinator_language)

    def note(id: str, entry: Entry) -> Note:
        linked = tuple(link for page in entry.get("links", ()) for link in (links or {}).get(page, ()))
        return Note(id, say(entry["text"]), linked)

    def field(key: str, entry: Entry) -> Field:
        prefix = CHOICES.get(key, key)
        chosen = language if entry.get("options_from") in ("languages", "answer-languages") else entry.get("chosen")

        def option(term: Term) -> Option:
            value = term.label(coordinator_language)
            return Option(f"{prefix}-{term.id}", value, term.label(language), term.id == chosen)

        required, typed = entry.get("required", False), entry["control"] == "text"
        return Field(
            key=key,
            name=name(key, entry["label"]),
            control=entry["control"],
            label=say(entry["label"]),
            hint=say(entry["hint"]) if "hint" in entry else "",
            required=required,
            missing=say(entry["missing"]) if "missing" in entry else "",
            wrong=say(entry["wrong"]) if "wrong" in entry else "",
            most=entry.get("most", 0),
            only_with=entry.get("only_with", ""),
            autocomplete=entry.get("autocomplete", ""),
            pattern=EMAIL if entry["control"] == "email" else f".*{WORD}.*" if required and typed else "",
            brought=(),
            groups=tuple(
                (legend, tuple(map(option, terms)))
                for legend, terms in choices(entry, vocabulary, language, languages)
                if terms
            ),
        )

    def section(id: str, legend: Texts) -> Section:
        notes = tuple(note(key, entry) for key, entry in sheet.notes.items() if entry["section"] == id)
        fields = tuple(field(key, entry) for key, entry in sheet.fields.items() if entry["section"] == id)
        return Section(id, say(legend), id in sheet.folded, notes, fields)

    requester = vocabulary.languages[language].label(coordinator_language)
    addressed = (
        ("subject", names.subject, _in(sheet.texts["subject"], coordinator_language)),
        ("redirect", names.redirect, redirect),
        ("failure", names.failure, urljoin(form.site_url, facts["request"]) + NOT_SENT),
        ("key", names.key, form.key),
        ("reply-copy", names.reply_copy if "email" in sheet.fields else "", ""),
    )
    unasked = {"language": requester, "kind": _in(sheet.texts.get("kind", {"fi": ""}), coordinator_language)}
    hidden = (
        *((key, control, value) for key, control, value in addressed if control),
        *((f"pair-{at}", *pair) for at, pair in enumerate(service.hidden.items())),
        *((key, name(key, label), unasked.get(key, "")) for key, label in sheet.hidden.items()),
        *([] if "reference" in sheet.hidden else [("reference", "", "")]),
    )
    mail = f"mailto:{quote(facts['email'], safe='@+')}"
    thanks = urlsplit(redirect).path
    action = thanks if service.here else form.action
    if action.startswith("mailto:"):
        action += f"?subject={quote(say(sheet.texts['subject']))}"
    return FormView(
        service=form.id,
        sheet=sheet.id,
        action=action,
        attributes=service.attributes,
        sections=tuple(section(id, legend) for id, legend in sheet.sections.items()),
        hidden=hidden,
        honeypot=names.honeypot,
        texts={name: say(texts) for name, texts in sheet.texts.items()},
        thanks=thanks,
        answers=bool(service.encoding),
        fallback=((say(sheet.texts["write"]), mail), (say(sheet.texts["call"]), f"tel:{dialled(facts['phone'])}")),
        script={
            "encoding": service.encoding,
            "rules": outcome.table(service.rules),
            "unsent": [control for control in (names.redirect, names.failure) if control],
            "word": WORD,
            "mail": mail,
            "subject": say(sheet.texts["subject"]),
            "texts": {name: say(texts) for name, texts in sheet.script.items()},
            "outcomes": {name: say(texts) for name, texts in sheet.outcomes.items()},
        },
    )


def _in(texts: Texts, language: str) -> str:
    """The text in the language, or in Finnish if there is none."""
    return texts.get(language) or texts["fi"]
