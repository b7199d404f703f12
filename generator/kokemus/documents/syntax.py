"""Explains broken YAML by the typing mistake that most often causes it."""

import re

import yaml

from kokemus.documents import stray
from kokemus.documents.problems import Mark, Problem, problem

_PROFILE, _PRIVATE = re.compile(r"^offers\s*:", re.MULTILINE), re.compile(r"^private\b", re.MULTILINE)
_LINE = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_UNSPACED = re.compile(r" *(?:- +)*[^\W\d][\w-]*:(?=[^\s:/#])")
_LOST = re.compile(r" +(?:name|email|phone|limits|notes)\s*:")


def broken(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """The problem with a text that is not valid YAML, judged by what the parser expected and where."""
    where = error.problem_mark or error.context_mark
    place = Mark(where.line + 1, where.column + 1) if where else Mark(1, 1)
    begins = Mark(error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else place
    context, expected = error.context or "", error.problem or ""
    lines = _LINE.split(text)
    plain = "\n".join(lines)
    before = "".join(lines[place.line - 1 : place.line])[: place.column - 1]
    above = "".join(lines[place.line - 2 : place.line - 1]) if place.line > 1 else ""
    is_open = "quoted scalar" in context
    if (
        _LOST.match("".join(lines[place.line - 1 : place.line]))
        and _PROFILE.search(plain)
        and not _PRIVATE.search(plain)
    ):
        return problem("private-lost", path, (), place)
    odd = stray.in_yaml(text, path, begins if is_open else place)
    if odd or is_open:
        return odd or problem("yaml-quotes", path, (), begins)
    if ":" not in before and (unspaced := _unspaced(expected, lines, begins.line, place.line - 1)):
        return problem("yaml-no-space", path, (), unspaced)
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
    here = "".join(lines[place.line - 1 : place.line])[place.column - 1 : place.column]
    if "did not find expected" in expected and here in {"]", "}"}:
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


def _unspaced(expected: str, lines: list[str], begins: int, above: int) -> Mark | None:
    """Where a space is missing after a key's colon: in the line at fault, or in the first of several that lack one."""
    number = begins if "could not find expected ':'" in expected else above if "mapping values" in expected else 0
    mark = None
    while 0 < number <= len(lines) and (found := _UNSPACED.match(lines[number - 1])):
        mark = Mark(number, found.end() + 1)
        number -= 1
    return mark
