"""The questions of the request form and of the evaluation after a visit, and every text around them.

They are written in ``public/texts/form.yml`` and ``public/texts/evaluation.yml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

from kokemus import resources
from kokemus.vocabulary import Texts

Control = Literal["text", "email", "tel", "textarea", "select", "radio", "checkboxes", "checkbox"]


class Entry(TypedDict, total=False):
    """A question, a choice or a note as written in ``form.yml``."""

    section: str
    control: Control
    required: bool
    autocomplete: str
    label: Texts
    former: list[str]
    hint: Texts
    missing: Texts
    wrong: Texts
    most: int
    chosen: str
    only_with: str
    options_from: str
    options: list["Entry"]
    value: str
    text: Texts
    links: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a form asks, by key; what is sent without a question; and every text around them."""

    id: str
    fields: Mapping[str, Entry]
    notes: Mapping[str, Entry]
    sections: Mapping[str, Texts]
    folded: frozenset[str]
    hidden: Mapping[str, Texts]
    texts: Mapping[str, Texts]
    script: Mapping[str, Texts]
    outcomes: Mapping[str, Texts]


def _sheet(id: str, name: str, words: Sheet | None = None) -> Sheet:
    """A form from its file. Texts that the file lacks are taken from ``words``."""
    read = resources.texts(f"public/texts/{name}")
    said = {part: {**(getattr(words, part) if words else {}), **read[part]} for part in ("texts", "script", "outcomes")}
    parts = {part: read[part] for part in ("fields", "notes", "sections", "hidden")}
    return Sheet(id=id, folded=frozenset(read["folded"]), **parts, **said)


REQUEST = _sheet("request", "form")
EVALUATION = _sheet("evaluation", "evaluation", REQUEST)
FIELDS, NOTES, SECTIONS, FOLDED = REQUEST.fields, REQUEST.notes, REQUEST.sections, REQUEST.folded
HIDDEN, TEXTS, SCRIPT, OUTCOMES = REQUEST.hidden, REQUEST.texts, REQUEST.script, REQUEST.outcomes
