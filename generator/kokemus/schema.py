"""JSON Schemas of profiles and of the configuration, so that editors complete and check while one types.

They are made of the vocabulary and of the keys that the readers know. What they refuse, ``check`` refuses too; the
contrary does not hold, since a schema cannot compare days or look into another part of the file. Where YAML 1.1, which
``check`` reads, and YAML 1.2, which editors read, take a word for different things, the schema allows both.
"""

import json
import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from kokemus import association, card, lint, parameters, profile, service, settings
from kokemus.statement import DIMENSIONS, SHAPES
from kokemus.vocabulary import KINDS, REMOTE, Terms, Vocabulary

PROFILE = "profile-1.json"
CONFIGURATION = "configuration-1.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_CONFIGURED = ("topics", "languages", "places", "day")
_ODD = "[^ -~ÅÄÖåäö]"

Schema = dict[str, Any]


def as_text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def of_profiles(vocabulary: Vocabulary) -> Schema:
    """The schema of one profile."""
    topics, formats, audiences, languages, places = (_ref(kind) for kind in KINDS)
    statement = _object(
        {"topic": topics, "language": languages, "where": _ref("where"), "audience": audiences, "format": formats},
        required=("topic",),
    )
    apart = [pair for pair in combinations(DIMENSIONS, 2) if frozenset(pair) not in SHAPES]
    statement["not"] = {"anyOf": [{"required": list(pair)} for pair in apart]}
    offer = _object(
        {
            "topic": topics,
            "perspective": _words(("own", "relative")),
            "formats": _list(formats, least=1),
            "audiences": _list(audiences),
        },
        required=("topic", "formats"),
    )
    consent = _object(
        {
            "given": _ref("day"),
            "text": _TEXT,
            "review": _ref("day"),
            "withdrawn": _ref("day"),
            "solo": _list(statement),
        },
        required=("given",),
    )
    signed = _object(
        {
            "consent": _ref("day"),
            "name": _CARD_TEXT,
            "text": _object(dict.fromkeys(vocabulary.languages, _CARD_TEXT)) | {"minProperties": 1},
            "topics": _list(topics),
            "places": _list(places),
            "accepted": _list({"enum": [kind for kind in lint.KINDS if kind != lint.NEVER]}),
        },
        required=("consent", "name", "text"),
    )
    whole = _object(
        {
            "consent": consent,
            "paused": _object({"from": _ref("day"), "until": _ref("day")}, required=("from",)),
            "admitted": _ref("day"),
            "languages": _list(languages, least=1),
            "places": _list(places),
            "remote": _ref("truth"),
            "offers": _list(offer, least=1),
            "card": signed,
            "private": _object({key: {} for key in profile.PRIVATE}),
        },
        required=profile.REQUIRED,
    )
    return {"$schema": _DRAFT, "title": "Kokemus: a profile", **whole, "$defs": _definitions(vocabulary)}


def of_configuration(vocabulary: Vocabulary) -> Schema:
    """The schema of ``mkdocs.yml`` as far as it is Kokemus's own; everything else in it is allowed."""
    number = {"type": "number"}
    own = _object(
        {
            "experts": {},
            "terms": {},
            "association": _object(dict.fromkeys(association.FACTS, _TEXT), required=association.FACTS),
            "languages": _list(_ref("languages")),
            "coordinator_language": _ref("languages"),
            "anonymity": {
                "anyOf": [
                    {"type": "null"},
                    _object(
                        {
                            "k": {"type": "integer", "minimum": 2},
                            "d": {"type": "integer", "minimum": 1},
                            "h": number | {"exclusiveMinimum": 0, "exclusiveMaximum": 1},
                            "g": {"type": "integer", "minimum": 1},
                            "c": {"type": "integer", "minimum": 1},
                            "edition": {"enum": list(parameters.RHYTHMS)},
                        }
                    ),
                ]
            },
            "house_topics": _list(_ref("topics")),
            "serves": _list(_ref("places")),
            "form": {
                "type": "object",
                "properties": {"service": {"enum": list(service.SERVICES)}, "url": _TEXT},
                "required": ["service"],
            },
            "answer_within": {"type": "string", "pattern": rf"^\s*(?:{settings.PERIOD.pattern})\s*$"},
            "requests_kept": {"type": "string", "pattern": rf"^\s*(?:{settings.PERIOD.pattern})\s*$"},
            "refresh_days": {"type": "integer", "minimum": 1, "maximum": 90},
            "accessibility": _object({"assessed_on": {"anyOf": [_ref("day"), _OPEN]}}, required=("assessed_on",)),
            "fees": _object({"file": _TEXT}, required=("file",)),
            "crisis": _object({"file": _TEXT}, required=("file",)),
        },
        required=("association", "form", "accessibility"),
    )
    known = {"type": "object", "required": ["kokemus"]}
    entry = {"if": known, "then": {"properties": {"kokemus": own}}}
    return {
        "$schema": _DRAFT,
        "title": "Kokemus: mkdocs.yml",
        "type": "object",
        "properties": {"site_url": {"type": "string"}, "plugins": {"type": "array", "items": entry}},
        "required": ["site_name", "site_url", "plugins"],
        "$defs": {name: known for name, known in _definitions(vocabulary).items() if name in _CONFIGURED},
    }


SCHEMAS = {PROFILE: of_profiles, CONFIGURATION: of_configuration}
_TEXT: Schema = {"type": ["string", "number"]}
_OPEN: Schema = {"enum": list(association.PLACEHOLDERS)}
_CARD_TEXT: Schema = _TEXT | {"maxLength": card.MOST}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    made: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return made | {"required": list(required)} if required else made


def _list(items: Schema, least: int = 0) -> Schema:
    made: Schema = {"type": "array", "items": items}
    return made | {"minItems": least} if least else made


def _definitions(vocabulary: Vocabulary) -> Schema:
    kinds = {kind: _terms(getattr(vocabulary, kind)) for kind in KINDS}
    where = _terms(vocabulary.places, REMOTE)
    words = [word for yes in ("yes", "no", "true", "false", "on", "off") for word in (yes, yes.title(), yes.upper())]
    return {**kinds, "where": where, "day": _DAY, "truth": {"anyOf": [{"type": "boolean"}, {"enum": words}]}}


def _terms(terms: Terms, *more: str) -> Schema:
    """Ids, labels and synonyms to complete, and the same in any case."""
    names = sorted({*terms, *more, *(name for term in terms.values() for name in term.names)})
    return _words(names)


def _words(names: Iterable[str]) -> Schema:
    """The words to complete, and every way of writing them that is read as one of them.

    A text with a letter that is not of ordinary Finnish is not judged: its upper and lower case have odd corners.
    """
    listed = list(names)
    forms = sorted({" ".join(name.casefold().split()) for name in listed})
    plain = [form for form in forms if not re.search(_ODD, form)]
    pattern = "^ *(?:" + "|".join("".join(map(_letter, form)) for form in plain) + ") *$"
    return {"anyOf": [{"enum": listed}, {"type": "string", "pattern": pattern}, {"type": "string", "pattern": _ODD}]}


def _letter(letter: str) -> str:
    if letter == " ":
        return " +"
    if letter.upper() != letter:
        return f"[{letter}{letter.upper()}]"
    return f"\\{letter}" if letter in r"^$\.*+?()[]{}|/" else letter


def _days() -> str:
    """Every day from 1900 to 2200 that there is in some year."""
    year = r"(?:19|20|21)\d\d|2200"
    long, short, february = (
        "(?:0?[13578]|1[02])-(?:0?[1-9]|[12]\\d|3[01])",
        "(?:0?[469]|11)-(?:0?[1-9]|[12]\\d|30)",
        "0?2-(?:0?[1-9]|[12]\\d)",
    )
    return f"^(?:{year})-(?:{long}|{short}|{february})$"


_DAY: Schema = {
    "description": "2026-03-02",
    "anyOf": [{"type": "string", "pattern": _days()}, {"type": "string", "pattern": "[^ -~]"}],
}
