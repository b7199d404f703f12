"""Replaces a value by stars throughout a history, in every form in which ``needles`` would find it in a text.

This is done as in ``git filter-repo``: by regular expressions over bytes, and never in what it takes for a binary file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kokemus.audit.needles import LONG, Secret
from kokemus.text import fold, national

STARS = "***"
_BINARY_WITHIN = 8192
_MARK = r"(?:\xc2\xad|\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xe2\x80[\x8b-\x8f]|\xef\xbb\xbf)"
_GAP = rf"(?:[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]|\xc2[\x80-\xbf]|\xe2[\x80-\x81][\x80-\xbf]|{_MARK})"
_BEGINS = r"(?<![0-9A-Za-z])(?<![\xc3-\xdf][\x80-\xbf])"
_ENDS = r"(?![0-9A-Za-z\xc3-\xdf])"


def expressions(secrets: Iterable[Secret]) -> str:
    """The replacements as a file for ``git filter-repo``, longest values first."""
    return "".join(f"regex:{pattern}==>{STARS}\n" for pattern in _patterns(secrets))


def blotted(content: bytes, secrets: Iterable[Secret]) -> bytes:
    """A text as the rewriting of history leaves it."""
    if b"\0" in content[:_BINARY_WITHIN]:
        return content
    for pattern in _patterns(secrets):
        content = re.sub(pattern.encode(), STARS.encode(), content)
    return content


def _patterns(secrets: Iterable[Secret]) -> Iterator[str]:
    values = {secret.text for secret in secrets}
    yield from dict.fromkeys(
        pattern for value in sorted(values, key=lambda text: (-len(text), text)) for pattern in _forms(value)
    )


def _forms(value: str) -> Iterator[str]:
    """Patterns for a value: a long one anywhere, a short one as whole words, a phone number by its digits."""
    words = fold(value)
    squeezed = "".join(words)
    if len(squeezed) >= LONG:
        yield f"{_GAP}*".join(map(_letter, squeezed))
    else:
        yield _BEGINS + f"{_GAP}+".join(f"{_MARK}*".join(map(_letter, word)) for word in words) + _ENDS
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 7 and len(digits) * 2 > len(value.strip()):
        number = f"{_GAP}*".join(national(value))
        yield rf"(?:(?:\+|00){_GAP}*3{_GAP}*5{_GAP}*8{_GAP}*|0{_GAP}*)?{number}"


def _letter(folded: str) -> str:
    """A pattern for every letter that folds to this one, in UTF-8."""
    return f"(?:{'|'.join(_letters().get(folded) or [_bytes(folded)])})"


@cache
def _letters() -> Mapping[str, list[str]]:
    """The Latin, Greek and Cyrillic letters and the digits, by the letter to which they fold."""
    found: Mapping[str, list[str]] = defaultdict(list)
    for code in range(0x30, 0x530):
        if fold(chr(code)) and len(fold(chr(code))[0]) == 1:
            found[fold(chr(code))[0]].append(_bytes(chr(code)))
    return found


def _bytes(letter: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in letter.encode())
