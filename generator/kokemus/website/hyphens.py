"""Where the long words of headings may divide, so that a narrow screen never cuts one in the middle."""

import re
from collections.abc import Mapping
from functools import cache

from kokemus import resources

_STEMS: Mapping[str, list[str]] = resources.texts("public/texts/hyphens")
_JOINTS = {
    language: {stem.replace("-", ""): stem for stem in sorted(stems, key=len, reverse=True)}
    for language, stems in _STEMS.items()
}
_JOINED = {language: re.compile("|".join(joints) or "(?!)", re.IGNORECASE) for language, joints in _JOINTS.items()}
_SHORT = 12
"""Letters of a compound's part that never needs to divide itself."""
_LONG_WORD = re.compile(r"[^\W\d_]{9,}")
_LONG_IN_TITLE = re.compile(r"[^\W\d_]{12,}")
"""A page's title has the whole width, so that shorter words fit on every screen, and divided would only look worse."""
# Before a consonant and a vowel, three letters from the beginning of the word: Finnish syllables begin there.
_SYLLABLE = re.compile(r"(?<=[^\W\d_]{3})(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö]\w)")
_HEADING = re.compile(r"(<h([1-4])\b[^<>]*+>)((?:[^<]++|<(?!/?h[1-4]\b))*+)(?=</h[1-4]>)")
_TEXT = re.compile(r"[^<>]++(?=<|$)")
_HERE = "\N{SOFT HYPHEN}"
_MAY_DIVIDE = re.compile(rf"(?<!\S)[^\s{_HERE}]*+{_HERE}\S*")
_SAID = re.compile(r">[^<>\d]*+\d[^<>]*+(?=<(?!/script))")
# A range of numbers or days, the word before it, a code in two halves, a postal code and its town.
_ONE = (
    (re.compile(r"(?<=\d)–(?=\d)|(?<=[^\W\d_]{2})–(?=[^\W\d_]{2,3}\b)"), "–\N{WORD JOINER}"),
    (re.compile(r"(?<=\w) (?=\d[\d.]*–)"), "\N{NO-BREAK SPACE}"),
    (re.compile(r"(?<=\b[A-Z\d]{4})-(?=[A-Z\d]{4}\b)"), "-\N{WORD JOINER}"),
    (re.compile(r"(?<=\b\d{5}) (?=[A-ZÅÄÖ][a-zåäö])"), "\N{NO-BREAK SPACE}"),
)


def headings(html: str, language: str) -> str:
    """A document with soft hyphens in the long words of its headings. A title's divide only if no line holds them."""

    def heading(found: re.Match[str]) -> str:
        long = _LONG_IN_TITLE if found[2] == "1" else _LONG_WORD
        made = _TEXT.sub(lambda text: hyphenated(text[0], language, long), found[3])
        return found[1] + (_MAY_DIVIDE.sub(r"<span>\g<0></span>", made) if found[2] == "1" else made)

    return _HEADING.sub(heading, html)


def together(html: str) -> str:
    """A document in whose text no line ends within a range of numbers or a code."""

    def kept(found: re.Match[str]) -> str:
        text = found[0]
        for place, glued in _ONE:
            text = place.sub(glued, text)
        return text

    return _SAID.sub(kept, html)


def hyphenated(text: str, language: str, long: re.Pattern[str] = _LONG_WORD) -> str:
    """A text with soft hyphens in its long words, as few browsers know Finnish syllables."""
    return long.sub(lambda word: _divided(word[0], language), text)


@cache
def _divided(word: str, language: str) -> str:
    def at_joints(found: re.Match[str]) -> str:
        letters = iter(found[0])
        return "".join(_HERE if mark == "-" else next(letters) for mark in _JOINTS[language][found[0].lower()])

    parts = _JOINED[language].sub(at_joints, word).split(_HERE)
    if language == "fi":
        parts = [part if len(parts) > 1 and len(part) <= _SHORT else _SYLLABLE.sub(_HERE, part) for part in parts]
    return _HERE.join(parts)
