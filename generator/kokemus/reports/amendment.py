"""Edits to the consent in a profile's YAML text that keep its comments and layout."""

import re
from collections.abc import Mapping

from kokemus.documents.document import Document

_VALUE = r"(\"[^\"]*\"|'[^']*'|[^\s,}#](?:[^,}#\r\n]*[^\s,}#])?)"


def consent(text: str, document: Document, values: Mapping[str, str]) -> str:
    """The profile's text with these values in its consent.

    Existing values are replaced. New keys are added after ``given``, each on its own line or inside the same braces;
    without a ``given`` they are not added. The result may not parse: the caller must read it again and check.
    """
    lines = text.splitlines(keepends=True)
    marks = {key: document.marks["consent", key] for key in values if ("consent", key) in document.marks}
    for key in sorted(marks, key=marks.__getitem__, reverse=True):
        line, column = marks[key]
        start, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = start + re.sub(rf"^({key}\s*:\s*){_VALUE}", rf"\g<1>{values[key]}", rest)
    new = [key for key in values if key not in marks]
    if new and ("consent", "given") in document.marks:
        line, column = document.marks["consent", "given"]
        _after_given(lines, line - 1, column - 1, [f"{key}: {values[key]}" for key in new])
    return "".join(lines)


def _after_given(lines: list[str], at: int, column: int, words: list[str]) -> None:
    before, ending = lines[at][:column], "\r\n" if lines[at].endswith("\r\n") else "\n"
    if before.strip():
        found = re.compile(rf"given\s*:\s*{_VALUE}").match(lines[at], column)
        end = found.end() if found else len(lines[at].rstrip())
        lines[at] = ", ".join([lines[at][:end], *words]) + lines[at][end:]
    else:
        lines[at] = lines[at].rstrip("\r\n") + ending
        lines[at + 1 : at + 1] = [f"{before}{word}{ending}" for word in words]


def top(text: str, document: Document, key: str, value: str) -> str:
    """The profile's text with a new top-level key after its consent.

    Unchanged if the key exists already, or if the whole profile is one pair of braces.
    """
    marks = {route[0]: mark for route, mark in document.marks.items() if len(route) == 1}
    if key in marks or "consent" not in marks or marks["consent"].column != 1:
        return text
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    later = [mark.line - 1 for mark in marks.values() if mark.line > marks["consent"].line]
    at = min(later, default=len(lines))
    lines[at - 1] = lines[at - 1].rstrip("\r\n") + ending
    return "".join([*lines[:at], f"{key}: {value}{ending}", *lines[at:]])
