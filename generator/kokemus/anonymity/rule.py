"""A look: which topics and groups of topics the crowd lists.

An item, a topic or a group of topics, is listed if at least k counted people hold it (k-anonymity: Samarati, Sweeney
1998) and it does not rest. At each look, a coin decides for each expert whether they are left out of all counts of
that look (random sampling before a threshold: Li, Qardaji, Su 2012). Another coin decides for each item whether it
rests, that is, stays unlisted whoever holds it. So every listed item is really held, and only an unlisted one may
mislead (one-sided differential privacy: Doudalis et al. 2017). Hence even a reader who knows everything except who
holds which topic is never certain that an expert holds one.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil

from kokemus.anonymity.parameters import Parameters
from kokemus.vocabulary import Vocabulary

_GROUP = "group/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What a look sees of an expert: the code for the coin, the topics, and the day of admission.

    The days of admission decide when a look is due.
    """

    code: str
    admitted: date
    topics: frozenset[str]


def group_item(group: str) -> str:
    """The item id of a group of topics."""
    return f"{_GROUP}{group}"


def items(vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Each topic, and each group of at least two topics, mapped to topics: whoever has one of them holds the item."""
    groups: dict[str, set[str]] = {}
    for topic in vocabulary.topics.values():
        groups.setdefault(group_item(topic.facts["group"]), set()).add(topic.id)
    found = {topic: frozenset([topic]) for topic in vocabulary.topics}
    return found | {group: frozenset(topics) for group, topics in groups.items() if len(topics) > 1}


def falls(seed: str, look: int, name: str, chance: float) -> bool:
    """Whether the coin of ``name`` says "out" at a look: then ``person/<code>`` is not counted, or an item rests.

    ``seed`` is 64 hex digits. ``chance`` is the probability of "out".
    """
    drawn = hmac.digest(bytes.fromhex(seed), f"{look}|{name}".encode(), "sha256")
    return int.from_bytes(drawn[:8], "big") < _threshold(chance)


@cache
def _threshold(chance: float) -> int:
    """The chance as a 64-bit threshold, rounded up. The decimal is exact: 0.15 means 3/20."""
    return ceil(Fraction(str(chance)) * (1 << 64))


def look(
    members: Iterable[Member], items: Mapping[str, frozenset[str]], number: int, seed: str, parameters: Parameters
) -> tuple[str, ...]:
    """The items that the crowd lists at a look, sorted."""
    counted = [one for one in members if not falls(seed, number, f"person/{one.code}", parameters.person)]
    by_topic: dict[str, list[str]] = {}
    for item, topics in items.items():
        for topic in topics:
            by_topic.setdefault(topic, []).append(item)
    held = Counter(
        item for one in counted for item in {item for topic in one.topics for item in by_topic.get(topic, ())}
    )
    enough = (item for item, count in held.items() if count >= parameters.k)
    return tuple(sorted(item for item in enough if not falls(seed, number, item, parameters.item)))
