"""The fields of the form of the association's facts: where each is in the configuration, and what was typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from werkzeug.datastructures import MultiDict

from kokemus import resources
from kokemus.desk import changes
from kokemus.desk.shared import days, say
from kokemus.documents.document import Data, Document
from kokemus.documents.placeholder import OPEN, is_open
from kokemus.documents.problems import Route
from kokemus.importing import cells
from kokemus.request_form.services import SERVICES
from kokemus.resources import LANGUAGES
from kokemus.settings import Period, arrangement, options
from kokemus.settings.period import PERIOD
from kokemus.text import in_language
from kokemus.vocabulary import EVERYWHERE, Vocabulary
from kokemus.website.wording import period

UNITS = ("working days", "days", "weeks", "months")
COUNTRIES = ("FI", "SE", "EE", "AT", "BE", "CZ", "DE", "DK", "ES", "FR", "GB", "IE", "LT", "LV", "NL", "NO", "PL", "US")
_KEPT = [Period(days, "days") for days in (7, 14, 30, 90)] + [Period(months, "months") for months in (6, 12, 24)]
_READY: Mapping[str, Mapping[str, str]] = resources.texts("coordinator/texts/ready")
_TOP = ("site_name", "site_url")
_DEFAULTS: Mapping[str, Data] = {
    "answer_within": "5 working days",
    "requests_kept": "12 months",
    "profiles_kept": "12 months",
    "serves": [EVERYWHERE],
    "arranges.formats": [*arrangement.USUAL],
    "arranges.remote": True,
}

Parts = Mapping[str, str]
"""The parts of a field as they are in the form: one without a name, or one for each language of the site."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its dotted name in the configuration, its kind, and whether it may stay empty."""

    name: str
    kind: str = "text"
    optional: bool = False


GROUPS: Mapping[str, tuple[Field, ...]] = {
    "association": (
        Field("association.name"),
        Field("association.business_id"),
        Field("association.address"),
        Field("association.email", "email"),
        Field("association.phone", "tel"),
        Field("association.privacy_officer"),
        Field("serves", "places"),
    ),
    "site": (Field("site_name"), Field("site_url", "url"), Field("accessibility.assessed_on", "day")),
    "promises": (
        Field("answer_within", "period"),
        Field("requests_kept", "period"),
        Field("profiles_kept", "period"),
    ),
    "arranges": (
        Field("arranges.formats", "boxes"),
        Field("arranges.audiences", "boxes"),
        Field("arranges.languages", "boxes"),
        Field("arranges.remote", "truth"),
    ),
    "form": (
        Field("form.service", "service"),
        Field("form.url", "url"),
        Field("form.key", optional=True),
        Field("form.processor.name", optional=True),
        Field("form.processor.country", "country", optional=True),
        Field("form.processor.retention", "kept"),
    ),
    "host": (Field("host.name"), Field("host.country", "country"), Field("host.logs", "logs")),
    "profiles": (
        Field("processors.profiles.name"),
        Field("processors.profiles.country", "country"),
        Field("processors.profiles.retention", "kept"),
    ),
    "mail": (
        Field("processors.mail.name"),
        Field("processors.mail.country", "country"),
        Field("processors.mail.retention", "kept"),
    ),
    "appearance": (Field("appearance.accent", optional=True), Field("appearance.welcome", "texts", optional=True)),
}
FIELDS: Mapping[str, Field] = {field.name: field for group in GROUPS.values() for field in group}
SAID = ("texts", "country", "kept", "logs")
"""The kinds that are a text in each language of the site."""
Form = MultiDict[str, str]


def base(document: Document) -> Route:
    """The route of Kokemus's own part of the configuration."""
    return options.of(document).route


def route(field: Field, document: Document) -> Route:
    own = tuple(field.name.split("."))
    return own if field.name in _TOP else (*base(document), *own)


def languages(document: Document) -> tuple[str, ...]:
    """The languages of the site, as far as the configuration says them."""
    listed = document.at((*base(document), "languages"))
    said = [str(one) for one in listed] if isinstance(listed, list) else []
    return tuple(one for one in said if one in LANGUAGES) or LANGUAGES


def written(field: Field, document: Document, known: Vocabulary, language: str) -> Parts:
    """The field as the configuration has it."""
    data = document.at(route(field, document))
    data = _DEFAULTS.get(field.name, _all(field, known, document)) if data is None else data
    if field.kind in SAID:
        told = data if isinstance(data, dict) else {}
        return {one: _text(told.get(one)) for one in languages(document)}
    if field.kind == "period":
        found = PERIOD.fullmatch(str(data).strip())
        return {"number": found[1], "unit": f"{found[2]}s"} if found else {"number": "", "unit": UNITS[0]}
    listed = [str(one) for one in data] if isinstance(data, list) else []
    if field.kind == "boxes":
        terms = getattr(known, field.name.rpartition(".")[2])
        return {"": " ".join(sorted({str(terms.find(one) or one) for one in listed}))}
    if field.kind == "places":
        found_all = [(one, known.places.find(one)) for one in listed if not is_open(one)]
        return {"": ", ".join(known.places[id].label(language) if id else one for one, id in found_all)}
    if field.kind == "truth":
        return {"": "yes" if data is True else ""}
    return {"": days(_text(data)) if field.kind == "day" else _text(data)}


def _all(field: Field, known: Vocabulary, document: Document) -> Data:
    """What the configuration means if it says nothing: every audience, and the first language of the site."""
    if field.name == "arranges.audiences":
        return [*known.audiences]
    return [*languages(document)[:1]] if field.name == "arranges.languages" else None


def _text(data: Data) -> str:
    return "" if data is None or is_open(data) else str(data).strip()


def typed(field: Field, form: Form, was: Parts) -> Parts:
    """The field as it was submitted. A newly chosen ready answer comes before the words in the fields below it."""
    name = field.name
    if field.kind == "boxes":
        return {"": " ".join(sorted(set(form.getlist(name))))}
    if field.kind == "truth":
        return {"": "yes" if name in form else ""}
    if field.kind == "period":
        return {part: form.get(f"{name}.{part}", was[part]).strip() for part in was}
    if field.kind not in SAID:
        return {"": form.get(name, was[""]).strip()}
    chosen, ready = form.get(f"{name}.ready", ""), dict(choices(field, tuple(was)))
    if chosen in ready and ready[chosen] != was:
        return ready[chosen]
    return {one: " ".join(form.get(f"{name}.{one}", was[one]).split()) for one in was}


def choices(field: Field, said: tuple[str, ...]) -> Iterator[tuple[str, Parts]]:
    """The ready answers of a field, each with an id, in these languages."""
    if field.kind == "country":
        for code in COUNTRIES:
            yield code, {one: str(Locale.parse(one).territories[code]) for one in said}
    for key in {"kept": ("", "deleted"), "logs": ("logs", "no-logs")}.get(field.kind, ()):
        text = _READY[key] if key else dict.fromkeys(said, "{period}")
        if "{period}" not in text[said[0]]:
            yield key, {one: in_language(text, one, "en") for one in said}
            continue
        for kept in _KEPT:
            words = {one: period(kept, one, "duration").replace("\N{NO-BREAK SPACE}", " ") for one in said}
            yield (
                f"{key}{kept.number} {kept.unit}",
                {one: in_language(text, one, "en").format(period=words[one]) for one in said},
            )


def differences(
    document: Document, was: Mapping[str, Parts], now: Mapping[str, Parts], known: Vocabulary
) -> tuple[dict[Route, Data], dict[str, str]]:
    """The changed values by route, and a message for each field that was not understood."""
    found: dict[Route, Data] = {}
    wrong: dict[str, str] = {}
    for name, field in FIELDS.items():
        if was[name] == now[name]:
            continue
        at, text = route(field, document), now[name].get("", "")
        nothing = None if field.optional or field.kind == "url" else OPEN
        if field.kind in SAID:
            found |= {(*at, one): new or nothing for one, new in now[name].items()}
        elif field.kind == "period":
            found[at] = " ".join(now[name].values())
            if not PERIOD.fullmatch(str(found[at])):
                wrong[name] = say("facts.period")
        elif field.kind == "boxes":
            found[at] = [*text.split()] or None
        elif field.kind == "truth":
            found[at] = text == "yes"
        elif field.kind == "places":
            ids, unknown = changes.places(text, known)
            found[at] = [*ids] or None
            wrong |= {name: " ".join(unknown)} if unknown else {}
        elif field.kind == "day":
            found[at] = cells.day(text) or nothing
            wrong |= {name: say("form.day", word=text)} if text and not cells.day(text) else {}
        else:
            found[at] = text or nothing
    service = SERVICES.get(now["form.service"][""])
    if service and was["form.service"] != now["form.service"]:
        unused = (("form.key", not service.keyed), ("form.url", service.here))
        found |= {route(FIELDS[name], document): None for name, is_unused in unused if is_unused}
    return found, wrong
