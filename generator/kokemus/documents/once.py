"""One mistake, one message: several rules may find the same words."""

from collections.abc import Iterable

from kokemus.documents.problems import Mark, Marks, Problem, position

_SAID = {
    "admitted-moved": {"consent-in-future", "signed-ahead", "consent-text-later"},
    "kept-too-long": {"consent-text-later"},
    "code-names": {"code-changed"},
    "code": {"code-changed"},
    "withdrawal-in-notes": {"withdrawal-lost"},
}
"""What one of the other problems in the same file explains, so that it is not told."""


def once(problems: Iterable[Problem], marks: Marks) -> tuple[Problem, ...]:
    """The problems, and of those about the same words in a text only the gravest: first leaks, then experts' names."""
    problems = tuple(problems)
    codes = {(one.path, one.code) for one in problems}
    problems = tuple(one for one in problems if not any((one.path, code) in codes for code in _SAID.get(one.code, ())))
    gravest: dict[tuple[str, Mark], Problem] = {}
    for found in sorted(problems, key=_gravity):
        if _is_about_words(found):
            gravest.setdefault((found.path, position(found, marks)), found)
    told = {*gravest.values()}
    return tuple(found for found in problems if found in told or not _is_about_words(found))


def _is_about_words(found: Problem) -> bool:
    """Whether it is about single words. A combination is about all details of a text together."""
    return found.code.startswith(("leak", "text-")) and found.code != "text-combination"


def _gravity(found: Problem) -> tuple[bool, ...]:
    code = found.code
    return found.severity == "warning", not code.startswith("leak"), not code.startswith("text-private"), found.strict
