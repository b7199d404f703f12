"""The case endings of names in Finnish, Swedish and English, also of names that are in no table."""

import re
from collections.abc import Iterator

_VOWELS = "aeiouyåäö"
_CASE = (
    r"(?:n|a|ä|ta|tä|tta|ttä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ksi|kse|ine|an|en|in|on|un|yn|än|ön|seen"
    r"|iin|h[aeiouyäö]n|t|jen|ien|iden|itten|i[lts][ltsk]?[aäei]|s)"
)
_ENDING = re.compile(rf"[:'’]?{_CASE}?(?:ni|si|nsa|nsä|mme|nne)?(?:kin|kaan|kään|han|hän|ko|kö|pa|pä)?")
_WEAKER = {
    "kk": "k",
    "pp": "p",
    "tt": "t",
    "nk": "ng",
    "nt": "nn",
    "mp": "mm",
    "lt": "ll",
    "rt": "rr",
    "k": "",
    "p": "v",
    "t": "d",
}
_LAST = re.compile(
    rf"(?P<cluster>kk|pp|tt|nk|nt|mp|lt|rt|(?<![kpts])[pt]|(?<![kptsh])k)(?P<vowels>[{_VOWELS}]{{1,2}})$"
)
_WEAK_LAST = re.compile(rf"(?P<cluster>ng|nn|mm|ll|rr|(?<![kpts])[kptvd]|)(?P<vowels>[{_VOWELS}]{{1,2}})$")


def stems(name: str) -> frozenset[str]:
    """The stems to which case endings of a name are added. The name must be in lower case."""
    return frozenset((name, *_stems(name)))


def is_ending(word: str, start: int) -> bool:
    """Whether the rest of a word from ``start`` is a case ending or empty."""
    return bool(_ENDING.fullmatch(word, start))


def _stems(name: str) -> Iterator[str]:
    if name.endswith("nen"):
        yield from (name[:-3] + "se", name[:-3] + "s")
    elif name[-1] in _VOWELS:
        yield _weak(name)
        if name[-1] == "i":
            yield from (name[:-1] + "e", _weak(name[:-1] + "e"), name[:-1])
            yield from (name[:-2] + "nt",) if name.endswith("mi") else ()  # Lumi, Lunta
            yield from (name[:-2] + "je",) if name.endswith(("rki", "lki")) else ()
        if name[-1] == "e":
            yield from (name + "e", *(strong + "e" for strong in _strong(name)))
    elif name[-1] == "s":
        yield from (name[:-1] + "kse", name[:-1] + "de", name[:-1] + "te", name[:-1] + name[-2:-1])
        yield from (strong + name[-2] for strong in _strong(name[:-1]))
    if name[-1] not in _VOWELS:
        yield name + "i"


def _weak(name: str) -> str:
    return _LAST.sub(lambda found: _WEAKER[found["cluster"]] + found["vowels"], name)


def _strong(name: str) -> Iterator[str]:
    """The possible strong-grade forms of a weak-grade name."""
    if found := _WEAK_LAST.search(name):
        for strong, weak in _WEAKER.items():
            if found["cluster"] == weak:
                yield name[: found.start()] + strong + found["vowels"]
