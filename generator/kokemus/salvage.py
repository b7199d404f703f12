"""What can still be read of a file that is no profile yet, so that the leak audit knows its private values too.

Read line by line, whatever YAML says of it: every value but those under keys that hold terms, days and yes or no.
"""

import codecs
import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from kokemus.source import Data, Document

_PUBLIC = {
    *("consent", "given", "text", "review", "withdrawn", "solo", "paused", "from", "until", "admitted"),
    *("languages", "language", "places", "place", "remote", "where", "private", "card", "accepted"),
    *("offers", "topic", "topics", "perspective", "format", "formats", "audience", "audiences"),
}
_PAIR = re.compile(r"[\s\-\"'?]*([^\s:\"'{}\[\],]+)[\"']?\s*:(.*)")
_TELLING = re.compile(r"@|(?:\S+\s+){2}\S|\d{5}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def document(path: str, content: bytes) -> Document:
    """The values of a file, by key: as if texts in a language stood in a card, and all others under ``private``."""
    values: dict[str, list[Data]] = defaultdict(list)
    for line in _text(content).splitlines():
        key = ""
        for part in dict.fromkeys((line, *re.split(r"[{}\[\],]", line))):
            pair = _PAIR.fullmatch(part)
            key, value = (pair[1].casefold(), pair[2]) if pair else (key, part)
            value = re.sub(r"(^|\s)#.*", "", value).strip(" \t-\"'|>{}[]")
            if len(value) > 1 and _is_private(key, value) and value not in values[key]:
                values[key].append(value)
    data: dict[str, Data] = {"private": _under(values, lambda key: not _is_language(key))}
    return Document(path, data | {"card": {"text": _under(values, _is_language)}}, {}, {})


def _under(values: Mapping[str, list[Data]], chosen: Callable[[str], bool]) -> Data:
    return {key or "text": found[0] if len(found) == 1 else found for key, found in values.items() if chosen(key)}


def _is_language(key: str) -> bool:
    return len(key) == 2


def _is_private(key: str, value: str) -> bool:
    """Whether a value may not be published: its key is none of terms or days, or it is longer than those are."""
    if key and key not in _PUBLIC:
        return True
    return bool(_TELLING.search(_DAY.sub("", value))) and ":" not in value and not value.startswith("#")


def _text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
