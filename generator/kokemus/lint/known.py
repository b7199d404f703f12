"""Known texts: those that come with the project and in which the lint found nothing.

An association keeps most of them unchanged, so they need not be linted again in every run.
"""

from functools import cache
from hashlib import sha256
from importlib.resources import files


def is_clean(text: str, language: str) -> bool:
    """Whether a text is known to contain nothing that the lint finds, not even beside other details."""
    return fingerprint(text, language) in _clean()


def fingerprint(text: str, language: str) -> str:
    """A fingerprint of a text and its language."""
    return sha256(f"{language} {text}".encode()).hexdigest()[:16]


@cache
def _clean() -> frozenset[str]:
    """The list that ``make clean-texts`` writes."""
    return frozenset((files("kokemus") / "lint" / "clean.txt").read_text("utf-8").split())
