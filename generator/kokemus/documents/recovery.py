"""Reads on in a broken file: guesses what each broken line means, so that all problems are reported at once.

The result only tells what else is wrong; it is never published. Problems in a line whose meaning was guessed are not
reported, and neither is anything that seems to be missing, since a guess may have moved or hidden it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kokemus.documents import parser, stray
from kokemus.documents.document import Document
from kokemus.documents.problems import Mark, Problem, position

Reader = Callable[[str, bytes], tuple[Document | None, tuple[Problem, ...]]]
ROUNDS = 12
_SURE = {
    "tab",
    "odd-character",
    "curly-quotes",
    "yaml-brackets",
    "yaml-bracket-extra",
    "yaml-no-space",
    "not-utf-8",
    "second-document",
    "private-lost",
}
_MISSED = {
    *("missing-key", "nowhere", "empty-list", "card-topic-no-offer", "solo-no-offer", "solo-beside-card"),
    *("not-a-mapping", "not-a-list", "not-one", "unknown-key", "misplaced-key", "key-at-margin", "duplicate-offer"),
}
_PAIR = re.compile(r"( *(?:- +)*[^\s:#\[{][^:]*: +)(\S.*?) *$")
_KEY = re.compile(r"( *(?:- +)*)([\w-]+):? *(.*)$")


def further(
    path: str, content: bytes, check: Callable[[Document], Iterable[Problem]], read: Reader = parser.read
) -> Iterator[Problem]:
    """Problems of a file besides the one that broke it, each with its position. ``check`` finds them in a document."""
    text, guessed, has_moved = _decoded(content), set[int](), False
    document, problems = read(path, text.encode())
    for _ in range(ROUNDS):
        wrong = problems[-1] if problems and not document else None
        if wrong is None or wrong.mark is None or wrong.code not in _REPAIRS or wrong.mark.line in guessed:
            break
        if wrong.code not in _SURE:
            guessed.add(wrong.mark.line)
        text, before = _REPAIRS[wrong.code](text, wrong.mark), text
        has_moved |= wrong.code == "yaml-indentation" or text.count("\n#") > before.count("\n#")
        document, problems = read(path, text.encode()) if text != before else (None, ())
        if not document and not _is_later(problems[-1:], wrong, text):
            break
        yield from (one for one in problems if one.mark and one.mark.line > wrong.mark.line)
    for one in check(document) if document else ():
        said = one.at(document.marks) if document else one
        if position(said, {}).line not in guessed and not (has_moved and one.code in _MISSED):
            yield said


def _is_later(problems: Sequence[Problem], before: Problem, text: str) -> bool:
    """Whether a problem is independent of the previous one. A guess may have caused a problem on the next line."""
    if not problems or not problems[0].mark or not before.mark or problems[0].mark <= before.mark:
        return False
    between = text.split("\n")[before.mark.line : problems[0].mark.line - 1]
    return before.code in _SURE or any(line.strip() for line in between)


def _decoded(content: bytes) -> str:
    """The text; decoded as Windows-1252 if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _in_line(repair: Callable[[list[str], int, int], str]) -> Callable[[str, Mark], str]:
    """Makes a repair of the whole text from a repair of one line, given all lines and the position counted from 0."""

    def repaired(text: str, mark: Mark) -> str:
        lines = text.split("\n")
        if mark.line <= len(lines):  # YAML has line breaks that editors do not count
            lines[mark.line - 1] = repair(lines, mark.line - 1, mark.column - 1)
        return "\n".join(lines)

    return repaired


def _without_tabs(text: str, _: Mark) -> str:
    return re.sub(r"^[ \t]+", lambda found: found[0].replace("\t", "  "), text, flags=re.MULTILINE).replace("\t", " ")


def _plain(lines: list[str], at: int, column: int) -> str:
    """The line with its odd characters replaced by those that they look like."""
    return stray.plain(lines[at], column)


def _quoted(lines: list[str], at: int, _: int) -> str:
    """The line with its value in quotes."""
    found = _PAIR.match(lines[at].rstrip("\r"))
    inner = found[2].strip("\"'").replace("'", "''") if found else ""
    return f"{found[1]}'{inner}'" if found else f"#{lines[at]}"


def _closed(lines: list[str], at: int, column: int) -> str:
    """The line with its open bracket closed."""
    pair = {"[": "]", "{": "}"}.get(lines[at][column : column + 1], "")
    bare = re.sub(r"\s+#.*$", "", lines[at].rstrip("\r"))
    return bare if pair in bare else bare + pair


def _without(lines: list[str], at: int, column: int) -> str:
    """The line without a bracket that closes nothing."""
    return lines[at][:column] + lines[at][column + 1 :]


def _spaced(lines: list[str], at: int, column: int) -> str:
    return f"{lines[at][:column]} {lines[at][column:]}"


def _with_colon(lines: list[str], at: int, _: int) -> str:
    found = _KEY.match(lines[at].rstrip("\r"))
    return f"{found[1]}{found[2]}: {found[3]}" if found else f"#{lines[at]}"


def _indented(lines: list[str], at: int, _: int) -> str:
    """The line indented like those above: items like items, keys like keys, and deeper below a key without a value."""
    words = re.sub(r"^-(?=\w)", "- ", lines[at].strip())
    above = [line.rstrip() for line in lines[:at] if line.strip() and not line.lstrip().startswith("#")]
    items = [line for line in above if line.lstrip().startswith("- ")]
    if not above or not words:
        return words
    if words.startswith("- ") and items:
        return _column(items[-1]) * " " + words
    if items and items[-1] is above[-1] and items[-1].split()[1] == words.split()[0]:
        return _column(items[-1]) * " " + f"- {words}"
    is_inside = above[-1].endswith(":") or above[-1] in items
    return (_column(above[-1]) + 2 * is_inside) * " " + words


def _column(line: str) -> int:
    return len(line) - len(line.lstrip())


def _first(text: str, mark: Mark) -> str:
    """The text before a second document, or before private keys without their ``private:``."""
    return "".join(text.splitlines(keepends=True)[: mark.line - 1])


_REPAIRS: Mapping[str, Callable[[str, Mark], str]] = {
    "tab": _without_tabs,
    "odd-character": _in_line(_plain),
    "curly-quotes": _in_line(_plain),
    "yaml-colon": _in_line(_quoted),
    "yaml-quotes": _in_line(_quoted),
    "anchor": _in_line(_quoted),
    "tag": _in_line(_quoted),
    "yaml-brackets": _in_line(_closed),
    "yaml-bracket-extra": _in_line(_without),
    "yaml-no-colon": _in_line(_with_colon),
    "yaml-no-space": _in_line(_spaced),
    "yaml-indentation": _in_line(_indented),
    "second-document": _first,
    "private-lost": _first,
}
