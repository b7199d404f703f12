"""What in a free text may identify a person, by kind. A first look by patterns; the coordinator has the last word.

A warning that the coordinator accepts by kind in ``card.accepted``. Nothing here repeats what it found.
"""

import re
from collections.abc import Callable, Mapping

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "phone": re.compile(r"(?<![\w+])(?:\+|00)?\d(?:[ ()-]?\d){6,14}(?!\w)"),
    "email": re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
    "link": re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    "handle": re.compile(r"(?<![\w.])@\w[\w.]+"),
    "address": re.compile(
        r"\b[A-ZÅÄÖ][\w-]*(?:katu|kadu|tie|tiellä|kuja|polku|polulla|väylä|aukio|gatan|vägen|gränden)\w*\s+\d+"
        r"|\b\d{5}\s+[A-ZÅÄÖ]\w+"
    ),
    "age": re.compile(r"\b\d{1,3}[ -]?(?:-?vuotia\w*|v\.|årig\w*|år gammal|years? old|year-old)", re.IGNORECASE),
    "year": re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)?\d\d\b"),
    "name-or-place": re.compile(r"(?<=[a-zåäö,;] )[A-ZÅÄÖÁČĐŊŠŦŽ][a-zåäöáčđŋšŧž]{2,}"),
}


def _identity_code(text: str) -> bool:
    for found in re.finditer(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b", text, re.IGNORECASE):
        try:
            hetu.validate(found.group(), allow_temporary=True)
        except ValidationError:
            continue
        return True
    return False


_RULES: Mapping[str, Callable[[str], object]] = {
    **{kind: pattern.search for kind, pattern in _PATTERNS.items()},
    "identity-code": _identity_code,
}
KINDS = tuple(sorted(_RULES))


def kinds(text: str) -> frozenset[str]:
    """The kinds of identifying detail that a text seems to hold."""
    return frozenset(kind for kind, rule in _RULES.items() if rule(text))
