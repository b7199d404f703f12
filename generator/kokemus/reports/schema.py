"""JSON Schemas of profiles and of the configuration, for completion and checks in editors.

They are made from the vocabulary and from the keys that the readers know. What a schema rejects, ``check`` rejects too.
The reverse is not true, since a schema cannot compare days or look at another part of the file. ``check`` reads YAML
1.1 and editors read YAML 1.2; if the two read a word differently, the schema accepts both readings.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kokemus import lint, settings
from kokemus.anonymity import parameters
from kokemus.documents import placeholder
from kokemus.experts import card, keys
from kokemus.request_form import processors, services
from kokemus.resources import LANGUAGES
from kokemus.settings import arrangement, association, host, together
from kokemus.vocabulary import KINDS, Terms, Vocabulary
from kokemus.vocabulary.node import Keys, Shape

PROFILE = "profile-1.json"
CONFIGURATION = "configuration-1.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_CONFIGURED = ("topics", "formats", "audiences", "languages", "places", "day", "truth")
_ODD = "[^ -~ÅÄÖåäö]"

Schema = dict[str, Any]


def as_text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def of_profiles(vocabulary: Vocabulary) -> Schema:
    """The schema of one profile."""
    kinds: dict[str, Schema] = {
        "signature": {"anyOf": [_ref("day"), {"type": "null"}]},
        "text": _TEXT,
        "associations": {"anyOf": [_TEXT, _list(_TEXT)]},
        "anything": {},
        "card-text": _CARD_TEXT,
        "card-texts": _object(dict.fromkeys(vocabulary.languages, _CARD_TEXT)) | {"minProperties": 1},
        "detail": {"enum": [kind for kind in lint.KINDS if kind != lint.NEVER]},
    }
    whole = _keys(keys.PROFILE, kinds)
    whole["properties"]["languages"]["minItems"] = 1
    return {"$schema": _DRAFT, "title": "Kokemus: a profile", **whole, "$defs": _definitions(vocabulary)}


def of_configuration(vocabulary: Vocabulary) -> Schema:
    """The schema of Kokemus's own part of ``mkdocs.yml``; everything else in the file is allowed."""
    said = _object(dict.fromkeys(LANGUAGES, _TEXT))
    ready = _object(
        {
            "format": _ref("formats"),
            "audiences": _list(_ref("audiences")),
            "title": said,
            "length": said,
            "quote": _object({**dict.fromkeys(LANGUAGES, _TEXT), "signed": _ref("day")}, required=("signed",)),
        },
        required=("format", "audiences", "title", "length"),
    )
    keeper = _object({"name": _TEXT, "country": said, "retention": said}, required=processors.KEYS)
    partner = {"anyOf": [_TEXT, _object(dict.fromkeys(together.FACTS, _TEXT), required=("name",))]}
    own = _object(
        {
            "experts": {},
            "terms": {},
            "association": _object(dict.fromkeys(association.FACTS, _TEXT), required=association.FACTS),
            "together": _object({}) | {"minProperties": 2, "patternProperties": {f"^{together.ID.pattern}$": partner}},
            "languages": _list(_ref("languages")),
            "coordinator_language": _ref("languages"),
            "anonymity": {"anyOf": [{"type": "null"}, _object({name: _stricter(name) for name in parameters.NAMES})]},
            "house_topics": _list(_ref("topics")),
            "arranges": _object(
                {
                    "formats": _list(_ref("formats")),
                    "audiences": _list(_ref("audiences")),
                    "languages": _list(_ref("languages")),
                    "remote": _ref("truth"),
                    "ready": _list(ready) | {"maxItems": arrangement.MOST_READY},
                }
            ),
            "serves": _list(_ref("places")),
            "embed": _list({"type": "string"}),
            "form": {
                "type": "object",
                "properties": {"service": {"enum": list(services.SERVICES)}, "url": _TEXT},
                "required": ["service"],
            },
            "appearance": _object(
                {"logo": _TEXT, "accent": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}, "welcome": said}
            ),
            "host": _object({"name": _TEXT, "country": said, "logs": said}, required=host.KEYS),
            "answer_within": {"type": "string", "pattern": rf"^\s*(?:{settings.PERIOD.pattern})\s*$"},
            "requests_kept": {"type": "string", "pattern": rf"^\s*(?:{settings.PERIOD.pattern})\s*$"},
            "profiles_kept": {"type": "string", "pattern": rf"^\s*(?:{settings.PERIOD.pattern})\s*$"},
            "processors": _object(dict.fromkeys(processors.KINDS, keeper)),
            "refresh_days": {"type": "integer", "minimum": 1, "maximum": 90},
            "accessibility": _object({"assessed_on": {"anyOf": [_ref("day"), _OPEN]}}, required=("assessed_on",)),
            "looked_at": _list({"type": "string"}),
            "closed": {"anyOf": [_ref("day"), _object({"on": _ref("day"), "instead": said}, required=("on",))]},
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
_OPEN: Schema = {"enum": list(placeholder.PLACEHOLDERS)}
_CARD_TEXT: Schema = _TEXT | {"maxLength": card.MOST}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    made: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return made | {"required": list(required)} if required else made


def _keys(known: Keys, kinds: Mapping[str, Schema]) -> Schema:
    """The schema of a mapping. ``kinds`` has the shapes that are not in ``$defs``, by name."""
    return _object({key: _shape(shape, kinds) for key, shape in known.shapes.items()}, known.required)


def _shape(shape: Shape, kinds: Mapping[str, Schema]) -> Schema:
    if isinstance(shape, Keys):
        return _keys(shape, kinds)
    if isinstance(shape, list):
        return _list(_shape(shape[0], kinds))
    if isinstance(shape, tuple):
        return _words(shape)
    return kinds[shape] if shape in kinds else _ref(shape)


def _stricter(name: str) -> Schema:
    """The schema of an anonymity parameter: from its default to the strictest allowed value."""
    least = getattr(parameters.WEAKEST, name)
    kind = "integer" if isinstance(least, int) else "number"
    return {"type": kind, "minimum": least, "maximum": parameters.MOST[name]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _definitions(vocabulary: Vocabulary) -> Schema:
    kinds = {kind: _terms(getattr(vocabulary, kind)) for kind in KINDS}
    words = [word for yes in ("yes", "no", "true", "false", "on", "off") for word in (yes, yes.title(), yes.upper())]
    return {**kinds, "day": _DAY, "truth": {"anyOf": [{"type": "boolean"}, {"enum": words}]}}


def _terms(terms: Terms) -> Schema:
    """Ids, labels and synonyms, offered for completion and accepted in any letter case."""
    names = sorted({*terms, *(name for term in terms.values() for name in term.names)})
    return _words(names)


def _words(names: Iterable[str]) -> Schema:
    """The words offered for completion, and every spelling that the readers take for one of them.

    A text with a letter outside ASCII, å, ä and ö is always accepted: upper and lower case of such letters are not
    always one to one.
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
    """A pattern for every day from 1900 to 2200. It allows 29 February in any year."""
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
