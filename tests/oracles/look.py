"""A second implementation of the anonymity rule and its contracts, in plain loops.

It shares no code with the product. Profiles are dictionaries as read from YAML, by code. A vocabulary maps each topic
to its group. An edition is the dictionary in ``edition.yml``.
"""

import hmac
import json
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

Profiles = Mapping[str, Mapping[str, Any]]
Vocabulary = Mapping[str, str]
Edition = dict[str, Any]
Coin = Callable[[str], bool]

SAFE = {"k": 3, "c": 3, "months": 12, "floor": 12, "person": 0.15, "item": 0.1}


def months_later(day: date, months: int) -> date:
    """The same day of the month that many months later, or the last day if that month is too short."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def in_force(profile: Mapping[str, Any], on: date) -> bool:
    """Whether the consent holds on the day: first and last day included, the day of a withdrawal excluded."""
    consent = profile["consent"]
    if on < consent["given"] or on > consent.get("review", months_later(consent["given"], 24)):
        return False
    return not ("withdrawn" in consent and consent["withdrawn"] <= on)


def crowd(profiles: Profiles, on: date) -> list[str]:
    """The codes of the experts in the crowd. Neither topics nor breaks matter."""
    members = []
    for code in sorted(profiles):
        profile = profiles[code]
        admitted = profile.get("admitted", profile["consent"]["given"])
        if in_force(profile, on) and admitted <= on and "card" not in profile:
            members.append(code)
    return members


def signed_topics(profiles: Profiles, on: date, vocabulary: Vocabulary) -> list[str]:
    """The topics in the vocabulary that somebody in force has signed to have listed even alone."""
    found: set[str] = set()
    for profile in profiles.values():
        if in_force(profile, on):
            found.update(topic for topic in profile["consent"].get("solo", []) if topic in vocabulary)
    return sorted(found)


def still_signed(profile: Mapping[str, Any], on: date) -> bool:
    """Whether signed topics show: in force, or withdrawn with ``leaving: month`` and the day has not come."""
    consent = profile["consent"]
    if in_force(profile, on):
        return True
    if consent.get("leaving") != "month" or "withdrawn" not in consent:
        return False
    withdrawn = consent["withdrawn"]
    last_month = months_later(date(withdrawn.year, withdrawn.month, 1), 2)
    kept = {name: value for name, value in consent.items() if name != "withdrawn"}
    return withdrawn <= on < last_month and in_force({"consent": kept}, on)


def moved(previous: Edition, profiles: Profiles, on: date) -> tuple[int, int]:
    """How many have come and how many have left since the last look."""
    members = crowd(profiles, on)
    newcomers = 0
    for code in members:
        profile = profiles[code]
        if profile.get("admitted", profile["consent"]["given"]) > previous["looked"]:
            newcomers += 1
    came = max(newcomers, len(members) - previous["counted"])
    left = max(0, previous["counted"] - (len(members) - newcomers))
    return came, left


def look_due(previous: Edition | None, profiles: Profiles, on: date, chosen: Mapping[str, Any]) -> bool:
    """Whether the clock, the floor and the numbers of those who came and left require a look."""
    if len(crowd(profiles, on)) < chosen["floor"]:
        return False
    if previous is None or previous["look"] == 0:
        return True
    came, left = moved(previous, profiles, on)
    return on >= months_later(previous["looked"], chosen["months"]) and (came >= chosen["c"] or left >= chosen["c"])


def must_empty(previous: Edition | None, profiles: Profiles, on: date, chosen: Mapping[str, Any]) -> bool:
    """Whether the list has had its time and the crowd is now below the floor."""
    if previous is None or not previous["listed"]:
        return False
    below = len(crowd(profiles, on)) < chosen["floor"]
    return below and on >= months_later(previous["looked"], chosen["months"])


def due(
    previous: Edition | None, profiles: Profiles, on: date, vocabulary: Vocabulary, chosen: Mapping[str, Any]
) -> bool:
    """Whether an edition is due on the day."""
    known = previous["signed"] if previous is not None else []
    new_signature = any(topic not in known for topic in signed_topics(profiles, on, vocabulary))
    reason = look_due(previous, profiles, on, chosen) or must_empty(previous, profiles, on, chosen) or new_signature
    return reason and (previous is None or on >= months_later(previous["edition"], 1))


def threshold(size: int, chosen: int, previous: Edition | None) -> int:
    """The k of a look: at least 5 from 50 members on, until there are fewer than 45."""
    large = size >= 50
    if previous is not None and previous["look"] > 0 and previous["parameters"]["k"] >= 5 and size >= 45:
        large = True
    return max(chosen, 5) if large else chosen


def coin(seed: str, look: int, what: str, chance: float) -> bool:
    """Whether the coin of a person (``person/<code>``) or of an item falls on its rare side."""
    digest = hmac.digest(bytes.fromhex(seed), f"{look}|{what}".encode(), "sha256")
    number = 0
    for byte in digest[:8]:
        number = number * 256 + byte
    return number < Fraction(str(chance)) * 2**64


def items(vocabulary: Vocabulary) -> list[str]:
    """All topics, and the groups with at least two topics."""
    groups = list(vocabulary.values())
    return [*vocabulary, *(f"group/{group}" for group in sorted(set(groups)) if groups.count(group) >= 2)]


def holders(profiles: Profiles, members: list[str], item: str, vocabulary: Vocabulary) -> list[str]:
    """Which of these members hold the item. Anyone who holds one topic of a group holds the group."""
    found = []
    for code in members:
        topics = {offer["topic"] for offer in profiles[code]["offers"]}
        if item.startswith("group/"):
            holds = any(f"group/{vocabulary[topic]}" == item for topic in topics if topic in vocabulary)
        else:
            holds = item in topics
        if holds:
            found.append(code)
    return found


def listed(profiles: Profiles, on: date, vocabulary: Vocabulary, k: int, left_out: Coin, rests: Coin) -> list[str]:
    """What a look finds, given the coins of all people and items."""
    counted = [code for code in crowd(profiles, on) if not left_out(code)]
    enough = [item for item in items(vocabulary) if len(holders(profiles, counted, item, vocabulary)) >= k]
    return sorted(item for item in enough if not rests(item))


def edition(
    previous: Edition | None,
    profiles: Profiles,
    on: date,
    vocabulary: Vocabulary,
    chosen: Mapping[str, Any],
    seed: str,
) -> Edition:
    """The edition of a day on which one is due, with a look if one is due. ``seed`` is used only for a look."""
    found: Edition = {"look": 0, "looked": None, "counted": 0, "seed": None, "parameters": dict(chosen), "listed": []}
    if previous is not None:
        for key in ("look", "looked", "counted", "seed", "parameters", "listed"):
            found[key] = previous[key]
    if look_due(previous, profiles, on, chosen):
        size, look = len(crowd(profiles, on)), found["look"] + 1
        k = threshold(size, chosen["k"], previous)
        found |= {"look": look, "looked": on, "counted": size, "seed": seed, "parameters": {**chosen, "k": k}}
        found["listed"] = listed(
            profiles,
            on,
            vocabulary,
            k,
            lambda code: coin(seed, look, f"person/{code}", chosen["person"]),
            lambda item: coin(seed, look, item, chosen["item"]),
        )
    elif must_empty(previous, profiles, on, chosen):
        found["listed"] = []
    found |= {"edition": on, "signed": signed_topics(profiles, on, vocabulary)}
    return found | {"checksum": checksum(found)}


def checksum(found: Edition) -> str:
    """SHA-256 of the sorted compact JSON of all other keys, days in ISO format."""
    rest = {key: value for key, value in found.items() if key != "checksum"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return sha256(text.encode()).hexdigest()


def look_digest(found: Edition) -> str | None:
    """The digest of a look in ``catalogue.json``, so that no other look can replace it under the same number."""
    if found["seed"] is None:
        return None
    return sha256(f"{found['seed']}|{found['look']}|{','.join(found['listed'])}".encode()).hexdigest()


def published(
    found: Edition | None, profiles: Profiles, on: date, vocabulary: Vocabulary, house: frozenset[str] = frozenset()
) -> tuple[list[str], list[str]]:
    """The topics and the groups that the build of a day lists, by any layer."""
    topics = set(house)
    for profile in profiles.values():
        if found is not None and still_signed(profile, on):
            topics.update(topic for topic in profile["consent"].get("solo", []) if topic in found["signed"])
        if "card" in profile and shows(profile, on):
            topics.update(profile["card"]["topics"])
    crowd_list = set(found["listed"]) if found is not None else set()
    topics = {topic for topic in topics | crowd_list if topic in vocabulary}
    groups = {item.removeprefix("group/") for item in crowd_list if item.startswith("group/")}
    for topic in topics:
        groups.add(vocabulary[topic])
    return sorted(topics), sorted(groups)


def shows(profile: Mapping[str, Any], on: date) -> bool:
    """Whether a card shows: in force, signed, and its expert is not on a break."""
    pause = profile.get("paused")
    away = pause is not None and pause["from"] <= on and ("until" not in pause or on <= pause["until"])
    return in_force(profile, on) and profile["card"]["consent"] <= on and not away
