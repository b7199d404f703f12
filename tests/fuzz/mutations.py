"""Broken profiles: what a tired person, an editor, an e-mail program or an attacker may make of a valid file.

Every private value and every word of a card is a canary, a word that occurs nowhere else. Some mutations move canaries
to places that a message might quote.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Change = Callable[[str, Random, tuple[str, ...]], str]

TOPICS = ("masennus", "toipuminen", "päihteet", "anxiety", "own-story", "psykoosi", "läheisen rooli")
SCALARS = (
    "31.2.2026", "2026-02-31", "2026-13-45", "0000-00-00", "0001-01-01", "99999-01-01", "2026-3-2", "2.3.2026 klo 12",
    "2026-03-02T25:61:61Z", "2026-03-02 12:00:00 +99:99", "2001-1-1 1:1:1.9999999999", "9" * 5000, "-" + "9" * 400,
    "1e999", "-.inf", ".nan", "0x" + "f" * 400, "0o777", "017", "1_000", "190:20:30", "no", "off", "Y", "~", "null",
    "''", '""', '" "', "=", "<<", "!!binary aGVp", "!!python/object/apply:os.system [true]", "!!set {a, b}", "! x",
    "&a x", "*a", "*", "&", "|", ">-", "|2\n x", "?", "-", "- - - x", "? a\n: b", ":", "::", "#", "@x", "`x`", "%x",
    "”Aino”", "“Aino”", "’a’", "«a»", "–", "Aino”", '"Aino”', "'Aino", '"Aino', '"\\ud800"', '"\\udfff\\ud800"',
    '"\\x00"', '"\\e[31mmasennus"', '"masennu\\x1bs"', '"masennu\\ns"', '"masennu\\rs"', '"masennus\\u202e"',
    '"\\u2028masenus"', '"masenus%0A::error::x"', "masenus", "masennux", "Rovaniem", "ruots", "panel ", "Kem\u200bi",
    "\ufeffx", "a\u0085b", "a\u2028b", "\U0001f600", "e\u0301" * 40, "\u0130", "ß", "a" * 70_000, "{{ x }}", "{% x %}",
    "$(id)", "../../x", "{", "}", "[", "]", "{}", "[]", "[[]]", "[{}]", "[[], {}, 1, a]", "{a: {b: {c: d}}}", "true",
    "false", "1", "-1", "0.5", "{fi: [a]}", "[fi, fi, fi]", "[null, ~, '']", "{? [a] : b}", "[a: b]", "{1: x, true: y}",
)  # fmt: skip
SNIPPETS = (
    "\t", "\u00a0", "\ufeff", "\x00", "\x1b[2J", "\x7f", "\u0085", "\u2028", "\r", "---\n", "...\n", "%YAML 9.9\n---\n",
    "<<: *a\n", "? \n", "- ", ": ", "'", '"', "”", "&a ", "*a", "!!map ", "{", "[", "]", "}", "|\n", ">\n", "#", "\\",
    "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
    "consent: {given: 2026-03-02}\n", "private:\n  name: x\n", "offers: []\n", "\n\n\n", "   ", "\\N", "\\uD83D",
)  # fmt: skip
_KEY = re.compile(r"^( *(?:- )?)([\w-]+):(.*)$", re.MULTILINE)
_WORD = re.compile(r"[\w-]{3,}")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A mutated file, and the words in it that no message may quote."""

    content: bytes
    canaries: tuple[str, ...]


def specimen(random: Random) -> Specimen:
    """A valid profile with one to four mutations."""
    text, canaries = good(random)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        text = random.choice(CHANGES)(text, random, canaries)
    return Specimen(_encoded(text, random), canaries)


def good(random: Random) -> tuple[str, tuple[str, ...]]:
    """A valid profile and its canaries."""
    tag = "".join(random.choice("bcdfghjkmnpqrstvwxz") for _ in range(7))
    canaries = tuple(f"{tag}q{part}" for part in ("name", "mail", "limit", "note", "alias", "story"))
    name, mail, limit, note, alias, story = canaries
    digits = "".join(random.choice("0123456789") for _ in range(7))
    topics = random.sample(TOPICS, 3)
    card = f"""card:
  consent: 2026-03-02
  name: {alias}
  text: {{fi: "Kerron {story} toipumisesta.", sv: "{story}"}}
  topics: [{topics[0]}]
  places: [lappi]
""" if random.random() < 0.5 else ""  # fmt: skip
    return (
        f"""# a profile
consent:
  given: 2026-03-02
  text: "2026-1"
  review: 2028-03-02
  solo: [{topics[0]}]
paused: {{from: 2026-06-01, until: 2026-08-31}}
admitted: 2026-03-05
languages: [fi, ruotsi]
places: [Kemi, tornio]
remote: true
offers:
  - topic: {topics[0]}
    perspective: own
    formats: [class-talk, panel]
    audiences: [upper-secondary]
  - topic: {topics[1]}
    formats: [panel]
{card}private:
  name: Kanari {name}
  email: {mail}@example.org
  phone: 040 5{digits}
  limits: "ei puhu {limit} hoidosta"
  notes: |
    {note}
    soita iltaisin
""",
        (*canaries, digits),
    )


def _line(text: str, random: Random, _: tuple[str, ...]) -> str:
    """A line duplicated, deleted, or moved."""
    lines = text.split("\n")
    line = lines.pop(random.randrange(len(lines)))
    for _again in range(random.choice((0, 1, 1, 2, 2, 3))):
        lines.insert(random.randint(0, len(lines)), line)
    return "\n".join(lines)


def _indentation(text: str, random: Random, _: tuple[str, ...]) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    for number in range(at, min(len(lines), at + random.choice((1, 1, 2, 8)))):
        lines[number] = random.choice(("", " ", "   ", "\t", "\u00a0", " " * 40)) + lines[number].lstrip()
    return "\n".join(lines)


def _snippet(text: str, random: Random, _: tuple[str, ...]) -> str:
    """A foreign snippet, inserted anywhere."""
    at = random.randint(0, len(text))
    return text[:at] + random.choice(SNIPPETS) + text[at:]


def _value(text: str, random: Random, canaries: tuple[str, ...]) -> str:
    """A value replaced by one of the wrong type, or by a canary."""
    other = random.choice((*SCALARS, *canaries, *canaries))
    return _under_a_key(text, random, lambda key, _value: f"{key}: {other}")


def _key(text: str, random: Random, canaries: tuple[str, ...]) -> str:
    """A key mistyped, in capitals, translated, or replaced by a canary."""
    names = ("yksityinen", "nimi", "<<", "null", "no", "1", "? x", '""', "private", "name", *canaries)

    def renamed(key: str, value: str) -> str:
        return f"{random.choice((_mistyped(key, random), key.title(), key.upper(), random.choice(names)))}:{value}"

    return _under_a_key(text, random, renamed)


def _under_a_key(text: str, random: Random, change: Callable[[str, str], str]) -> str:
    found = random.choice(list(_KEY.finditer(text)) or [None])
    if found is None:
        return text
    return text[: found.start(2)] + change(found[2], found[3]) + text[found.end() :]


def _word(text: str, random: Random, canaries: tuple[str, ...]) -> str:
    """A word mistyped, or replaced by a canary or by something nasty."""
    found = random.choice(list(_WORD.finditer(text)) or [None])
    if found is None:
        return text
    other = random.choice((_mistyped(found[0], random), random.choice(canaries), random.choice(SCALARS)))
    return text[: found.start()] + other + text[found.end() :]


def _mistyped(word: str, random: Random) -> str:
    at = random.randrange(max(1, len(word)))
    return random.choice((word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "ä" + word[at + 1 :]))


def _swap(text: str, random: Random, _: tuple[str, ...]) -> str:
    """Two values swapped, so that a private one may be in a public place."""
    found = list(_KEY.finditer(text))
    if len(found) < 2:
        return text
    one, other = sorted(random.sample(found, 2), key=lambda match: match.start())
    between = text[one.end() : other.start(3)]
    return f"{text[: one.start(3)]}{other[3]}{between}{one[3]}{text[other.end() :]}"


def secret_as_term(text: str, random: Random, _: tuple[str, ...]) -> str:
    """A private word that resembles a vocabulary term, and is also in a list of terms."""
    word = _mistyped(random.choice(("masennus", "toipuminen", "Rovaniemi", "Sodankylä", "ruotsi")), random) + "y"
    where = random.choice(("topic", "places", "languages", "formats", "topics"))
    shown = word if where == "topic" else f"[{word}]"
    changed = re.sub(rf"(?m)^( *(?:- )?{where}:).*$", lambda found: f"{found[1]} {shown}", text, count=1)
    return re.sub(r"(?m)^(  (?:limits|notes):).*(\n    .*)*$", rf"\g<1> {word}", changed)


def _deep(text: str, random: Random, _: tuple[str, ...]) -> str:
    """Nested brackets, or one more level of indentation on every line."""
    many = random.choice((9, 50, 2000, 30_000))
    opened = random.choice(("[", "{a: ", "- ", "? "))
    inside = "\n".join(f"{' ' * level}a:" for level in range(120)) if random.random() < 0.2 else opened * many
    return _under_a_key(text, random, lambda key, _value: f"{key}: {inside}")


def many(text: str, random: Random, canaries: tuple[str, ...]) -> str:
    """Something that may occur once, repeated thousands of times."""
    many = random.choice((300, 3000))
    times = range(many)
    shown = random.choice(
        (
            f"topic: [{', '.join(f'masenn{time}' for time in times)}]",
            f"places: [{', '.join(f'k{time}emi' for time in times)}]",
            f"formats: [{', '.join(['panel'] * many)}]",
            "offers:\n" + "\n".join(f"  - {{topic: masenn{time}, formats: [x]}}" for time in times),
            "offers:\n" + "\n".join("  - {topic: masennus, formats: [panel]}" for time in times),
            "\n".join(f"plac{time}: x" for time in times),
            "\n".join("places: [kemi]" for time in times),
            f'text: {{fi: "{" ".join(f"040 555{time:04} a{time}@b.fi 2.{time}.2020" for time in times)[:50_000]}"}}',
            f'text: {{fi: "{"Kemissä Matti " * many}"}}',
            f'text: {{fi: "{random.choice("aA1@.-/ ä(") * many * 10}"}}',
            f"notes: {canaries[0] * many}",
        )
    )
    at = re.search(rf"(?m)^( *(?:- )?){shown.partition(':')[0]}:.*$", text)
    if at and random.random() < 0.7:
        return text[: at.end(1)] + shown + text[at.end() :]
    return _under_a_key(text, random, lambda key, value: shown)


def _cut(text: str, random: Random, _: tuple[str, ...]) -> str:
    """Half a file, two files in one, or the same file twice."""
    at = random.randint(0, len(text))
    return random.choice((text[:at], text[at:], text + text, text[at:] + text[:at], f"{text}---\n{text}"))


CHANGES: tuple[Change, ...] = (
    _line, _line, _indentation, _snippet, _snippet, _value, _value, _value, _key, _word, _word, secret_as_term, _deep,
    _cut, many, _swap, _swap,
)  # fmt: skip


def _encoded(text: str, random: Random) -> bytes:
    """The bytes of a text, sometimes in another encoding, with other line endings, or with some bytes flipped."""
    kind = random.random()
    if kind < 0.85:
        return text.encode("utf-8", "surrogatepass")
    if kind < 0.88:
        return text.encode(random.choice(("utf-16", "utf-32", "utf-8-sig")), "surrogatepass")
    if kind < 0.90:
        return text.encode("latin-1", "replace")
    if kind < 0.93:
        return text.replace("\n", random.choice(("\r\n", "\r", "\u2028"))).encode()
    content = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(random.choice((1, 2, 8)) if content else 0):
        content[random.randrange(len(content))] = random.choice(
            (0, 9, 10, 0x80, 0xC3, 0xED, 0xFF, random.randrange(256))
        )
    return bytes(content)
