"""The questions of the request form, and every word around them, as ``public/texts/form.yml`` writes them."""

from collections.abc import Mapping
from typing import Literal, TypedDict

from kokemus import resources
from kokemus.vocabulary import Texts

Control = Literal["text", "email", "tel", "textarea", "select", "radio", "checkboxes", "checkbox"]


class Entry(TypedDict, total=False):
    """A question, a choice or a note as ``form.yml`` writes it."""

    section: str
    control: Control
    required: bool
    autocomplete: str
    label: Texts
    hint: Texts
    missing: Texts
    wrong: Texts
    most: int
    chosen: str
    options_from: str
    options: list["Entry"]
    value: str
    text: Texts
    links: list[str]


_SHEET = resources.texts("public/texts/form")
FIELDS: Mapping[str, Entry] = _SHEET["fields"]
NOTES: Mapping[str, Entry] = _SHEET["notes"]
SECTIONS: Mapping[str, Texts] = _SHEET["sections"]
FOLDED: frozenset[str] = frozenset(_SHEET["folded"])
HIDDEN: Mapping[str, Texts] = _SHEET["hidden"]
TEXTS: Mapping[str, Texts] = _SHEET["texts"]
SCRIPT: Mapping[str, Texts] = _SHEET["script"]
OUTCOMES: Mapping[str, Texts] = _SHEET["outcomes"]
