"""Numbers and dates in words, as parts of regular expressions, for Finnish, Swedish and English."""

MONTH_FI = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)(?:k\.|kuu(?:n|ta|ssa|sta|hun|lta|lla)?)"
)
MONTH_SV = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
MONTH_EN = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec)"
)
MONTH = rf"(?:{MONTH_FI}|{MONTH_SV}|{MONTH_EN})"

_ONES_FI = (
    r"yksi|yhde|kaksi|kahde|kahte|kolme|neljä|viisi|viide|viite|kuusi|kuude|kuute|seitsemä|kahdeksa|yhdeksä|kymmene"
)
_ATOM_FI = (
    rf"(?:(?:{_ONES_FI})(?:nä|na|ksi|n|ä|a)?|kymmentä|kymppi|kymppiä|kyt|kymment|toista|sataa?|sadan|tuhat|tuhatta"
    r"|tuhannen|kaks|kolt|kol|nelj|nel|viis|kuus|seiska|seis|kaheksa[an]?|kasi|ysi)"
)
NUMBER_FI = rf"(?:{_ATOM_FI}{{1,9}})"
COMPOUND_FI = rf"(?:{_ATOM_FI}{{2,9}})"
TENS_SV = r"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)"
_ONES_SV = r"(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)"
NUMBER_SV = rf"(?:{TENS_SV}{_ONES_SV}?|{_ONES_SV}|tio|elva|tolv|\w{{2,5}}ton)"
TENS_EN = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES_EN = r"(?:one|two|three|four|five|six|seven|eight|nine)"
NUMBER_EN = rf"(?:{TENS_EN}(?:[ -]{_ONES_EN})?|{_ONES_EN}|ten|eleven|twelve|\w{{3,5}}teen)"

ORDINAL_FI = (
    r"(?:(?:(?:kahde|kolma)(?:s|nte\w{0,3})kymmene(?:s|nte\w{1,4}))?(?:(?:ensimmäi|viimei)(?:nen|se\w{1,4})|toi(?:nen"
    r"|se\w{1,4})|(?:yhde|kahde|kolma|neljä|viide|kuude|seitsemä|kahdeksa|yhdeksä|kymmene)(?:s|nne\w{1,4}|nte\w{1,4}"
    r"|tt[aä])(?:toista)?)|(?:kahde|kolma)(?:s|nte\w{0,3})kymmene(?:s|nte\w{1,4}))"
)
ORDINAL_SV = (
    r"(?:(?:tjugo|trettio)?(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde)|tionde|elfte|tolfte"
    r"|\w{2,5}tonde|tjugonde|trettionde)"
)
ORDINAL_EN = (
    r"(?:(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh"
    r"|twelfth|\w{3,5}teenth|twentieth|thirtieth)"
)

YEAR_WORDS = (
    rf"(?:(?:tuhat|tuhannen|yhdeksäntoista\s?sataa)\s?yhdeksän\s?sataa\s?{NUMBER_FI}?"
    rf"|yhdeksäntoista\s?sataa\s?{NUMBER_FI}|(?:kaksituhatta|kahdentuhannen)\s?{NUMBER_FI}"
    rf"|nitton\s?hundra\s?{NUMBER_SV}|tjugo\s?hundra\s?{NUMBER_SV}|tvåtusen\s?{NUMBER_SV}|nineteen[ -](?:hundred and "
    rf"|oh[ -])?{NUMBER_EN}|twenty[ -](?:ten|eleven|twelve|\w{{3,5}}teen|twenty(?:[ -]{_ONES_EN})?)"
    rf"|two thousand(?: and)? {NUMBER_EN})"
)

DECADE = (
    r"(?:\d{0,2}\d0|\w{3,12}kymmentä|kasari|ysäri)-?\s?lu[kv]u\w{0,3}|(?:kasari|ysäri|seiskari|kuuskyt|seiskyt)\w{0,4}"
    r"|\d{0,2}\d0-tal\w{1,3}|\w{2,6}tiotal\w{1,3}|(?:\d{2})?\d0[’']?s|(?:twent|thirt|fort|fift|sixt|sevent|eight"
    r"|ninet)ies"
)

_DIGIT_FI = r"nolla|yksi|yks|kaksi|kaks|kolme|neljä|viisi|viis|kuusi|kuus|seitsemän|kahdeksan|yhdeksän|seiska|kasi|ysi"
DIGIT_WORD = (
    rf"(?:{_DIGIT_FI}|noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio"
    r"|zero|oh|one|two|three|four|five|six|seven|eight|nine)"
)
PART_WORD = (
    rf"(?:{DIGIT_WORD}|\w{{3,9}}(?:kymmentä|kymppiä|kyt)\w{{0,9}}|sata\w{{0,12}}|{TENS_SV}{_ONES_SV}?|hundra"
    rf"|{TENS_EN}(?:-{_ONES_EN})?|double|triple|hundred|\d{{1,3}})"
)
