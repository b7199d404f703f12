"""Processors of personal data for the association: the form service, and those who keep profiles and mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel import Locale

from kokemus.documents.placeholder import OPEN, is_open
from kokemus.request_form.services import Service
from kokemus.resources import LANGUAGES
from kokemus.text import fold
from kokemus.vocabulary import Texts
from kokemus.vocabulary.node import Node

KEYS = ("name", "country", "retention")
KINDS = ("profiles", "mail")
_ISO = 2


@dataclass(frozen=True, slots=True)
class Processor:
    """Somebody who keeps data; ``country`` and ``retention`` are texts by language."""

    name: str
    country: Texts
    retention: Texts

    def facts(self, language: str) -> Mapping[str, str]:
        """Name, country and retention in a language of the site."""
        return {"name": self.name, "country": self.country[language], "retention": self.retention[language]}


def read(node: Node, languages: Iterable[str]) -> Mapping[str, Processor]:
    """Who keeps the profiles and the mail, by kind.

    Anything missing is a warning and stays a placeholder: the site can be built, and its pages show the gap.
    """
    part, languages = node.at("processors"), tuple(languages)
    if node.has("processors"):
        part.mapping(KINDS)
    if missing := [f"processors.{kind}" for kind in KINDS if not part.has(kind)]:
        node.report("processors-missing", "processors" if node.has("processors") else None, facts=", ".join(missing))
    unknown = dict.fromkeys(languages, OPEN)
    found = {kind: _keeper(part.at(kind), f"processors.{kind}", languages) for kind in KINDS if part.has(kind)}
    return {kind: found.get(kind) or Processor(OPEN, unknown, unknown) for kind in KINDS}


def of_form(node: Node, service: Service | None, languages: Iterable[str]) -> Processor | None:
    """Who handles the requests. Name and country may be omitted if the service documents them."""
    if not node.has("processor"):
        node.report("missing-fact", fact="form.processor")
        return None
    name, country = (service.name, service.country) if service else ("", "")
    return _keeper(node.at("processor"), "form.processor", tuple(languages), name, country)


def compare(node: Node, said: Processor, keeper: str, country: str) -> None:
    """Reports a processor that is not the one that gets the requests, or that keeps them in another country.

    ``keeper`` and its ``country``, an ISO 3166 code, are empty if they are not known. A country in words of one's own
    is left alone, unless they name only others.
    """
    if keeper and not is_open(said.name) and not {*fold(keeper)} & {*fold(said.name)}:
        node.at("processor").report(
            "processor-other", "name" if node.at("processor").has("name") else None, name=keeper
        )
    elif country and any(codes and country not in codes for codes in map(_named, said.country.values())):
        english, finnish = (Locale.parse(language).territories[country] for language in ("en", "fi"))
        node.at("processor").report("processor-country", "country", name=keeper, country=english, country_fi=finnish)


def _named(text: str) -> frozenset[str]:
    """The codes of the countries that a text names in a language of the site."""
    said = f" {' '.join(fold(text))} "
    names = ((code, name) for language in LANGUAGES for code, name in Locale.parse(language).territories.items())
    return frozenset(code for code, name in names if len(code) == _ISO and f" {' '.join(fold(name))} " in said)


def _keeper(part: Node, path: str, languages: tuple[str, ...], name: str = "", country: str = "") -> Processor | None:
    if not part.mapping(KEYS):
        return None
    known: dict[str, bool] = {"name": bool(name), "country": bool(country), "retention": False}
    for key, is_known in known.items():
        if not part.has(key) and not is_known:
            part.report("missing-fact", fact=f"{path}.{key}")
    texts = {key: part.texts(key) for key in ("country", "retention") if part.has(key)}
    for key in texts:
        for language in languages if isinstance(part.at(key).data, dict) else ():
            if not part.at(key).has(language):
                part.report("missing-fact", key, fact=f"{path}.{key}.{language}")
    where: Texts = texts.get("country") or {
        language: Locale.parse(language).territories.get(country, "") for language in languages
    }
    return Processor((part.text("name") or name).strip(), where, texts.get("retention", {}))
