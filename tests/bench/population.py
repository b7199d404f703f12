"""Invented populations, as YAML profiles that a coordinator might write: skewed places and topics, mostly Finnish."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate, product
from pathlib import Path

from kokemus.dates import months_later
from kokemus.vocabulary import Terms, Vocabulary

DAY = date(2026, 11, 24)
SINCE = months_later(DAY, -3)
_LANGUAGES = {"sv": 0.1, "en": 0.25, "se": 0.02, "ru": 0.02, "et": 0.01, "ar": 0.01, "fse": 0.005, "uk": 0.005}
_CARD = (
    ("Puhun siitä", "Kerron siitä", "Kerron mielelläni", "Puhun suoraan siitä", "Keskustelen siitä", "Haluan kertoa"),
    ("miten arki kantaa", "mistä apu löytyi", "mikä auttoi jaksamaan", "miten toivo palasi", "mitä hiljaisuus opetti"),
    ("ja kuuntelen muita", "ja vastaan kysymyksiin", "enkä kiirehdi", "ja nauran mukana", "ja mitä siitä seurasi"),
    ("Tämä kortti on keksitty", "Kaikki tässä on keksittyä", "Tekstin on keksinyt ohjelma", "Esimerkki on keksitty"),
)
_NOTE = "invented: prefers mornings, and no evening drives in winter"


def _words(parts: tuple[str, ...]) -> str:
    """A unique text for each card, since two cards with the same words would count as one person's."""
    begins, tells, ends, invented = parts
    return f"{begins}, {tells} {ends}. {invented}."


def write(folder: Path, size: int, vocabulary: Vocabulary, seed: int) -> None:
    """Write one file for each of ``size`` invented experts, who go to places that the site shows."""
    folder.mkdir(parents=True)
    inventor = _Inventor(vocabulary, random.Random(seed))
    for number in range(size):
        text = "".join(f"{line}\n" for line in inventor.profile(number))
        (folder / f"e{number:06}.yml").write_text(text, "utf-8")


class _Skewed:
    """A random choice with Zipf weights: the n-th value is drawn 1/n as often as the first."""

    def __init__(self, values: Iterable[str], drawn: random.Random) -> None:
        self.values = list(values)
        drawn.shuffle(self.values)
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.values) + 1)))
        self.drawn = drawn

    def some(self, least: int, most: int) -> list[str]:
        """A random number of different values, in the order of drawing."""
        wanted = min(self.drawn.randint(least, most), len(self.values))
        found: dict[str, None] = {}
        while len(found) < wanted:
            found[self.drawn.choices(self.values, cum_weights=self.weights)[0]] = None
        return list(found)


class _Inventor:
    """Invents experts one by one. The same seed gives the same experts."""

    def __init__(self, vocabulary: Vocabulary, drawn: random.Random) -> None:
        self.vocabulary = vocabulary
        self.drawn = drawn
        places = (place for place in vocabulary.places.values() if place.id in vocabulary.served)
        self.homes = _Skewed((place.id for place in places if place.facts["kind"] == "municipality"), drawn)
        self.topics = _Skewed(vocabulary.topics, drawn)
        self.formats = _Skewed(vocabulary.formats, drawn)
        self.audiences = _Skewed(vocabulary.audiences, drawn)
        self.labels = False
        self.cards = map(_words, product(*_CARD))

    def name(self) -> str:
        """A word of four syllables that is not a name and occurs in no text."""
        return "".join(f"{self.drawn.choice('bcfgqwxz')}{self.drawn.choice('aeiou')}" for _ in range(4)).capitalize()

    def profile(self, number: int) -> Iterator[str]:
        """The lines of a profile. One in five uses Finnish labels, the others ids."""
        self.labels = self._chance(0.2)
        given = self._ago(700)
        offered = self.topics.some(2, 4)
        yield "# An invented expert: no such person exists."
        yield from self._consent(given)
        yield from self._reach()
        yield "offers:"
        for topic in offered:
            yield from self._offer(topic)
        if self._chance(0.03):
            yield from self._card(given, offered[0])
        yield from self._private(number)

    def _card(self, given: date, topic: str) -> Iterator[str]:
        yield from ("card:", f"  consent: {given}", "  name: Kanerva", "  text:", f'    fi: "{next(self.cards)}"')
        yield f"  topics: {self._list([topic], self.vocabulary.topics)}"

    def _private(self, number: int) -> Iterator[str]:
        first, last = (self.name() for _ in range(2))
        yield from ("private:", f"  name: {first} {last}", f"  email: {first.lower()}.{number}@example.org")
        yield f"  phone: 040 55{number:06}"
        if self._chance(0.3):
            yield f'  notes: "{_NOTE}"'

    def _consent(self, given: date) -> Iterator[str]:
        yield from ("consent:", f"  given: {given}", f'  text: "{given.year}-1"')
        if self._chance(0.03):
            yield f"  withdrawn: {self._ago(min((DAY - given).days + 1, 300))}"
        if self._chance(0.02):
            yield f"paused: {{from: {self._ago(180)}, until: {DAY + timedelta(days=self.drawn.randrange(90))}}}"

    def _reach(self) -> Iterator[str]:
        spoken = ["fi", *(language for language, share in _LANGUAGES.items() if self._chance(share))]
        yield f"languages: {self._list(spoken, self.vocabulary.languages)}"
        remote_only = self._chance(0.05)
        if not remote_only:
            yield f"places: {self._list(self._places(), self.vocabulary.places)}"
        if remote_only or self._chance(0.4):
            yield "remote: true"

    def _places(self) -> list[str]:
        """Mostly a home town with some neighbours; sometimes the whole area around it, or the whole region."""
        home = self.homes.some(1, 1)[0]
        around, region, *_ = self.vocabulary.ancestors(home)
        if self._chance(0.12):
            return [self.drawn.choice((around, region))]
        near = sorted({*self.vocabulary.children(around), *self.homes.some(0, 2)} - {home})
        return [home, *self.drawn.sample(near, min(self.drawn.choice((0, 0, 1, 2, 3)), len(near)))]

    def _offer(self, topic: str) -> Iterator[str]:
        yield f"  - topic: {self._word(topic, self.vocabulary.topics)}"
        if self._chance(0.1):
            yield "    perspective: relative"
        yield f"    formats: {self._list(self.formats.some(1, 3), self.vocabulary.formats)}"
        if self._chance(0.9):
            yield f"    audiences: {self._list(self.audiences.some(1, 3), self.vocabulary.audiences)}"

    def _chance(self, share: float) -> bool:
        return self.drawn.random() < share

    def _ago(self, days: int) -> date:
        return DAY - timedelta(days=self.drawn.randrange(days))

    def _word(self, id: str, terms: Terms) -> str:
        return f'"{terms[id].label("fi")}"' if self.labels else id

    def _list(self, ids: Iterable[str], terms: Terms) -> str:
        return f"[{', '.join(self._word(id, terms) for id in ids)}]"
