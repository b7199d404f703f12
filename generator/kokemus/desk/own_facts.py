"""Files of dated facts of the association's own: they begin as copies of the project's, and the settings name them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from kokemus import disk, resources
from kokemus.desk import fields
from kokemus.desk.shared import CONFIGURATION, folder, inputs
from kokemus.documents import editing, mkdocs_yml, parser
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, Route, errors
from kokemus.resources import LANGUAGES
from kokemus.settings import dated_facts

Item = dict[str, Data]


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """A file of facts. ``is_named`` is whether the settings name it; until then the project's facts are in force."""

    kind: str
    file: str
    document: Document
    is_named: bool
    languages: tuple[str, ...]


def ready(kind: str) -> Document:
    """The project's facts."""
    content = (resources.PACKAGE / "public" / "facts" / f"{kind}.yml").read_bytes()
    found, _ = parser.read(f"{kind}.yml", content)
    if found is None:
        raise LookupError(kind)
    return found


def of(kind: str) -> OwnFacts | None:
    """The association's file, or the project's facts as its beginning; None if a file cannot be read."""
    whole, _ = mkdocs_yml.read(folder() / CONFIGURATION)
    if whole is None or not fields.base(whole):
        return None
    named = whole.at((*fields.base(whole), kind, "file"))
    file = named if isinstance(named, str) else f"{kind}.yml"
    document = parser.read_file(folder() / file, file)[0] if (folder() / file).is_file() else ready(kind)
    return OwnFacts(kind, file, document, isinstance(named, str), fields.languages(whole)) if document else None


def items(document: Document, key: str) -> list[Item]:
    """The entries of a list of facts."""
    listed = document.at((key,))
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def edited(own: OwnFacts, changes: Mapping[Route, Data]) -> tuple[str | None, tuple[Problem, ...]]:
    """The text with these changes, and the errors that it would have; no text if only a person can edit the file."""
    text = editing.edited(own.document, changes)
    document = parser.read(own.file, text.encode())[0] if text else None
    return text, errors(_reader(own.kind)(document, own.languages)[1]) if document else ()


def _reader(kind: str) -> Callable[[Document, Collection[str]], tuple[object, tuple[Problem, ...]]]:
    if kind == "fees":
        return dated_facts.fees
    return partial(dated_facts.crisis, spoken=inputs().vocabulary.languages)


def save(own: OwnFacts, text: str) -> bool:
    """Write the file, and name it in the settings if they do not yet; False if these can only be edited by hand."""
    whole, _ = mkdocs_yml.read(folder() / CONFIGURATION)
    at = (*fields.base(whole), own.kind, "file") if whole else ()
    settings = editing.edited(whole, {at: own.file}, mkdocs_yml.parsed) if whole else None
    if whole is None or settings is None:
        return False
    disk.write(folder(), own.file, text)
    if settings != whole.text:
        disk.rewrite(folder(), CONFIGURATION, settings)
    return True


def said(data: Data) -> dict[str, str]:
    """Texts by language, as far as they are written."""
    return {one: str(text) for one, text in data.items() if text} if isinstance(data, dict) else {}


def texts(form: fields.Form, name: str, old: Data, languages: tuple[str, ...]) -> Item | None:
    """The texts as typed, with those in other languages as they were; None if all are empty."""
    typed = {one: " ".join(form.get(f"{name}.{one}", "").split()) for one in languages}
    others = {one: text for one, text in said(old).items() if one not in languages}
    return {**{one: text for one, text in typed.items() if text}, **others} if any(typed.values()) else None


def in_words(data: Data, language: str) -> str:
    """A text in a language, or in any other."""
    told = said(data)
    return told.get(language) or next((told[one] for one in LANGUAGES if one in told), "")
