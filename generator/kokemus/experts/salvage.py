"""What can still be read of a broken profile, so that the leak audit knows its private values too.

The file is read line by line, whether or not it is valid YAML. Every value is taken for private, except terms, dates
and yes or no. It is better to take too much than too little, since the audit ignores what public texts explain. Two
rules keep a typing error from making a secret of what other pages show. Outside a part like ``private``, single words
are left out. And only the items of a list are values, never the whole list, since a page may name the same places in
the same order.
"""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator

from kokemus.documents.document import Data, Document

_PARTS = {"consent", "paused", "admitted", "languages", "places", "remote", "offers", "card", "accepted"}
_TERMS = _PARTS | {
    *("given", "review", "withdrawn", "mistaken", "asked", "solo", "from", "until", "language", "place", "where"),
    *("topic", "topics", "perspective", "format", "formats", "audience", "audiences"),
}
_PAIR = re.compile(r"[\s\-\"'?]*([^\s:=：\"'{}\[\],][^:=：\"'{}\[\],]{0,60}?)[\"']?\s*[:=：](.*)")
_BREAK = re.compile(r"[{}\[\],]|(?<=\s)(?=[\w-]{1,60}[:=：]\s)")
_LIST = re.compile(r"\s*[\[{]|.*[\]}]\s*$")
_COMMENT = re.compile(r"\ufeff?#\s")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")
_WESTERN = f"{__name__}.western"
_WINDOW = 20
MOST = 256 * 1024
"""How many bytes are read: four times the largest file that can be a profile."""


def document(path: str, content: bytes) -> Document:
    """The values of a file by key. Keys of two letters count as languages of a card's text, all others as private."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for key, value in _values(_text(content[:MOST])):
        values[key][value] = None
    private: dict[str, Data] = {key or "text": list(found) for key, found in values.items() if len(key) != 2}
    said: dict[str, Data] = {key: list(found) for key, found in values.items() if len(key) == 2}
    return Document(path=path, data={"private": private, "card": {"text": said}}, marks={}, raw={})


def _values(text: str) -> Iterator[tuple[str, str]]:
    """Each value with its key: from a line, from between brackets and commas, and from several lines together."""
    part = key = block = ""
    in_private = True
    for line in text.splitlines():
        if _COMMENT.match(line):
            continue  # in a valid file a comment is no secret either
        pair = _PAIR.fullmatch(line)
        begins = line.strip() and line[0] not in " -#"
        if begins:
            part, key, block = pair[1].casefold() if pair else "", "", ""
            in_private = part not in _PARTS and not (pair and _is_word(pair[2]))
            if pair is None and _is_word(line):
                continue  # a key without its colon
        if pair is None and key not in _TERMS and not _LIST.match(line):
            block = _plain(line) if line.lstrip().startswith("-") else f"{block} {_plain(line)}"
            block = " ".join(block.split()[-_WINDOW:])
            yield from _private_values(key, block, in_private)
        for piece in dict.fromkeys((line, *_BREAK.split(line))):
            if found := _PAIR.fullmatch(piece):
                key, block = found[1].casefold(), _plain(found[2])
                in_private = in_private or key == "private"
            value = found[2] if found else piece
            if piece is not line or not (key in _TERMS or _LIST.match(value)):
                yield from _private_values(key, _plain(value), in_private)


def _private_values(key: str, value: str, in_private: bool) -> Iterator[tuple[str, str]]:
    """The value if it may be private, and what follows its first word, which may be a key without its colon."""
    words = _DAY.sub("", value).split()
    if in_private and key not in _TERMS:
        if len(value) > 1:
            yield key, value
        if len(words) > 1:
            yield key, value.split(maxsplit=1)[1]
    elif ": " in value:
        return  # several pairs: each is handled by itself
    elif len(words) > (2 if key in _TERMS or key == "text" else 1) or re.search(r"@|\d{5}", " ".join(words)):
        yield key, value


def _is_word(value: str) -> bool:
    return bool(re.fullmatch(r"[^\s{}\[\]]+", _plain(value)))


def _plain(value: str) -> str:
    """A value without YAML syntax: quotes, block marks, anchors, tags and comments."""
    value = re.sub(r"(^|\s)#.*", "", value).strip(" \t-?:\"'|>{}[],")
    value = re.sub(r"^(?:[&!*]\S*\s+)+", "", value).strip(" \t\"'|>+-")
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), value)


def _text(content: bytes) -> str:
    """The text in its most likely encoding. Zeros at the end, as a power cut leaves them, are ignored."""
    content = content.rstrip(b"\0")
    for codec, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros.count(0) * 2 > len(zeros):
            return content.decode(codec, "replace")
    text = content.decode("utf-8-sig", _WESTERN)
    if not text.startswith("{\\rtf"):
        return text
    text = re.sub(r"\\'([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]).decode("cp1252", "replace"), text)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", text)


def _western(error: UnicodeError) -> tuple[str, int]:
    """Decodes a byte that is not valid UTF-8 as Windows-1252, so that the rest of the text is unaffected."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WESTERN, _western)
