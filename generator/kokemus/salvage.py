"""What can still be read of a file that is no profile yet, so that the leak audit knows its private values too.

Read line by line, whatever YAML says of it. Rather too much is taken for private than too little, since what public
texts say explains itself: every value but terms, days and yes or no. Of what stands outside a part like ``private``,
single words are left, or a slip of the pen would be a secret that stands in somebody else's card.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kokemus.document import Data, Document

_PARTS = {"consent", "paused", "admitted", "languages", "places", "remote", "offers", "card", "accepted"}
_PUBLIC = _PARTS | {
    *("given", "text", "review", "withdrawn", "solo", "from", "until", "language", "place", "where", "private"),
    *("topic", "topics", "perspective", "format", "formats", "audience", "audiences"),
}
_PAIR = re.compile(r"[\s\-\"'?]*([^\s:\"'{}\[\],][^:\"'{}\[\],]{0,60})[\"']?\s*:(.*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")
_WINDOW = 20
_MOST = 256 * 1024
"""Bytes: four times the largest file that can be a profile."""


def document(path: str, content: bytes) -> Document:
    """The values of a file, by key: as if texts in a language stood in a card, and all others under ``private``."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for key, value in _values(_text(content[:_MOST])):
        values[key][value] = None
    data: dict[str, Data] = {"private": _under(values, lambda key: not _is_language(key))}
    return Document(path, data | {"card": {"text": _under(values, _is_language)}}, {}, {})


def _values(text: str) -> Iterator[tuple[str, str]]:
    """Each value with its key: of a line, of what stands between brackets and commas, and of several lines together."""
    part = key = block = ""
    in_private = True
    for line in text.splitlines():
        pair = _PAIR.fullmatch(line)
        if line.strip() and line[0] not in " -#":
            part, key, block = pair[1].casefold() if pair else "", "", ""
            in_private = part not in _PARTS and not (pair and _is_word(pair[2]))
        if pair is None:
            block = " ".join(f"{block} {_plain(line)}".split()[-_WINDOW:])
            yield from _told(key, block, in_private)
        for piece in dict.fromkeys((line, *re.split(r"[{}\[\],]", line))):
            if pair := _PAIR.fullmatch(piece):
                key, block = pair[1].casefold(), _plain(pair[2])
            yield from _told(key, _plain(pair[2] if pair else piece), in_private or part == "private")


def _told(key: str, value: str, in_private: bool) -> Iterator[tuple[str, str]]:
    """The value, where it may be private, and what follows its first word, which may be a key without its colon."""
    words = _DAY.sub("", value).split()
    if in_private and (key not in _PUBLIC or key in ("text", "private")):
        if len(value) > 1:
            yield key, value
        if len(words) > 1:
            yield key, value.split(maxsplit=1)[1]
    elif ": " in value:
        return  # several pairs, of which each comes by itself
    elif len(words) > (2 if key in _PUBLIC else 1) or re.search(r"@|\d{5}", " ".join(words)):
        yield key, value


def _is_word(value: str) -> bool:
    return bool(re.fullmatch(r"[^\s{}\[\]]+", _plain(value)))


def _plain(value: str) -> str:
    """A value without what YAML puts around it: quotes, marks of blocks, anchors, tags and comments."""
    value = re.sub(r"(^|\s)#.*", "", value).strip(" \t-?:\"'|>{}[],")
    value = re.sub(r"^(?:[&!*]\S*\s+)+", "", value).strip(" \t\"'|>+-")
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), value)


def _under(values: Mapping[str, Iterable[str]], chosen: Callable[[str], bool]) -> Data:
    return {key or "text": list(found) for key, found in values.items() if chosen(key)}


def _is_language(key: str) -> bool:
    return len(key) == 2


def _text(content: bytes) -> str:
    for codec, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros.count(0) * 2 > len(zeros):
            return content.decode(codec, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
