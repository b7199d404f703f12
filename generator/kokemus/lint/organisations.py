"""Workplaces, schools, wards and associations in a text: a word such as «school» with a name, or an abbreviation."""

import re
from collections.abc import Iterator, Sequence

from kokemus.lint.patterns import Span
from kokemus.lint.wordforms import forms, of
from kokemus.text import Word, adjoining

_LEGAL_FORM = re.compile(r"ry|oy|oyj|ab|ky|tmi|rf|ltd|inc|rn|rs")
_OWN = re.compile(
    r"on|oli|olen|eli|ja|tai|oma|pieni|uusi|perustin|perustimme|ei|että|joku|jokin|tämä|se|iso|ett|en|är|och|som"
)
_INSTITUTION = re.compile(
    r"\w{0,40}(?:sjukhus(?:et)?|skolan?|gymnasi(?:um|et)|universitet(?:et)?|församling(?:en)?|central(?:en)?"
    r"|station(?:en)?|klinik(?:en)?|fabrik(?:en)?|daghem(?:met)?|förening(?:en)?|akademin?|bibliotek(?:et)?"
    r"|fängelse(?:t)?|anstalt(?:en)?|lasarett(?:et)?|avdelning(?:en)?|teater(?:n)?|institut(?:et)?|lyceum|boende(?:t)?"
    r"|mottagning(?:en)?)s?|\w{0,20}group\w{0,4}|hospital|school|university|college|clinic|church|parish|association"
    r"|foundation|prison|factory|academy|library|museum|theatre|cent(?:re|er)|institute|kindergarten|ward|council"
)
_ENDS_AS_INSTITUTION = re.compile(
    r"\w{2,40}(?:sairaala|koulu|opisto|asema|keskus|keskukse|koti|kodi|toimisto|virasto|tehtaa|tehdas|kauppa|kaupa"
    r"|seura|yhdistys|yhdistykse|laitos|laitokse|osasto|poli|klinika|klinikka|marketi|market|vankila|lukio|päiväkoti"
    r"|talo|pajalla|paja)(?:n|a|ä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|on|oon|iin|aan|een|uun)?"
)
_PLACE_GENITIVE = re.compile(
    r"(?!(?:koti|lähi|naapuri|sivu|kirkon|maalais|synnyin|lapsuu|mökki|metsä|pien)\w{0,4}(?:kylä|järve|mäe|joe"
    r"|saare))\w{2,20}(?:järven|joen|niemen|lahden|kosken|mäen|saaren|harjun|vaaran|kylän|salmen|lammen|lammin|rannan"
    r"|ojan|suon|pellon|puron|kankaan|nummen|korven|kallion|vuoren|laakson|hovin|linnan|kartanon|kulman|portin|rinteen"
    r"|niityn|notkon|viidan)|(?!(?:sairaa|ravinto|kahvi|vanki|huolto|paranto|pesu|kana|siko|asui|kylpy"
    r"|ammu)l)\w{3,20}[ioeuyaä]l[aä]n"
)
_SERVICE = re.compile(
    r"\b\w{2,20}[iaä]?[nt] (?P<it>(?!(?:kunna|kaupungi|kotikunna|kylä|oma|lähi|lähimmä|uude|vanha|sama|paikallise"
    r"|aluee|naapurikunna|toise|piene|iso|suure|minu|meidä|heidä|häne|lapse|lasten|tyttäre|poja|äidi|isä|sisko|velje"
    r"|kaveri|ystävä|puoliso|miehe|vaimo|tuo|tämä|usei|yksi|silloi|kerra|mone|kahde|kolme|koko|seuraava|ensimmäise"
    r"|entise|aikoinaa|nuorte|aikuiste|viiko|vuode|päivä|illa|yö|ehdi|kävi|ol[ei]|men[ei]|jouduin?|pääsi|tääl"
    r"|siell)n? )\w{3,20}(?<!se)n (?:terveysasema|hyvinvointi(?:asema|keskus|keskukse)|neuvola|päiväkoti|päiväkodi"
    r"|ala-aste|lukio|kirjasto|sairaala|hammashoitola|seurakunna|nuorisotalo|kirko)\w{1,6})\b"
)
_ABBREVIATION = re.compile(
    r"(?<![\w-])(?:(?P<it>[A-ZÅÄÖ]{2,7})(?P<end>:[a-zäö]{1,6}|-[A-ZÅÄÖ][a-zåäö]{2,40}|-[a-zåäö]{2,40}(?:ssa|ssä|sta"
    r"|stä|lla|llä|lta|ltä|lle|iin|aan|oon|een)|i?(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|in|iin)))(?![\w-])"
)
_AT_ABBREVIATION = re.compile(r"\b(?:på|vid|hos|från|at|for|from|with)\s(?:the\s)?(?P<it>[A-ZÅÄÖ]{3,6})(?![\w-])")
_SMALL_ABBREVIATION = re.compile(
    r"(?<![\w-])(?P<it>[a-zäö]{3,6}?)(?::?i?(?:ssa|ssä|sta|stä|lla|llä|lta|ltä)|:[a-zäö]{1,5}|iin)(?!\w)"
)
_WARD = re.compile(
    r"\b(?:\w{0,30}osasto(?:n|a|ssa|sta|on|lla|lta|lle)?|avdelning(?:en)?"
    r"|ward)\s{1,2}(?:[a-z]?\d{1,3}\s?[a-z]?(?::\w{1,6})?)(?!\w)"
)


def found(
    text: str, small: str, listed: Sequence[Word], kinds: Sequence[str | None], language: str
) -> Iterator[tuple[str, Span]]:
    """The organisations among the words of a text. ``kinds`` says what each word names."""
    yield from (("organisation", match.span()) for match in _WARD.finditer(small))
    if language == "fi":
        yield from (("organisation", match.span("it")) for match in _SERVICE.finditer(small))
    yield from (("organisation", span) for span in _abbreviations(text, language))
    for index, word in enumerate(listed):
        if not _is_institution(word):
            continue
        first = index
        legal = bool(_LEGAL_FORM.fullmatch(word.small))
        while first and adjoining(text, listed[first - 1], listed[first]):
            before, kind = listed[first - 1], kinds[first - 1]
            if not (before.capital and legal) and not _modifies(before, kind):
                break
            first -= 1
        if legal and first == index and index and adjoining(text, listed[index - 1], word):
            # «toivonkipinä ry:ssä»
            first -= not _OWN.fullmatch(listed[index - 1].small) and word.small in ("ry", "rf")
        last = index
        following = listed[index + 1 : index + 2]
        if word.capital and following and kinds[index + 1] and adjoining(text, word, *following):
            last += 1
        if first < index or (last > index and not word.initial):
            yield "organisation", (listed[first].start, listed[last].end)


def _abbreviations(text: str, language: str) -> Iterator[Span]:
    """«OYS:ssa», «LKS-osastolla», «TAYSissa», «på ÅUCS»; but no abbreviations of illnesses, treatments and the like."""
    for match in _ABBREVIATION.finditer(text):
        if match["it"].lower() not in of("harmless-as-is"):
            yield match.span()
    known = of("abbreviation")
    for match in re.finditer(r"(?<![\w-])[A-ZÅÄÖ][A-Za-zåäöÅÄÖ]{1,8}(?!\w)", text):
        if match.group().isupper() and match.group().lower() in known:
            yield match.span()
    if language == "fi":
        for match in _SMALL_ABBREVIATION.finditer(text):
            if match["it"] in known:
                yield match.span()
    else:
        for match in _AT_ABBREVIATION.finditer(text):
            if match["it"].lower() not in of("harmless-as-is"):
                yield match.span("it")


def _modifies(word: Word, kind: str | None) -> bool:
    """Whether a word before «school» or «hospital» says which one."""
    if _PLACE_GENITIVE.fullmatch(word.small):
        return True
    listed = kind is not None or word.small in forms().kind
    return word.capital and not word.text.isupper() and (listed or not word.initial)


def _is_institution(word: Word) -> bool:
    small = word.small
    return (
        small in of("institution")
        or small.rpartition("-")[2] in of("institution")
        or bool(_LEGAL_FORM.fullmatch(small) or _INSTITUTION.fullmatch(small) or _ENDS_AS_INSTITUTION.fullmatch(small))
    )
