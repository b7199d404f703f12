"""Promise 2: nobody is ever certain that an expert of the crowd holds a topic.

The proof is a witness: another world that gives the same bytes on every night. In it the expert holds only what they
signed, everybody else holds everything, nobody is left out of a count, and exactly what is not listed rests. Each
control breaks the rule in one way, and then there is no such witness.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kokemus.anonymity import Member, Parameters, rule
from kokemus.anonymity import edition as lock
from kokemus.experts import consent
from tests.anonymity import nightly
from tests.anonymity.nightly import Outcome
from tests.conftest import build, contents
from tests.oracles.stories import CHOSEN, START, TOPICS, Night, Profile, nights, profile, stories

Coins = Callable[[str, int, str, float], bool]


def witness(story: Iterable[Night], victim: str) -> Iterator[Night]:
    """The same nights in the world of the proof. Consents, cards, breaks and signatures are unchanged."""
    for night in story:
        changed = {code: _holding(one, code != victim) for code, one in night.profiles.items()}
        yield replace(night, profiles=changed)


def _holding(one: Profile, everything: bool) -> Profile:
    signed = {*one["consent"].get("solo", ()), *one.get("card", {}).get("topics", ())}
    return {**one, "offers": [{"topic": topic} for topic in (TOPICS if everything else sorted(signed))]}


def suitable(outcomes: Iterable[Outcome]) -> Coins:
    """Coins that leave nobody out and let exactly those items rest that a look did not list."""
    found = {
        one.edition.look: one.edition.listed
        for one in outcomes
        if one.edition and one.edition.looked == one.edition.day
    }
    return lambda seed, look, name, chance: not name.startswith("person/") and name not in found[look]


def published(story: Iterable[Night], coins: Coins | None = None) -> list[Outcome]:
    """What is published on each night, with the real coins or with these."""
    with pytest.MonkeyPatch.context() as patch:
        if coins:
            patch.setattr(rule, "falls", coins)
        return list(nightly.outcomes(story))


def explained(story: list[Night], victim: str) -> bool:
    """Whether the witness publishes the same bytes on every night."""
    seen = published(story)
    repeated = published(witness(story, victim), suitable(seen))
    return [one.data for one in repeated] == [one.data for one in seen] and [one.catalogue for one in repeated] == [
        one.catalogue for one in seen
    ]


def codes(story: list[Night]) -> list[str]:
    return sorted({code for night in story for code in night.profiles})


@pytest.mark.slow
@settings(max_examples=40)
@given(story=stories.map(nights).map(list), number=st.integers(0, 100))
def test_a_world_in_which_the_expert_holds_nothing_publishes_the_same_bytes(story: list[Night], number: int) -> None:
    """After joins, edits, breaks, withdrawals, lapses, returns, deletions, and changes of parameters and vocabulary."""
    everybody = codes(story)
    assert explained(story, everybody[number % len(everybody)])


@pytest.mark.slow
@settings(max_examples=20)
@given(story=stories.map(nights).map(list))
def test_a_break_changes_no_byte_of_the_lock_file(story: list[Night]) -> None:
    """A break hides only a card, and a topic that is listed only because of it."""
    assert _without_breaks(story)


def _without_breaks(story: list[Night]) -> bool:
    def rested(night: Night) -> Night:
        profiles = {
            code: {key: value for key, value in one.items() if key != "paused"} for code, one in night.profiles.items()
        }
        return replace(night, profiles=profiles)

    made = [
        [lock.write(one.edition) if one.edition else "" for one in published(version)]
        for version in (story, map(rested, story))
    ]
    return made[0] == made[1]


def night(holders: Mapping[str, int], size: int, years: int = 0, **chosen: int) -> Night:
    """A crowd of this size, in which the given number of people hold each topic."""
    profiles = {
        f"e{number}": profile(frozenset(topic for topic, count in holders.items() if number < count), START)
        for number in range(size)
    }
    on = START + timedelta(366 * years)
    return Night(on=on, profiles=profiles, vocabulary=TOPICS, chosen=CHOSEN | chosen)


def test_the_witness_explains_every_listed_topic() -> None:
    """In a crowd of twelve many topics are listed at once, and the witness explains them for each of the twelve."""
    story = [night(dict.fromkeys(TOPICS, 12), 12)]
    assert len(published(story)[0].catalogue.topics) >= 4
    assert all(explained(story, victim) for victim in codes(story))


def test_control_a_look_below_the_floor_breaks_the_theorem() -> None:
    """Three experts, k = 3: all three hold whatever is listed."""
    story = [night(dict.fromkeys(TOPICS, 3), 3, floor=3)]
    seen = next(one for one in _with_other_codes(story) if published(one)[0].catalogue.topics)
    assert not explained(seen, codes(seen)[0])


def _with_other_codes(story: list[Night]) -> Iterator[list[Night]]:
    """The same crowd with other codes, so that the coins differ."""
    for number in range(100):
        yield [replace(one, profiles={f"{code}-{number}": it for code, it in one.profiles.items()}) for one in story]


def test_control_without_coins_of_items_silence_cannot_be_explained() -> None:
    """Breaks the theorem: one topic is listed and another is not, so the others cannot all hold both."""
    assert _whoever_is_left_out(rests=lambda item, listed: False) == 0


def test_control_one_coin_for_a_group_cannot_explain_silence_beside_a_listed_topic() -> None:
    """Breaks the theorem: one topic of the group is listed, so the shared coin cannot explain why another is not."""
    assert _whoever_is_left_out(rests=lambda item, listed: not any(TOPICS[item] == TOPICS[one] for one in listed)) == 0


def test_with_a_coin_for_each_item_some_coins_explain_the_same_silence() -> None:
    """The same search finds a witness under the whole rule."""
    assert _whoever_is_left_out(rests=lambda item, listed: item not in listed) > 0


def _whoever_is_left_out(rests: Callable[[str, frozenset[str]], bool]) -> int:
    """In how many ways people can be left out so that only the first of two topics is listed; all eleven hold both."""
    listed = frozenset(["depression"])
    both = {topic: frozenset([topic]) for topic in ("depression", "psychosis")}
    crowd = [Member(code=f"e{number}", admitted=START, topics=frozenset(both)) for number in range(11)]
    found = 0
    for left_out in product((False, True), repeat=len(crowd)):
        fallen = {f"person/{one.code}" for one, out in zip(crowd, left_out, strict=True) if out}
        fallen |= {item for item in both if rests(item, listed)}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rule, "falls", lambda seed, look, name, chance, fallen=fallen: name in fallen)
            found += rule.look(crowd, both, 1, "00" * 32, Parameters()) == tuple(listed)
    return found


def test_control_a_crowd_without_people_who_hold_nothing_breaks_the_theorem(monkeypatch: pytest.MonkeyPatch) -> None:
    """If only people with an offer counted, an expert without topics would not be one of the twelve.

    Then no look would be made.
    """
    story = [night(dict.fromkeys(TOPICS, 12), 12)]
    counts = consent.counts
    monkeypatch.setattr(consent, "counts", lambda one, on: counts(one, on) and bool(one.offers))
    assert not explained(story, "e0")


def test_control_a_break_that_leaves_the_crowd_can_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of twelve is on a break, and no look is made: anyone who knows the twelve learns of the break."""
    story = [night(dict.fromkeys(TOPICS, 12), 12)]
    paused: Profile = {**story[0].profiles["e0"], "paused": {"from": date(2026, 1, 1)}}
    story = [replace(story[0], profiles={**story[0].profiles, "e0": paused})]
    assert _without_breaks(story)
    counts = consent.counts
    monkeypatch.setattr(consent, "counts", lambda one, on: counts(one, on) and not consent.on_break(one, on))
    assert not _without_breaks(story)


@pytest.mark.build
def test_another_crowd_with_the_same_list_gives_the_same_site(built: Path) -> None:
    """Changing languages, places, formats, audiences and offers of the crowd changes no byte of the site.

    This holds for everybody who has no card and has signed no topic.
    """
    before = contents(built / "site")
    changed = 0
    for file in sorted((built / "experts").glob("e*.yml")):
        one = yaml.safe_load(file.read_text("utf-8"))
        if file.name == lock.NAME or "card" in one or "solo" in one["consent"]:
            continue
        one |= {"languages": ["fi"], "places": ["everywhere"], "remote": not one.get("remote"), "formats": ["panel"]}
        one |= {"audiences": ["public"], "offers": [{"topic": topic} for topic in TOPICS]}
        file.write_text(yaml.dump(one, Dumper=nightly.Plain, allow_unicode=True), "utf-8")
        changed += 1
    done = build(built)
    assert done.code == 0, done.output
    assert changed > 8
    assert contents(built / "site") == before
