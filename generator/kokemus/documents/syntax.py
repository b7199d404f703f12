"""Explains broken YAML by the typing mistake that most often causes it."""

import re

import yaml

from kokemus.documents import stray
from kokemus.documents.problems import Mark, Problem, problem

_PROFILE, _PRIVATE = re.compile(r"^offers\s*:", re.MULTILINE), re.compile(r"^private\b", re.MULTILINE)
_LOST = re.compile(r" +(?:name|email|phone|limits|notes)\s*:")


def broken(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """The problem with a text that is not valid YAML, judged by what the parser expected and where."""
    where = error.problem_mark or error.context_mark
    place = Mark(where.line + 1, where.column + 1) if where else Mark(1, 1)
    begins = Mark(error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else place
    context, expected = error.context or "", error.problem or ""
    lines = text.split("\n")
    before = "".join(lines[place.line - 1 : place.line])[: place.column - 1]
    above = "".join(lines[place.line - 2 : place.line - 1]) if place.line > 1 else ""
    is_open = "quoted scalar" in context
    if _LOST.match("".join(lines[place.line - 1 : place.line])) and _PROFILE.search(text) and not _PRIVATE.search(text):
        return problem("private-lost", path, (), place)
    if odd := stray.in_yaml(text, path, begins if is_open else place):
        return odd
    if is_open:
        return problem("yaml-quotes", path, (), begins)
    if "could not find expected ':'" in expected:
        return problem("yaml-no-colon", path, (), begins)
    if "expected ',' or" in expected:
        return problem("yaml-brackets", path, (), begins)
    if "mapping values" in expected and ":" in before:
        return problem("yaml-colon", path, (), place)
    if "mapping values" in expected and above.strip() and ":" not in above:
        return problem("yaml-no-colon", path, (), Mark(place.line - 1, 1))
    if "mapping values" in expected or ("did not find expected" in expected and not before.strip()):
        return problem("yaml-indentation", path, (), place)
    if "did not find expected" in expected and lines[place.line - 1][place.column - 1 : place.column] in {"]", "}"}:
        return problem("yaml-bracket-extra", path, (), place)
    if "did not find expected" in expected or "cannot start" in expected:
        return problem("yaml-quotes", path, (), _left_open(text, place))
    return problem("yaml-syntax", path, (), place)


def _left_open(text: str, place: Mark) -> Mark:
    """The first quotation mark without a partner on its line; ``place`` if there is none."""
    for number, line in enumerate(text.split("\n")[: place.line - 1], start=1):
        if not line.lstrip().startswith("#") and line.count('"') % 2:
            return Mark(number, line.index('"') + 1)
    return place
