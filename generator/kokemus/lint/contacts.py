"""Patterns of ways to reach a person without the coordinator: e-mail, links, user names, addresses, phone numbers.

Every repeat is bounded, so that the time is proportional to the length of the text.
"""

from collections.abc import Mapping

from kokemus.lint.numerals import DIGIT_WORD, NUMBER_FI, NUMBER_SV, PART_WORD

Sources = Mapping[str, tuple[str, ...]]

DASH = r"[-\u2010-\u2015\u2212]"

_AT = r"(?:at|ät|ät-merkki|miukumauku|kissanhäntä|snabel-?a|a-kiemura)"
_MAILBOX = (
    r"(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|proton(?:mail)?|luukku|suomi24|kolumbus|elisanet|netti"
    r"|posti)"
)
_MARKED = r"(?:[^\W_]{0,30}(?:[\d_]|\.\w)[\w.]{0,30})"
_STREET_SV = r"(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|allén|torget|backen|stranden)"
_TOP_LEVEL = r"(?:fi|com|net|org|info|eu|se|no|ee|me|blog|io|app|page|site|tv|ax|example)"
_NATIONAL = r"(?:mielenterveystalo|terveyskyla|omakanta|kela|fpa|thl|suomi|sekasin|mieli|mielenterveysseurat)\.fi\b"
_SHORT = (
    r"(?:ig|insta|instagram|snap|snapchat|snäppi|tiktok|tik tok|tt|discord|telegram|twitter|twitch|youtube|threads"
    r"|bluesky|mastodon|fb|kik|jodel)"
)
_PLATFORM = (
    r"(?:insta(?:gram)?|ig|facebook|fb|face|tiktok|tik tok|tt|snap(?:chat|pi)?|snäp(?:pi|i)|youtube|twitter|discord"
    r"|telegram|jodel|reddit|twitch|threads|bluesky|mastodon|whatsapp|linkedin|soundcloud|patreon|foorumi|kik"
    r"|some(?=ssa|sta))(?:-?(?:kanava|tili|sivu|konto|account|nimimerk|tunnu|profiil)\w{0,8}|[:’']?i?(?:ssa|ssä|sta"
    r"|stä|lla|llä|n|ni|s))?\b"
)
_CALLED = (
    r"(?:nimellä|nimimerkillä|nimimerkkini on|tunnuksella|tunnuksena|tunnukseni on|tunnus on|käyttäjänimi(?:llä|ni on)"
    r"|käyttäjänä|hakusanalla|nimi on|sivuni(?: nimi)? on|profiilini on|tilini on|kanavani on|heter jag|jag heter"
    r"|heter|är jag|namnet|mig som|jag som|me as|i am as|under the name|called|name is|handle is)"
)
_I_AM = (
    r"(?:olen|oon|mä oon|i am|i'm) (?!\w{0,20}(?:nut|nyt|nyt|neet|ssa|ssä|ing|lla|llä)\b)(?!(?:mukana|paljon|vain"
    r"|usein|harvoin|joskus|aina|myös|aktiivi|äiti|isä|hiljaa|yksi|osa|ihan|tosi|part|just|not|only|very"
    r"|active)\w{0,6}\b)"
)
_NO_HANDLE = (
    r"(?!(?:sovellu|tili|kanav|sivu|ryhm|app|konto|account|group|kanal|video|ja\b|tai\b|och\b|and\b|or\b|että\b|joka\b"
    r"|in\b|of\b|a\b|the\b|well\b|much\b|en\b|ett\b|jag\b|on\b|är\b|is\b|oli\b|ei\b|on\b))"
)
_END = r"(?=\s*(?:[.,;!?)]|$|\n| (?:ja|tai|och|eller|and|or)\b))"
_USER = r"[\"”“'»]?(?P<it>\w[\w.]{2,40}\w)"
_TAIL = r"\s{1,2}\d{1,4}(?:-\d{1,3})?\s?(?:[a-z]\b(?:\s?\d{1,3}\b)?|\b)(?:\s?(?:as|bst|apt|lgh)\.?\s?\d{1,3})?"
_SEP = rf"(?:[^\w\n,]|_|{DASH}){{0,4}}"
_ZERO = r"[0o]"


CONTACTS: Sources = {
    "email": (
        # With a sign for «at»; the top-level domain may be missing: «helmi@posti», «helmi (ät) posti».
        r"(?<![\w.+-])[\w.+-]{1,64}(?: ?@ ?(?=[\w-]+\.)|@| ?[(\[{] ?(?:at|ät|@"
        r"|miukumauku) ?[)\]}] ?)[\w-]{2,63}(?:(?:\.|\s?[(\[{]\s?(?:dot|piste|punkt|\.)\s?[)\]}]\s?)[\w-]{1,63}){0,5}",
        r"(?<![\w.+-])[\w.+-]{3,64}@(?=[\s.,;]|$)",
        r"(?<![\w.+-])[\w.+-]{1,64}\s?[(\[{]a[)\]}]\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
        # In words: «kanerva piste lumi ät posti piste example», «helmi.kaamos ät gmail».
        rf"(?<![\w-])[\w-]{{1,64}}(?: (?:piste|dot|punkt) [\w-]{{1,64}}){{0,3}} {_AT} [\w-]{{1,64}}"
        r"(?: (?:piste|dot|punkt) [\w-]{1,64}){1,3}",
        rf"(?<![\w.+-])[\w.+-]{{3,64}} {_AT} {_MAILBOX}\b",
        rf"(?<![\w.+-])[^\W\d_]{{2,40}}[._\d][\w.+-]{{2,40}} (?!at\b){_AT} \w{{3,40}}",
        rf"(?<![\w.+-])(?P<it>{_MARKED}) (?:på |at |in )?{_MAILBOX}\w{{0,6}}\b",
        rf"\b{_MAILBOX}\w{{0,6}}(?:-\w{{5,10}})?(?: on| är| is|:)? (?P<it>{_MARKED})",
        rf"\b(?:sähköposti|e-?post|e-?mail|meili)\w{{0,8}}(?: osoite)?(?: on| är| is|:) (?P<it>{_MARKED})(?!\w)",
    ),
    "link": (
        r"https?://[^\s<>\"”)\]]{0,500}[^\s<>\"”)\].,;:!?]",
        r"(?<!\w)www[. ]\w[^\s<>\"”)\]]{0,500}[^\s<>\"”)\].,;:!?]",
        rf"(?<![\w.@/-])(?!{_NATIONAL})[a-zåäö0-9][a-zåäö0-9-]{{0,62}}(?:\.[a-z0-9-]{{1,62}}){{0,4}}\.{_TOP_LEVEL}\b"
        r"(?:/[^\s<>\"”)\]]{0,500}[^\s<>\"”)\].,;:!?])?",
        rf"(?<![\w-])[\w-]{{2,63}} (?:piste|dot|punkt) {_TOP_LEVEL}\b",
    ),
    "handle": (
        r"(?<![\w.@])@\w[\w.]{0,60}\w",
        rf"\b{_PLATFORM}[^.!?\n]{{0,40}}?\b{_CALLED}\s{{1,3}}{_NO_HANDLE}{_USER}",
        rf"\b{_PLATFORM} (?:minä )?{_I_AM}{_USER}{_END}",
        r"\b(?:nimimerkillä|nimimerkilläni|tunnuksella) (?P<it>\w[\w.]{2,40}\w)",
        r"\b(?:nimimerk\w{0,10}|signatur\w{0,2}|nickname|user ?name|användarnamn\w{0,2}|käyttäjätunnu\w{1,8}"
        r"|gamertag)(?: \w{3,20}lla| \w{3,20}ssa)?(?: on| är| is|:) " + _USER,
        # Directly after the platform's name, as in notes: «ig toipuja», «snapchat: yksi_askel».
        rf"\b{_PLATFORM} ?(?::|=|–|-(?= )) ?{_USER}",
        rf"\b{_SHORT} {_NO_HANDLE}{_USER}{_END}",
        rf"\b{_PLATFORM} (?:on |är |is )?(?P<it>{_MARKED})(?!\w)",
        rf"\b(?:tiktok|snap|snäp|insta|ig|discord|twitch|telegram"
        rf"|jodel):?i?ss[aä] {_NO_HANDLE}{_USER}(?=\s*(?:[.,;!?)]|$|\n))",
        r"(?<!\w)\w{2,32}#\d{4}\b",
    ),
    "address": (
        rf"\b(?=[\w-]{{2,60}}\s{{1,2}}\d)[\w-]{{2,60}}(?:FI_STREET|{_STREET_SV}){_TAIL}",
        rf"(?<=[^\W\d_]{{3}})(?:FI_STREET|{_STREET_SV}) (?:{NUMBER_FI}|{NUMBER_SV})\b",
        r"(?<![\w-])[^\W\d_]{4,40} \d{1,3} [a-k] \d{1,3}\b",
        r"\b(?:p\.? ?o\.? ?box|post ?box|postilokero\w{0,4}|postlåda|boks) ?\d{1,6}\b",
        r"(?<![\w-])(?:pl|pb)\.? ?\d{1,6}\b",
        r"\bpostinumero\w{0,6}\s(?:on )?(?P<it>\d{5})\b|\b(?:postnummer\w{0,3}|post ?code)\s(?:är |is )?\d{5}\b",
        r"\bposte restante\b",
        r"\b(?:asun|asuin|asuu|asumme|osoit\w{2,8})\b[^.!?\n]{0,20}?\b(?!(?:koti|sivu|pää|kylä|maan|kävely|lähi"
        r"|moottori)\w{0,4}(?:kat|kad|tie))(?P<it>\w{3,40}(?:kadulla|kadun|katu|kujalla|kuja|tiellä|polulla"
        r"|raitilla|gatan|vägen))\b",
    ),
    "phone": (
        rf"(?<![\w+])(?:\+|00){_SEP}\d(?:{_SEP}\d){{6,15}}(?!\w)",
        rf"(?<![\w+.,:/-])\(?{_ZERO}(?:\)?{_SEP}[1-9o])(?:{_SEP}[\do]){{4,10}}(?!\w)",
        r"(?<![\w+.,/-])\d{7,12}(?![\w.,/-]\w|\w)",
        r"\b(?:puh(?:elin(?:numero\w{0,6})?)?|tel|numero\w{0,6}|soit\w{1,6}|ring|call|nummer|nro|mob(?:iili)?|gsm|text"
        r"|sms)\.?:?\s{1,2}(?:on |är |is |me on |me |mig på |minulle )?(?P<it>(?!11[26]\b)\d{2,4}(?:[\s-]\d{2,4}){1,3}"
        r"|\d{5,12})(?!\w)",
        # Digit by digit, and in words: «0 4 0 5 …», «nolla viisikymmentä viisi …».
        r"(?<![\w,.])\d(?:[ .,*/–-]{1,3}\d){6,12}(?![\w,.]\d|\w)",
        rf"\b(?:{DIGIT_WORD}[\s,-]{{1,3}}){{5,14}}{DIGIT_WORD}\b",
        rf"(?<!\w)(?:nolla|noll|zero|oh|0)(?:[\s,-]{{1,3}}{PART_WORD}){{3,14}}(?!\w)",
        r"\bnolla(?:neljä|nel|viisi|viis)\w{6,80}",
    ),
}
CAPITALS: Sources = {
    "address": (
        r"\b[A-Z]\w{1,40} (?:Street|Road|Avenue|Lane|Drive|Close|St|Rd|Ave)\b\.?(?:\s{1,2}\d{1,4}\b)?",
        rf"(?<=[a-zåäö,;] )[A-ZÅÄÖ][\w-]{{2,60}}(?:FI_STREET|{_STREET_SV})\b(?<![st]tien)",
        r"(?<!\d)\d{5}\s{1,2}[A-ZÅÄÖ][\wåäö-]{1,40}",
        r"\bBox \d{1,6}\b",
        r"(?<![\d.])[56]\d[.,]\d{3,8} ?°? ?[NP]?[,; ]{1,3}[12]\d[.,]\d{3,8}(?!\d)",
    ),
}
"""Patterns that depend on capitals. All others are matched against the text in lower case."""
