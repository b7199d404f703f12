"""Second part of ``make bench-anonymity``: how much a crowd lists, and how long an edition takes; exits 1 if too long.

Each invented expert names three to five of the 48 topics. The n-th topic is named 1/n as often as the first, or, more
evenly, 1/√n as often. For comparison, the table shows what the project's first version listed of such crowds in its
first edition, as the average of 40 draws: topics, and groups with a listed topic (commit 25cfb2f, in Lapland, with one
or two languages and one to three places, formats and audiences for each expert).

    experts          8         12         14         20          40
    1/n          2.0 1.8    4.4 3.2    6.4 4.3    9.2 5.3    18.1 6.6
    1/root of n  1.5 1.4    4.5 3.4    5.7 3.9   11.1 5.8    26.7 7.0
"""

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from statistics import mean

import numpy as np

from kokemus import anonymity, vocabulary
from kokemus.anonymity import Member, Parameters
from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.vocabulary import Vocabulary
from kokemus.website.catalogue import catalogue
from tests.rigs import profiles

DAY = date(2026, 11, 24)
CROWDS, DRAWS = (8, 12, 14, 20, 40), 400
STEEP = {1.0: "1/n", 0.5: "1/root of n"}
SIZES, SECONDS, GROWTH = (1_000, 10_000, 100_000), 10.0, 1.3


def sparse(topics: tuple[str, ...], size: int, steep: float, rng: np.random.Generator) -> list[frozenset[str]]:
    """The topics that each of ``size`` experts names. The n-th topic is n ** ``steep`` times rarer than the first."""
    ranked = rng.permutation(topics)
    popularity = np.arange(1.0, len(topics) + 1) ** -steep
    return [
        frozenset(rng.choice(ranked, size=rng.integers(3, 6), replace=False, p=popularity / popularity.sum()).tolist())
        for _ in range(size)
    ]


def lists(terms: Vocabulary, size: int, steep: float, rng: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    """For each draw, the number of topics that at least k experts name, and of listed topics and groups."""
    items = anonymity.items(terms)
    for _ in range(DRAWS):
        named = sparse(tuple(terms.topics), size, steep, rng)
        crowd = [Member(code=f"e{number}", admitted=DAY, topics=topics) for number, topics in enumerate(named)]
        made = anonymity.following(None, crowd, frozenset(), Parameters(), items, DAY, rng.bytes(32).hex())
        found = catalogue(DAY, 1, None, made.listed if made else (), (), (), (), terms)
        held = sum(sum(topic in topics for topics in named) >= Parameters().k for topic in terms.topics)
        yield held, len(found.topics), len(found.groups)


def seconds(crowd: tuple[Profile, ...], items: Mapping[str, frozenset[str]]) -> float:
    """CPU seconds of an edition with a look, from parsed profiles."""
    begun = time.process_time()
    day = consent.in_force(crowd, DAY)
    assert anonymity.following(None, day.members, day.signed, Parameters(), items, DAY, "01" * 32)
    return time.process_time() - begun


def main() -> int:
    terms, _ = vocabulary.load()
    rng = np.random.default_rng(20_270_105)
    print("experts   popularity   topics that 3 name   topics listed   groups listed")
    for steep, name in STEEP.items():
        for size in CROWDS:
            held, topics, groups = map(mean, zip(*lists(terms, size, steep, rng), strict=True))
            print(f"{size:7}   {name:11} {held:19.1f} {topics:15.1f} {groups:15.1f}")
    items, took = anonymity.items(terms), list[float]()
    print("\nprofiles   seconds of an edition")
    for size in SIZES:
        offers = (
            f"[{', '.join(f'{{topic: {topic}}}' for topic in one)}]" for one in sparse(tuple(terms.topics), 500, 1, rng)
        )
        read = [profiles.read(profiles.text(offers=text), terms) for text in offers]
        crowd = tuple(replace(read[number % len(read)], code=f"e{number}") for number in range(size))
        took.append(min(seconds(crowd, items) for _ in range(3)))
        print(f"{size:8,} {took[-1]:12.2f}")
    linear = took[-1] / took[-2] <= GROWTH * SIZES[-1] / SIZES[-2]
    return int(took[-1] > SECONDS or not linear)


if __name__ == "__main__":
    sys.exit(main())
