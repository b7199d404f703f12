"""Texts beside the fields of a form: names of the site's languages, and problems in words."""

from collections.abc import Iterable

from babel import Locale

from kokemus.desk.shared import helped, inputs, language, say
from kokemus.documents.problems import Problem, Route
from kokemus.website.wording import capital

_MISSING = ("missing-language", "missing-fact")


def called(languages: Iterable[str]) -> dict[str, str]:
    """These languages, each with its name for the coordinator."""
    return {one: capital(str(Locale.parse(one).get_display_name(language()))) for one in languages}


def sentence(one: Problem) -> str:
    """A problem with its help, for a place beside its field."""
    values = dict(one.values)
    missing = values.get("language", values.get("fact", "").rpartition(".")[2]) if one.code in _MISSING else ""
    if missing in inputs().vocabulary.languages:
        return say("facts.language", language=inputs().vocabulary.languages[missing].label(language()))
    return ". ".join(capital(text.rstrip(".")) for text in (one.text("message", inputs().language), helped(one))) + "."


def beside(problems: Iterable[Problem], at: Route = ()) -> dict[str, str]:
    """By the dotted name of the field below a route, what is wrong there; under ``""`` what is wrong elsewhere."""
    found: dict[str, str] = {}
    for one in problems:
        below = one.route[len(at) :] if one.route[: len(at)] == at else ()
        missing = dict(one.values).get("name", "").rpartition(".")[2] if one.code == "missing-key" else ""
        name = ".".join(map(str, (*below, missing) if missing else below))
        found.setdefault(name, sentence(one))
    return found
