"""A withdrawal: marked in the profile's own text, comments and layout kept; and what nobody stands behind any more."""

import re
from dataclasses import replace
from datetime import date

from kokemus.anonymity import Rule
from kokemus.document import Document
from kokemus.edition import Edition
from kokemus.statement import Statement, closed

_WITHDRAWN = re.compile(r"(withdrawn\s*:\s*)[^\s,}#]+")
_GIVEN = re.compile(r"given\s*:\s*(\"[^\"]*\"|'[^']*'|[^\s,}#]+)")


def day(document: Document) -> date | None:
    """The day of the withdrawal that a profile names, whatever else is wrong with it."""
    consent = document.data.get("consent") if isinstance(document.data, dict) else None
    found = consent.get("withdrawn") if isinstance(consent, dict) else None
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        return None


def marked(text: str, document: Document, on: date) -> str:
    """The profile's text with ``withdrawn`` after ``given``: on a line of its own, or in the same braces.

    A later day that stands there already is replaced. Without a readable ``given`` the text stays as it is.
    """
    if ("consent", "withdrawn") in document.marks:
        return _WITHDRAWN.sub(rf"\g<1>{on}", text, count=1)
    if ("consent", "given") not in document.marks:
        return text
    line, column = document.marks["consent", "given"]
    lines = text.splitlines(keepends=True)
    before = lines[line - 1][: column - 1]
    found = _GIVEN.match(lines[line - 1], column - 1)
    end = found.end() if found else len(lines[line - 1].rstrip())
    if before.strip():
        lines[line - 1] = f"{lines[line - 1][:end]}, withdrawn: {on}{lines[line - 1][end:]}"
    else:
        ending = "\r\n" if lines[line - 1].endswith("\r\n") else "\n"
        lines[line - 1] = lines[line - 1].rstrip("\r\n") + ending
        lines.insert(line, f"{before}withdrawn: {on}{ending}")
    return "".join(lines)


def abandoned(edition: Edition, rule: Rule) -> tuple[Statement, ...]:
    """The statements of an edition that not one member stands behind any more, sorted."""
    return tuple(found for found in sorted(edition.crowd) if not rule.cells.cell(found).support)


def without(edition: Edition, statements: tuple[Statement, ...], rule: Rule) -> Edition:
    """The edition without these and all that imply them."""
    gone = frozenset(statements)
    ancestors = rule.cells.vocabulary.ancestors
    return replace(edition, crowd=frozenset(found for found in edition.crowd if not closed([found], ancestors) & gone))
