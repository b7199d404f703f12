"""Patterns of days, years and ages, in figures and in words.

Every repeat is bounded, so that the time is proportional to the length of the text.
"""

from kokemus.lint.contacts import DASH
from kokemus.lint.numerals import (
    COMPOUND_FI,
    DECADE,
    MONTH,
    MONTH_EN,
    MONTH_FI,
    MONTH_SV,
    NUMBER_EN,
    NUMBER_FI,
    NUMBER_SV,
    ORDINAL_EN,
    ORDINAL_FI,
    ORDINAL_SV,
    TENS_EN,
    TENS_SV,
    YEAR_WORDS,
)

_YEAR = r"(?:19[2-9]\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_UNITS = (
    r"\s?(?:euro|€|%|km\b|m\b|g\b|kg\b|mg\b|ihmi|henk|kappal|kertaa|kilo|metri|askel|sana|sivu|seuraaj|potila"
    r"|osallistuj|jäsen|tunti|personer|people|tun|kr\b|steps|words|pages|followers|members|hours|steg|ord\b|sidor"
    r"|följare|medlemmar|timmar)"
)
_NO_AGE = r"(?!\s?(?:sitten|ajan|aikaa|raitti|kuiv|kest|myöh|jälk|pääst|kokem|selvin|eteen|ennen|putke))"
_WHO = (
    r"(?:mies|nainen|äiti|isä|poika|tyttö|man|kvinna|mamma|pappa|mor|far|kille|tjej|woman|mother|father|male|female"
    r"|girl|boy|kertoja|leski|anhörig|omainen)"
)


DATES: tuple[str, ...] = (
    rf"(?<![\d.])(?<!klo )(?<!kello ){_DAY}\.\s?{_MONTH_NUMBER}\.\s?(?:{_YEAR}|\d\d(?!\d))?(?!\d)",
    rf"(?<!\d){_DAY}[./-]{_MONTH_NUMBER}[./-](?:{_YEAR}|\d\d(?!\d))(?!\d)",
    rf"(?<!\d){_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?!\d)",
    rf"(?<!\d)(?:[12]\d|3[01]|0?[1-9])(?:\.|:e|st|nd|rd"
    rf"|th)?\s{{1,2}}(?:of )?(?:päivä\w{{0,3}}\s)?(?:{MONTH})(?!\w)(?:\s{_YEAR})?",
    rf"\b(?:{MONTH})\s{{1,2}}(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?\b(?:,?\s{_YEAR})?",
    rf"\b(?:{MONTH}),?\s{{1,2}}(?:vuonna |vuoden |år |in )?(?:{_YEAR}|[-'’]\d\d)(?!\d)",
    rf"(?<![\w/.-]){_MONTH_NUMBER}/(?:{_YEAR}|[5-9]\d)(?!\d)",
    rf"\b{MONTH_FI}\s{ORDINAL_FI}(?:(?<=n[aä]|ta)\b|(?=\späivä|[.,;!?]|$))"
    rf"|\b{ORDINAL_FI}\s(?:päivä\w{{0,4}}\s)?{MONTH_FI}",
    rf"\b{ORDINAL_SV}\s(?:dagen i\s)?{MONTH_SV}\b",
    rf"\b{ORDINAL_EN}\s(?:day\s)?(?:of\s)?{MONTH_EN}\b|\b{MONTH_EN}\s(?:the\s)?{ORDINAL_EN}\b",
    r"\b(?:syntymä(?:aika|päivä)\w{0,4}|synt\.?|syntynyt|hetu\w{0,3}|henkilötunnu\w{1,8}|född"
    r"|born)\b[^.!?\d\n]{0,20}(?P<it>\d{6}|\d{8})(?!\w)",
)

YEARS: tuple[str, ...] = (
    rf"(?<![\w/€,])(?<!\d\.)(?<!\bnoin )(?<!\byli ){_YEAR}(?:\s?(?:{DASH}|/)\s?(?:{_YEAR}|\d\d))?(?![\d/]"
    rf"|\s?-?(?:lu[kv]u|tal)|-|['’]?s\b|{_UNITS})",
    r"\b(?:vuonna|kesällä|syksyllä|talvella|keväällä|vuodesta|vuoteen|vuoden|vm\.?|vuosimallia|synt?\.|synnyin"
    r"|syntynyt|år|året|hösten|våren|sommaren|vintern|sedan|född|in|since|spring|summer|autumn|winter"
    r"|of)\s?(?P<it>[-'’]\d\d)(?!\d)",
    r"\b(?:vm|vuosimallia|vsm|årgång)\.? ?(?P<it>\d\d)(?!\d)|(?<=\w )[-'’](?:[5-9]\d|[01]\d|2[0-6])(?=[.,;!?]|$)"
    r"|(?<!\w)[-'’]\d\d (?:synty|född|born)\w{0,6}",
    rf"\b(?:vuonna|vuoden|vuodesta|vuoteen|kesällä|syksyllä|talvella"
    rf"|keväällä)\s(?P<it>{COMPOUND_FI}(?:\s{NUMBER_FI}){{0,4}})(?!\w)",
    rf"\b{YEAR_WORDS}(?!\w)",
    rf"\b(?:år|våren|sommaren|hösten|vintern|sedan)\s(?P<it>{TENS_SV}(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio))\b",
    rf"\b(?:in|of|since)\s(?:the (?:spring|summer|autumn|fall|winter) of\s)?(?P<it>{TENS_EN}-\w{{3,5}})\b",
    # A decade is vague, but a part of one is not: «80-luvun alussa», «i slutet av 90-talet», «the late eighties».
    rf"(?<!\w)(?:{DECADE})[\s-]{{1,2}}(?:ihan |aivan |ensi)?(?:alu|alku|lopu|lopp|puoliväl|puolessaväl|taite|taitt"
    rf"|vaihte|ensimmäis|viimeis)\w{{0,9}}",
    rf"\b(?:början|slutet|mitten|tidigt|sent)(?: av| på)?\s(?:{DECADE})(?!\w)",
    rf"\b(?:early|late|mid|beginning of|end of|start of|turn of)[\s-]{{1,2}}(?:the )?(?:{DECADE})(?!\w)",
    r"\b(?:vuosituhannen|vuosisadan|vuosikymmenen) vaihte\w{2,6}|\b(?:sekel|millennie)skiftet"
    r"|\bturn of the (?:millennium|century)",
)

AGES: tuple[str, ...] = (
    rf"(?<![\w,.–-])(?<!yli )(?<!alle )(?<!ään )(?<!än )(?:\d{{1,3}}\s?{DASH}?|\b{NUMBER_FI}\s?-?)vuotia(?:s"
    rf"|a\w{{0,8}}|i\w{{0,8}}|ks\w{{0,8}})",
    r"\b(?:kak[st]i?|kol[mt]?[ei]?|nel[jäi]{0,2}|viisi?|kuusi?|seit?seno?|seitsemän|seiska|kahdeksan|yhdeksän"
    r"|kaheksan)n?kymppi\w{0,10}",
    r"\b(?:kaks|kol|nel|viis|kuus|seis|kaheksan|yheksän)k[yi]t?pp?[iv]\w{0,10}nen\b",
    rf"\b(?:täyt\w{{1,12}}|ikää|ikäni on|iältäni)\b[^.!?\d\n]{{0,30}}?(?P<it>\d{{2}}(?:\s?v(?:uotta|\.|\b))?"
    rf"|\b{NUMBER_FI}(?: vuotta)?)(?!\w)",
    r"\b(?:olen|olin|oon|on)\s(?:jo |nyt |kohta |vasta |nykyään |tällä hetkellä |melkein )?"
    r"(?P<it>[1-9]\d(?:\s?-?v\.|\s?-?v\b|\s?vuotta(?=\s*[.,!]|\s+vanha)|(?=[.,;!?]|$| ja | vanha)))" + _NO_AGE,
    rf"\b(?:olen|olin|oon|olisin)\s(?:jo |nyt |kohta |vasta "
    rf"|pian )?(?P<it>{COMPOUND_FI}(?: vuotta(?! sitten)(?: vanha)?)?)(?=[.,;!?]|$| ja | vanha)",
    rf"(?<![\w,.])(?:[1-9]\d?\s?-?|{COMPOUND_FI} )v(?:\.|\b)(?!\w){_NO_AGE}",
    r"\bikä(?:ni|ä)?(?: on|:)? (?P<it>\d{2})(?!\w)",
    rf"(?<![\w,.])(?:\d{{1,2}}|{NUMBER_FI}) vuo(?:den|tta) (?:iä|ikä|vanha)\w{{1,10}}|(?<!\w)\d\d:?n (?:iä|ikä"
    rf"|vanha)\w{{1,8}}",
    rf"\b{NUMBER_FI}(?:ikävuo|\sikävuo)\w{{1,8}}|(?<!\w)\d{{1,2}}\.? ikävuo\w{{1,8}}"
    rf"|\b\w{{3,12}}nnellä kymmenellä\w{{0,3}}",
    r"(?<=, )(?P<it>[1-9]\d\s?(?:v\.?|vuotta|år))(?=,|\.|$| ja )",
    rf"\b{_WHO}[,:]? \(?(?P<it>[1-9]\d)(?=[,.;)]|$)|^(?P<start>[1-9]\d)(?:-| )?(?:v|år)\b",
    rf"(?<![\w-])(?:\d{{1,3}}[ -]?|\b{NUMBER_SV} ?)(?<!över )år(?:ig\w{{0,3}}|ing\w{{0,3}}|s ?åldern|s ålder)\b",
    rf"(?<!\w)(?:\d{{1,3}}|{NUMBER_SV}) års? (?:gam\w{{1,5}}|ålder\w{{0,3}})|\b\d0-plussare\w{{0,2}}"
    rf"|\b{TENS_SV}plussare\w{{0,2}}",
    rf"\b(?:jag är|jag var|är nu|fyller|fyllde|fyllt|ålder\w{{0,4}})\s(?:nu |redan |bara |snart |nyss "
    rf"|just )?(?:är )?(?P<it>(?:\d{{2}}|{TENS_SV}\w{{0,4}}|\w{{2,5}}ton)(?: år\b)?)(?=[,.;!?]|$| (?:och|när|då|med"
    rf"|gammal|i|för)\b)",
    r"(?<![\w.,])(?<!över )(?<!under )(?<!i )(?<!på )(?<!för )[2-9]\d år(?=[,.]| och (?:har|är|bor|jag|mamma|pappa)\b)",
    rf"\b(?:\d{{1,3}}|{NUMBER_EN})[ -]years?[ -](?:old|of age)\b|\b\d{{1,3}} ?(?:y/?o|yrs? old)\b",
    rf"\b(?:aged|at the age of|age|i(?: just| recently)? turned|turning|i am|i was|i'm|i’m|(?:when"
    rf"|since) i was)\s(?:only |just |now |about )?(?P<it>\d{{2}}|{NUMBER_EN})(?=[.,;!?]| (?:when|and|now|in|last|this"
    rf"|years old|i)\b|$)",
    rf"\b(?:at|before)\s(?P<it>\d{{2}}|{TENS_EN}(?:-\w{{3,5}})?|\w{{3,5}}teen)(?=,? (?:i|my|and i)\b|[.!?]|$)",
    r"\bin my (?:early |late |mid[ -])?(?:teens|(?:twent|thirt|fort|fift|sixt|sevent|eight)ies|\d0[’']?s)\b",
)
