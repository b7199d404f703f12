"""Edits to the file of requests. Only the lines of the changed requests change."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from threading import Lock

from kokemus import disk
from kokemus.documents import editing, parser
from kokemus.documents.document import Data
from kokemus.documents.problems import Route
from kokemus.requests.request import Request
from kokemus.requests.store import END, MAX_BYTES, NAME, Kept

Changes = Mapping[Route, Data]
_EMPTY = f"requests: []\n{END}\n"
_DASH = re.compile(r" *- +")
_COLUMN = 2
_ONE_AT_A_TIME = Lock()


def edited(kept: Kept, changes: Mapping[str, Changes | None], new: Iterable[Request] = ()) -> str | None:
    """The file's text with changed values, by reference, and with new requests at the end.

    A request whose change is None is deleted. Returns None if the file can only be edited by hand.
    """
    text = kept.document.text if kept.document else _EMPTY
    if not kept.is_sound or (spans := _spans(kept)) is None:
        return None
    lines = text.splitlines(keepends=True)
    end = _end(lines)
    items: list[str] = []
    wanted: list[Data] = []
    for request, (start, stop) in zip(kept.requests, spans, strict=True):
        change = changes.get(request.reference, {})
        if change is None:
            continue
        if (item := _edited("".join(lines[start:stop]), change)) is None:
            return None
        items.append(item)
        wanted.append(_mapping(item))
    ending = "\r\n" if "\r\n" in text else "\n"
    for one in new:
        items.append(editing.as_item(one.data, _COLUMN, ending))
        wanted.append(one.data)
    head = "".join(lines[: spans[0][0] if spans else end])
    whole = _headed(head, bool(items)) + "".join(items) + "".join(lines[end:])
    again, problems = parser.read(NAME, whole.encode(), MAX_BYTES)
    return whole if again and not problems and again.data == {"requests": wanted} else None


def text_of(kept: Kept, reference: str) -> str:
    """The lines of a request; empty if it has no lines of its own."""
    lines = kept.document.text.splitlines(keepends=True) if kept.document else []
    spans = zip(kept.requests, _spans(kept) or (), strict=False)
    return "".join(line for one, (start, stop) in spans if one.reference == reference for line in lines[start:stop])


def write(folder: Path, kept: Kept, text: str) -> bool:
    """Replace the file atomically; False, and nothing written, if it has changed since it was read."""
    file = folder / NAME
    with _ONE_AT_A_TIME:
        if (file.read_bytes() if file.exists() else b"") != kept.content:
            return False
        disk.write_aside(folder, NAME, text)
        return True


def _spans(kept: Kept) -> list[tuple[int, int]] | None:
    """The first line of each request, with the comments above it, and the line after its last.

    None if requests share lines.
    """
    if not kept.requests or not kept.document:
        return []
    lines = kept.document.text.splitlines(keepends=True)
    starts: list[int] = []
    for at in range(len(kept.requests)):
        mark = kept.document.marks["requests", at]
        start = mark.line - 1
        if not _DASH.fullmatch(lines[start][: mark.column - 1]):
            return None
        while lines[start - 1].lstrip().startswith("#"):
            start -= 1
        starts.append(start)
    return [*zip(starts, [*starts[1:], _end(lines)], strict=True)]


def _end(lines: list[str]) -> int:
    """The index of the last line, ``...``, which shows that the file is not cut off."""
    return max(at for at, line in enumerate(lines) if line.strip() == END)


def _edited(item: str, change: Changes) -> str | None:
    """The lines of a request with changed values; None if they can only be edited by hand."""
    if not change:
        return item
    if not (found := re.search(r"^ *(-) ", item, re.MULTILINE)):
        return None
    dash = found.start(1)
    document, _ = parser.read(NAME, (item[:dash] + " " + item[dash + 1 :]).encode(), MAX_BYTES)
    text = editing.edited(document, change, partial(parser.read, max_bytes=MAX_BYTES)) if document else None
    return text and text[:dash] + "-" + text[dash + 1 :]


def _mapping(item: str) -> Data:
    document, _ = parser.read(NAME, item.encode(), MAX_BYTES)
    return document.data[0] if document and isinstance(document.data, list) else None


def _headed(head: str, has_items: bool) -> str:
    """The lines above the requests; their key gets an empty list if there are none."""
    found = re.fullmatch(r"(.*^requests:) *(?:\[\])?([^\n]*\n(?: *#[^\n]*\n)*)", head, re.MULTILINE | re.DOTALL)
    return f"{found[1]}{'' if has_items else ' []'}{found[2]}" if found else head
