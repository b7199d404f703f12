"""What identifies by its shape alone: codes, numbers, addresses, ages and days, in the ways people really write them.

Each kind has patterns; a group ``it`` is the part that identifies, the whole match where there is none. A kind that
comes earlier wins where two match the same text. Identity codes, business ids and account numbers count only with a
right check character (python-stdnum), so a number that merely looks like one is left to the other kinds.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus

Span = tuple[int, int]
Patterns = Mapping[str, tuple[re.Pattern[str], ...]]

_I = re.IGNORECASE
_DASH = r"[-\u2010-\u2015\u2212]"
_MONTHS = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:n|ta|ssa|sta|hun|lta|lla)?"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|January|February|March|April|May|June|July|August|October"
)
_YEAR = r"(?:19[2-9]\d|20[0-4]\d)"
_UNITS = r"\s?(?:euro|€|%|km\b|m\b|g\b|kg\b|ihmi|henk|kappal|kertaa|personer|people|tun|kr\b)"
_DIGIT_WORD = (
    r"(?:nolla|yksi|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|yhdeksän"
    r"|noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio|zero|one|two|three|four|five|six|seven|eight|nine)"
)
_NUMBER_FI = (
    r"(?:(?:yksi|yhden|kaksi|kahden|kolme|kolmen|neljä|neljän|viisi|viiden|kuusi|kuuden|seitsemän|kahdeksan|yhdeksän"
    r"|kymmenen|toista|kymmentä|sadan|kolmi|neli|viisi)+)"
)
_NUMBER_SV = (
    r"(?:(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|\w{2,5}ton)"
    r"(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)?)"
)
_NUMBER_EN = r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|\w{3,5}teen)"
_STREET_SV = r"(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|allén|torget|backen|stranden)"
_TOP_LEVEL = r"(?:fi|com|net|org|info|eu|se|no|ee|me|blog|io|app|page|site|tv|ax|example)"
_PLATFORM = (
    r"\b(?:insta(?:gram)?|ig|facebook|fb|face|tiktok|tik tok|snap(?:chat)?|youtube|twitter|discord|telegram|jodel"
    r"|reddit|twitch|threads|bluesky|mastodon|whatsapp|signal)\w*"
)
_CALLED = (
    r"(?:nimellä|nimimerkillä|nimimerkkini on|tunnuksella|tunnukseni on|käyttäjänimi(?:llä|ni on)?|käyttäjänä"
    r"|sivuni(?: nimi)? on|profiilini on|tilini on|kanavani on|som|heter|namnet|as|under the name|called|name is)"
)

_ADDRESS_TAIL = r"\s+\d{1,4}\s?(?:[a-zA-Z]\b(?:\s?\d{1,3}\b)?|\b)(?:\s?(?:as|bst|apt)\.?\s?\d{1,3})?"


def _pattern(*parts: str, flags: int = 0) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(part, flags) for part in parts)


_CODES: Mapping[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "identity-code": (
        re.compile(rf"(?<!\d)\d{{6}}\s?(?:{_DASH}|[+A-FU-Y\s])\s?\d{{3}}\s?[0-9A-Z](?!\w)", _I),
        lambda text: hetu.validate(_plain(text, 6), allow_temporary=True),
    ),
    "bank-account": (
        re.compile(r"(?<!\w)[A-Z]{2}\d{2}\s?[0-9A-Z]{4}(?:\s?\d{4}){1,6}(?:\s?\d{1,3})?(?!\w)", _I),
        lambda text: iban.validate(text.upper()),
    ),
    "business-id": (
        re.compile(rf"(?<!\d)\d{{7}}\s?{_DASH}\s?\d(?!\d)"),
        lambda text: ytunnus.validate(re.sub(r"\D", "", text)),
    ),
}

_KINDS: Patterns = {
    "email": _pattern(
        r"[\w.+-]+\s?(?:@|[(\[{]\s?(?:at|ät|a|@)\s?[)\]}])\s?"
        r"[\w-]+(?:(?:\.|\s?[(\[{](?:dot|piste|punkt|\.)[)\]}]\s?)[\w-]+)+",
        r"(?<![\w-])[\w-]+(?: (?:piste|dot|punkt) [\w-]+)* (?:at|ät|ät-merkki|miukumauku|snabel-a) "
        r"[\w-]+(?: (?:piste|dot|punkt) [\w-]+)+",
        flags=_I,
    ),
    "link": _pattern(
        r"https?://[^\s<>\"”)\]]*[^\s<>\"”)\].,;:!?]",
        r"(?<!\w)www\.[^\s<>\"”)\]]*[^\s<>\"”)\].,;:!?]",
        rf"(?<![\w.@/-])[a-zåäö0-9][a-zåäö0-9-]*(?:\.[a-z0-9-]+)*\.{_TOP_LEVEL}\b(?:/[^\s<>\"”)\]]*[^\s<>\"”)\].,;:!?])?",
    ),
    "handle": (
        re.compile(r"(?<![\w.@])@\w[\w.]*\w"),
        re.compile(rf"{_PLATFORM}[^.!?\n]{{0,40}}?\b{_CALLED}\s+[\"”“'»]?(?P<it>\w[\w.]{{2,}}\w)", _I),
        re.compile(
            r"\b(?:nimimerkki\w*|signaturen|nickname|username)\s+(?:on |är |is )?[\"”“'»]?(?P<it>\w[\w.]{2,}\w)", _I
        ),
    ),
    "address": (
        re.compile(rf"\b(?=[\w-]+\s+\d)[\w-]{{2,}}(?:FI_STREET){_ADDRESS_TAIL}", _I),
        re.compile(rf"\b(?=[\w-]+\s+\d)[\w-]{{2,}}{_STREET_SV}{_ADDRESS_TAIL}", _I),
        re.compile(
            r"\b[A-Z]\w+ (?:Street|Road|Avenue|Lane|Drive|Close)\s+\d{1,4}\b"
            r"|\b\d{1,4} [A-Z]\w+ (?:Street|Road|Avenue|Lane|Drive)\b"
        ),
        re.compile(rf"(?<=[a-zåäö,;] )[A-ZÅÄÖ][\w-]{{2,}}(?:FI_STREET|{_STREET_SV})\b"),
        re.compile(r"(?<!\d)\d{5}\s+[A-ZÅÄÖ][\wåäö-]+"),
        re.compile(r"\b(?:postinumero\w*|postnummer\w*|post ?code)\s+(?:on |är |is )?(?P<it>\d{5})\b", _I),
    ),
    "date": (
        re.compile(rf"(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:{_YEAR}|\d\d(?!\d))?(?!\d)"),
        re.compile(rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-]{_YEAR}(?!\d)"),
        re.compile(rf"(?<!\d){_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"),
        re.compile(
            rf"(?:(?<!\d)(?:[12]\d|3[01]|0?[1-9])(?:\.|:e|st|nd|rd|th)?\s+(?:of )?)(?:{_MONTHS})\b(?:\s+{_YEAR})?", _I
        ),
        re.compile(rf"\b(?:{_MONTHS})\s+(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR})?", _I),
        re.compile(rf"\b(?:{_MONTHS})\s+{_YEAR}(?!\d)", _I),
        re.compile(rf"(?<![\w/.-])(?:0?[1-9]|1[0-2])/{_YEAR}(?!\d)"),
    ),
    "phone": (
        re.compile(
            rf"(?<![\w+])(?:\+|00)\d{{1,3}}(?:[\s.()/]|{_DASH})*(?:\d(?:[\s.()/]|{_DASH}){{0,3}}){{5,12}}(?<=\d)(?!\w)"
        ),
        re.compile(rf"(?<![\w+.,:/-])\(?0[1-9](?:\)?(?:[\s./]|{_DASH}){{0,3}}\d){{5,10}}(?!\w)"),
        re.compile(r"(?<![\w+.,/-])\d{7,12}(?![\w.,/-]\w|\w)"),
        re.compile(
            r"\b(?:puh(?:elin(?:numero\w*)?)?|tel|numero\w*|soita|ring|call|nummer)\.?:?"
            r"\s+(?P<it>\d{2,4}(?:[\s-]\d{2,4}){1,3})(?!\w)",
            _I,
        ),
        re.compile(rf"\b(?:{_DIGIT_WORD}[\s,-]+){{5,}}{_DIGIT_WORD}\b", _I),
    ),
    "age": (
        re.compile(rf"(?<![\w,.–-])(?:\d{{1,3}}\s?-?|\b{_NUMBER_FI})vuotia(?:s|a\w*|i\w*|ks\w*)", _I),
        re.compile(r"\b(?:kaksi|kolmi|kolme|neli|viisi|kuusi|seitsen|seitsemän|kahdeksan|yhdeksän)kymppi\w*", _I),
        re.compile(
            r"\b(?:täyt\w+|täyttäessäni|ikää|ikäni on|iältäni)\b[^.!?\d]{0,30}(?P<it>\d{2}(?:\s?v(?:uotta|\.|\b))?)", _I
        ),
        re.compile(
            r"\b(?:olen|olin|on)\s+(?:jo |nyt |kohta |vasta )?"
            r"(?P<it>[1-9]\d(?:\s?v\.|\s?v\b|\s?vuotta(?=\s*[.,!]|\s+vanha)))",
            _I,
        ),
        re.compile(r"(?<=, )(?P<it>[1-9]\d\s?(?:v\.?|vuotta|år))(?=,|\.|$| ja )", _I),
        re.compile(rf"(?<![\w-])(?:\d{{1,3}}[ -]?|\b{_NUMBER_SV})år(?:ig\w*|ing\w*|s åldern|s ålder)\b", _I),
        re.compile(r"\b\d{1,3} år gam\w+", _I),
        re.compile(
            r"\b(?:jag är|jag var|är nu|fyller|fyllde|fyllt|ålder\w*)\s+"
            r"(?P<it>\d{2}(?: år)?)(?!\w|\s\w+\s?(?:sedan|långt))",
            _I,
        ),
        re.compile(rf"\b(?:\d{{1,3}}|{_NUMBER_EN})[ -]years?[ -]old\b", _I),
        re.compile(
            r"\b(?:aged|at the age of|i turned|i am|i was|i'm)\s+(?P<it>\d{2})(?=[.,;!]| (?:when|and|now)\b|$)", _I
        ),
    ),
    "year": (
        re.compile(rf"(?<![\w/€.,]){_YEAR}(?:\s?{_DASH}\s?{_YEAR})?(?![\d/]|\s?-?(?:lu[kv]u|tal)|-|s\b|{_UNITS})", _I),
        re.compile(
            r"\b(?:vuonna|kesällä|syksyllä|talvella|keväällä|vuodesta|vuoteen|år|året|hösten|våren|sommaren|vintern|in)"
            r"\s+(?P<it>[-'’]\d\d)(?!\d)",
            _I,
        ),
    ),
}
KINDS = (*_CODES, *(kind for kind in _KINDS if kind != "year"))


def _plain(code: str, century: int) -> str:
    """An identity code as the register writes it: without spaces, and with one kind of dash."""
    tight = re.sub(r"\s", "", re.sub(_DASH, "-", code)).upper()
    return tight if len(tight) == 11 else f"{tight[:century]}-{tight[century:]}"


def finished(street: str) -> Patterns:
    """The patterns, with the inflected last parts of Finnish street names put in."""
    return {
        kind: tuple(re.compile(one.pattern.replace("FI_STREET", street), one.flags) for one in patterns)
        for kind, patterns in _KINDS.items()
    }


def codes(text: str) -> Iterator[tuple[str, Span]]:
    """The numbers whose check character is right, with their kind."""
    for kind, (pattern, check) in _CODES.items():
        for found in pattern.finditer(text):
            try:
                check(found.group())
            except ValidationError:
                continue
            yield kind, found.span()
