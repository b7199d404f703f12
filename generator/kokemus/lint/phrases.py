"""Words that show that the word beside them is a name, or a public name: introductions, kinship, works of art."""

import re
from collections.abc import Iterator
from functools import cache

from kokemus.lint.patterns import Span
from kokemus.lint.wordforms import forms, of

_NAME = r"(?P<it>[^\W\d_]{2,30}(?:-[^\W\d_]{2,30})?)"
_INTRODUCED = re.compile(
    r"\b(?:(?:minun |mun )?(?:etu|suku|kutsuma|oikea )?nime?ni(?: taas)? on|mun nimi on|(?:minut"
    r"|mut) tunnetaan nimellä|(?:minua|mua) (?:kutsutaan|sanotaan) nimellä|nimi:|jag heter|mitt namn är"
    r"|kalla mig(?: för)?|jag kallas(?: för)?|my name(?:['’]s| is)|call me|i go by|they call me|i['’]m called"
    r"|i am called)(?: siis| nyt)?[: ]\s?(?!(?:on|ei|en|muutettu|salattu|tässä|keksitty|ollut|täysin|aika|yleinen"
    r"|harvinainen|vain|sama|jo|se|tuttu|inte|som|samma|något|egentligen|när|om|not|changed|known|in|when|if|any"
    r"|anytime|back|whenever|whatever|crazy|old|a|the|at|by|ahead|no|first|via|to|kept|of|later|today|tomorrow|now"
    r"|lucky|for|through|maybe|and|or|on|as|it|what|how|directly|galen|så|det|vad)\b)" + _NAME
)
_SELF = re.compile(
    r"\b(?:olen|oon|täällä|jag är|det här är|i['’]m|i am|this is)\s(?:se |vaan |vain |bara |just )?"
    + _NAME
    + r"(?P<end>(?=[,.!;]|$|\n| (?:ja|och|and)\b))?"
)
_FOLLOWING = re.compile(r"\s(\w{2,30})")
_CALLED = re.compile(
    r"\b(?:(?:kutsu|sano)\w{0,6} (?:minua|mua)|(?:minua|mua) (?:kutsu|sano)\w{2,6})(?: vain"
    r"| vaan)? (?P<it>\w{2,30}ksi)\b"
)
_ADJECTIVES = re.compile(r"vieno|tyyni|armas|oiva|harras|ainoa|kaino|urho|sulo|aulis|into|ilo|onni")
_KIN = re.compile(
    r"\b(?:(?:äiti|isä|velje|sisko|sisare|poika|tyttäre|lapse|mie(?:s|he)|vaimo|puoliso|kumppani|ystävä|kaveri|naapuri"
    r"|opettaja|lääkäri|terapeutti|hoitaja|ohjaaja|täti|setä|eno|mummo?i?|ukki|vaari|pappa|serkku|kummi|anoppi|appi"
    r"|pomo|exä?)\w{0,6}ni|(?:min|mitt|vår) (?:lille |lilla |bästa |äldre |yngre )?(?:syster|bror|son|dotter|man|fru"
    r"|hustru|make|maka|sambo|pojkvän|flickvän|vän|väninna|kompis|mamma|pappa|mor|far|farmor|farfar|mormor|morfar"
    r"|granne|läkare|lärare|terapeut|kusin|chef)|(?:my|our) (?:little |big |best |older |younger )?(?:sister|brother"
    r"|son|daughter|husband|wife|partner|boyfriend|girlfriend"
    r"|friend|mum|mom|dad|mother|father|aunt|uncle|cousin|neighbour|doctor|teacher|therapist|boss))\s" + _NAME + r"\b"
)
_ABSTRACT = re.compile(
    r"toivo|usko|ilo|onni|rauha|lahja|into|lempi|sisu|voitto|arvo|armo|tahto|unelma|taito|sulo|tarmo|taisto|nousu|valo"
)
_INITIALS = re.compile(r"(?<![\w.])(?!P\.\s?S|U\.\s?S|U\.\s?K|A\.\s?A|N\.\s?A)[A-ZÅÄÖ]\.\s?[A-ZÅÄÖ]\.(?!\w)")
_SAYS = re.compile(
    r"\s(?:kertoi|sanoi|sanoo|kysyi|vastasi|soitti|kuunteli|halasi|työskenteli|opiskeli|kirjoitti|lupasi|ehdotti"
    r"|kuiskasi|nyökkäsi|lähetti|sairastui|raitistui|ja (?:minä|hänen|vaimonsa|miehensä)|berättade|sade|sa|frågade"
    r"|svarade|ringde|lyssnade|kramade|skrev|lovade|said|told|asked|called|rang|listened|hugged|wrote|replied|answered"
    r"|promised)\b"
)
_WORK = (
    r"(?:romaani|kirja|elokuva|leffa|sarja|tv-sarja|näytelmä|ooppera|laulu|runo|novelli|satu|tarina)(?:n|ssa|sta|issa"
    r"|ista|en)|(?:romaani|satu|elokuva)?hahmo\w{0,4}|päähenkilö\w{0,4}|sankari\w{0,4}|(?:kirjailija|säveltäjä"
    r"|runoilija|filosofi)\w{0,2}|romanen|romanens|boken|bokens|filmen|filmens|pjäsen|dikten|sången|(?:roman"
    r"|huvud)person\w{0,2}|figuren|författaren|(?:the )?(?:novel|book|film|movie|song|poem|character|author|writer"
    r"|poet|composer|hero|heroine)"
)
_CAPITAL = r"[A-ZÅÄÖ][\w’'-]{1,40}"
_GENITIVE = re.compile(rf"n {_CAPITAL}")
_FICTION = re.compile(
    rf"\b(?i:{_WORK})(?: (?!\w{{0,20}}ni\b)[a-zåäö]\w{{0,20}}){{0,1}}(?P<it>(?: {_CAPITAL}){{1,3}})"
    rf"|(?P<that>{_CAPITAL}(?: {_CAPITAL}){{0,2}}) (?:(?:[a-zåäö]\w{{0,20}} ){{0,2}}"
    r"(?:romaani(?:ssa|sta)|kirja(?:ssa|sta)|elokuva(?:ssa|sta)|näytelmä(?:ssä|stä)|i romanen|i filmen|i boken"
    r"|in the (?:novel|book|film|movie|story))|(?:on|oli|är|var|is|was) (?:[a-zåäö]\w{0,20} ){0,3}"
    r"(?:romaani|roman|satu)?(?:hahmo|henkilö|figur|character|hero|heroine))\w{0,3}\b"
)
_POST = re.compile(
    r"\b(?:kylä|kunna|pitäjä|paikkakunna|kaupungi|saare|seurakunna|maakunna|lapi|suome|alueen?|seudu)(?:n"
    r"|mme) (?:ainoa|ainut|ensimmäinen|nuorin|vanhin|viimeinen)\w{0,4} \w{3,40}|\bain(?:oa|oana|ut"
    r"|oita) \w{3,40} (?:koko )?(?:kyläs|kunnas|paikkakunnal|kyläl|pitäjäs|saarel|kaupungis|seudul)\w{2,6}|\b(?:byns"
    r"|ortens|kommunens|socknens|stadens|öns|landets|finlands) (?:enda|första|sista|yngsta|äldsta) \w{3,40}"
    r"|\b(?:olympia|mm-?|em-?|sm-?|maailman|euroopan|suomen)\s?(?:kul|hope|pronssi|voitta|mital|mestar)\w{1,12}"
    r"|\b(?:olympic|world|european|finnish|national) (?:champion|medal|gold|silver|bronze)\w{0,4}|\b(?:olympiska"
    r"|världs|finsk)\s?mäst\w{2,6}|\bthe (?:only|first|last|youngest|oldest) (?:\w{2,20} )?\w{3,40} (?:in|of"
    r"|on) (?:the|our|my|this) (?:\w{2,12} )?(?:village|town|parish|island|municipality|county|country)"
)


def names(text: str, small: str) -> Iterator[tuple[str, Span]]:
    """Initials, and names introduced by the words before them, in upper or lower case."""
    yield from (("name", match.span("it")) for match in _INTRODUCED.finditer(small))
    yield from (("name", match.span()) for match in _INITIALS.finditer(text))
    for match in _CALLED.finditer(small):
        if _is_given(match["it"].removesuffix("ksi")):
            yield "name", match.span("it")
    for match in _SELF.finditer(small):
        name = match["it"]
        alone = match["end"] is not None or _surname_follows(small, match.end())
        given = _is_given(name) and (name in forms().sure or alone) and not _ADJECTIVES.fullmatch(name)
        if given or (name in of("surname") and name in forms().lemmas & forms().sure):
            yield "name", match.span("it")
    for match in _KIN.finditer(small):
        name = match["it"]
        if _is_given(name) and not _ABSTRACT.fullmatch(name):
            yield "name", match.span("it")


def says(small: str, at: int, name: str) -> bool:
    """Whether a verb follows that only people do, so that even «Toivo» is a name there; but not «sisko» or «veli»."""
    return bool(_SAYS.match(small, at)) and name not in ("sisko", "veli")


def posts(small: str) -> Iterator[tuple[str, Span]]:
    """What only one person is: «kylän ainoa kauppias»."""
    yield from (("post", match.span()) for match in _POST.finditer(small))


def public(text: str, small: str) -> bytes:
    """For each character, whether it is in a public name: of a work, its author or a character in it."""
    marks = bytearray(len(text))
    fiction = (match.span("it" if match["it"] else "that") for match in _FICTION.finditer(text))
    for start, end in (*(match.span() for match in _known().finditer(small)), *fiction):
        following = _GENITIVE.match(text, end - 1)
        end = following.end() if following else end
        marks[start:end] = b"\1" * (end - start)
    return bytes(marks)


@cache
def _known() -> re.Pattern[str]:
    stems = "|".join(sorted((re.escape(words.replace("_", " ")) for words in of("public")), key=len, reverse=True))
    return re.compile(rf"\b(?:{stems})\w{{0,6}}")


def _is_given(name: str) -> bool:
    return name in forms().lemmas and name in of("given", "given-abroad") and name not in of("word-en", "word-sv")


def _surname_follows(small: str, at: int) -> bool:
    following = _FOLLOWING.match(small, at)
    return following is not None and following[1] in of("surname", "surname-abroad")
