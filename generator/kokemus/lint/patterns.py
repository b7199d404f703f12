"""What identifies by its form alone: codes, numbers, addresses, ages and days, as people really write them.

Each kind has patterns. A group ``it`` is the part that identifies; without one, it is the whole match. If two kinds
match the same text, the earlier kind counts. Identity codes, business ids and account numbers have a check character
(python-stdnum). One with a wrong check character may still be a typing error, so it is a ``register-number``.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus

from kokemus.lint.contacts import CAPITALS, CONTACTS, DASH, Sources
from kokemus.lint.dates_and_ages import AGES, DATES, YEARS

Span = tuple[int, int]
Patterns = Mapping[str, tuple[re.Pattern[str], ...]]

_DAY_MONTH = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d"
_CODES: Mapping[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "identity-code": (
        re.compile(rf"(?<!\d)\d{{6}}\s?(?:{DASH}|[+A-FU-Y\s])\s?\d{{3}}\s?[0-9A-Z](?!\w)", re.IGNORECASE),
        lambda text: hetu.validate(_plain(text, 6), allow_temporary=True),
    ),
    "bank-account": (
        re.compile(r"(?<!\w)[A-Z]{2}\d{2}\s?[0-9A-Z]{4}(?:\s?\d{4}){1,6}(?:\s?\d{1,3})?(?!\w)", re.IGNORECASE),
        lambda text: iban.validate(text.upper()),
    ),
    "business-id": (
        re.compile(rf"(?<!\d)\d{{7}}\s?{DASH}\s?\d(?!\d)"),
        lambda text: ytunnus.validate(re.sub(r"\D", "", text)),
    ),
}
_KINDS: Sources = {
    "register-number": (
        rf"(?<!\d){_DAY_MONTH}\s?(?:{DASH}|[+a-fu-y])\s?\d{{3}}\s?[0-9a-z](?!\w)",
        rf"(?<!\d)(?:19|20)?\d{{6}}{DASH}\d{{4}}(?!\w)",
        r"(?<!\w)[a-z]{2}\d{2}\s?\d{4}(?:\s?\d{4}){2,6}(?:\s?\d{1,3})?(?!\w)",
        rf"(?<!\d)\d{{6,7}}\s?{DASH}\s?\d(?!\d)|(?<![\d-])\d{{6}}-\d{{5,8}}(?!\d)",
        r"\b(?:jäsen|potilas|asiakas|passin|ajokortin|rekisteri|kilpi|asia|diaari|vangin|henkilö)-?"
        r"(?:numero|tunnus|nro)\w{0,5}\s(?:on )?(?P<it>(?=\w{0,9}\d)[\w/-]{3,20})",
        r"\b(?:passport|member|patient|medlems|pass)-?\s?(?:number|nummer)\s(?:is |är )?"
        r"(?P<it>(?=\w{0,9}\d)[\w/-]{3,20})",
    ),
    "email": CONTACTS["email"],
    "link": CONTACTS["link"],
    "handle": CONTACTS["handle"],
    "address": CONTACTS["address"],
    "date": DATES,
    "phone": CONTACTS["phone"],
    "age": AGES,
    "year": YEARS,
}
_CAPITALS: Sources = {
    "register-number": (r"(?<![\w-])(?!(?:ICD|DSM|PHQ|GAD|BDI|SCL|EU|ISO|KMM|CP)-)[A-ZÅÄÖ]{2,3}-\d{1,3}(?![\w-])",),
    **CAPITALS,
}
KINDS = (*_CODES, *(kind for kind in _KINDS if kind != "year"))


def _plain(code: str, century: int) -> str:
    """An identity code in its official form: without spaces, and with a plain hyphen."""
    tight = re.sub(r"\s", "", re.sub(DASH, "-", code)).upper()
    return tight if len(tight) == 11 else f"{tight[:century]}-{tight[century:]}"


def small(text: str) -> str:
    """A text in lower case, with every character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(letter.lower()[0] for letter in text)


def finished(street: str) -> tuple[Patterns, Patterns]:
    """The patterns for a text in lower case, and those for the text as written.

    ``street`` matches the inflected endings of Finnish street names.
    """
    in_small, as_written = (
        {kind: tuple(re.compile(one.replace("FI_STREET", street)) for one in ones) for kind, ones in sources.items()}
        for sources in (_KINDS, _CAPITALS)
    )
    return in_small, as_written


def codes(text: str) -> Iterator[tuple[str, Span]]:
    """The numbers whose check character is right, with their kind."""
    for kind, (pattern, check) in _CODES.items():
        for found in pattern.finditer(text):
            try:
                check(found.group())
            except ValidationError:
                continue
            yield kind, found.span()
