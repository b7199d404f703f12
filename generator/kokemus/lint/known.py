"""Known texts: the parts of what comes with the project, looked at once when that was written.

An association keeps most of them as they are, and no run looks at these again.
"""

from functools import cache
from hashlib import sha256
from importlib.resources import files


def is_clean(text: str, language: str) -> bool:
    """Whether a text of a language is known to hold nothing that identifies anybody, not even together with more."""
    return told(text, language) in _clean()


def told(text: str, language: str) -> str:
    """What tells a text of a language from all others."""
    return sha256(f"{language} {text}".encode()).hexdigest()[:16]


@cache
def _clean() -> frozenset[str]:
    """From the list that ``make clean-texts`` writes."""
    return frozenset((files("kokemus") / "lint" / "clean.txt").read_text("utf-8").split())
