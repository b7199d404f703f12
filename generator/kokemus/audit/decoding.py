"""All texts that an output file may contain, in any encoding and inside archives."""

import base64
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kokemus.audit.packed import leaves

_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[bfnrt])")
_NO_LETTER = re.compile(r"&#0*[1-9]\d{7,}")
_TAG_BEGUN = re.compile(r"<(?![\s\d=])")
_TAG = re.compile(rf"{_TAG_BEGUN.pattern}[^>]*>")
SHORTEST_GUESSED = 5
"""The minimum length, in letters, of a match in bytes that may not be text; a shorter one may be chance."""


def texts(content: bytes) -> Iterator[tuple[str, bool]]:
    """Every text that a file, or a file inside it, can be read as, and whether it is guessed.

    Guessed means that the bytes may be no text at all, as in a photo.
    """
    for leaf in leaves(content):
        yield from ((text, False) for text in leaf.texts)
        yield from _decodings(leaf.content)


def _decodings(content: bytes) -> Iterator[tuple[str, bool]]:
    try:
        text, guessed = content.decode("utf-8"), b"\x00" in content
    except UnicodeDecodeError:
        text, guessed = content.decode("utf-8", "replace"), True
        yield content.decode("latin-1"), True
    yield text, guessed
    if guessed:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield content.decode("utf-16", "ignore"), False
        yield from ((content.decode(codec, "ignore"), True) for codec in ("utf-16-le", "utf-16-be"))


def forms(text: str) -> tuple[str, str, str]:
    """A text as written, the same with its escapes undone, and the unescaped text without its tags.

    A ``<`` begins a tag unless white space, a digit or ``=`` follows.
    """
    plain = decoded(text)
    last = plain.rfind(">") + 1
    return text, plain, _TAG.sub("", plain[:last]) + plain[last:]


def is_cut(bare: str) -> bool:
    """Whether an unclosed tag is left in a text whose complete tags were removed."""
    return bool(_TAG_BEGUN.search(bare))


def decoded(text: str) -> str:
    """The text with HTML, URL and JSON escapes undone, up to three times. Escaped white space becomes a new line."""
    for _ in range(3):
        plain = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2] or "a", 16)), text)
        plain = html.unescape(unquote(_NO_LETTER.sub("", plain)))
        if plain == text:
            return text
        text = plain
    return text


def runs(text: str) -> set[str]:
    """The parts of a text that may be base64. Most occur on many pages, so a caller can remember their results."""
    return set(re.findall(r"[A-Za-z0-9+/_-]{8,}", text))


def base64_texts(run: str) -> Iterator[str]:
    """The texts that a run of letters may encode in base64, for all four alignments."""
    standard = run.replace("-", "+").replace("_", "/")
    for offset in range(4):
        part = standard[offset:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        content = base64.b64decode(part + "=" * (-len(part) % 4))
        with_text = content.decode("utf-8", "ignore")
        if len(with_text) >= SHORTEST_GUESSED:
            yield with_text
