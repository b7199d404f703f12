"""A look: what it counts, and its coins, checked with values that anybody can recompute."""

import hmac
from dataclasses import replace
from datetime import date

import pytest

from kokemus import anonymity
from kokemus.anonymity import Member, Parameters, rule
from kokemus.vocabulary import Terms, Vocabulary

DAY = date(2026, 1, 15)
SEED = "c0" * 32


def test_a_coin_is_what_the_document_says() -> None:
    """A coin falls if the first eight bytes of HMAC-SHA-256 are below the exact chance times 2⁶⁴."""
    for at in range(200):
        drawn = hmac.new(bytes.fromhex(SEED), f"7|person/e{at}".encode(), "sha256").digest()
        left_out = int.from_bytes(drawn[:8], "big") * 100 < 15 * 2**64
        assert rule.falls(SEED, 7, f"person/e{at}", 0.15) is left_out


@pytest.mark.parametrize("chance", [0.1, 0.15, 0.5])
def test_coins_fall_as_often_as_they_should(chance: float) -> None:
    """10,000 coins, within four standard deviations."""
    fallen = sum(rule.falls(SEED, 1, f"person/{at}", chance) for at in range(10_000))
    assert abs(fallen - 10_000 * chance) < 4 * (10_000 * chance * (1 - chance)) ** 0.5


def test_items_are_topics_and_groups_of_several(lapland: Vocabulary) -> None:
    """A group of one topic would be the same topic again, with a coin of its own."""
    items = anonymity.items(lapland)
    assert items["psychosis"] == {"psychosis"}
    assert {"psychosis", "depression"} <= items["group/mental-health"]
    others = {id: term for id, term in lapland.topics.items() if term.facts["group"] != "mental-health"}
    one = others | {"psychosis": lapland.topics["psychosis"]}
    few = anonymity.items(replace(lapland, topics=Terms(terms=one)))
    assert few["psychosis"] == {"psychosis"}
    assert items.keys() - few.keys() == (lapland.topics.keys() - one.keys()) | {"group/mental-health"}


def listed(holders: int, seed: str, parameters: Parameters) -> tuple[str, ...]:
    topics = frozenset(["hope"])
    members = [Member(code=f"m{at}", admitted=DAY, topics=topics) for at in range(holders)]
    items = {"hope": topics, "group/recovery": frozenset(["hope", "recovery"]), "recovery": frozenset(["recovery"])}
    return anonymity.look(members, items, 1, seed, parameters)


def test_an_item_is_listed_if_enough_are_counted_and_it_does_not_rest() -> None:
    """Both coins are recomputed over a hundred seeds. Anyone who holds one topic of a group holds the group."""
    chances = Parameters()
    met = set()
    for at in range(100):
        seed = f"{at:064x}"
        counted = sum(not rule.falls(seed, 1, f"person/m{one}", chances.person) for one in range(3))
        for item in ("hope", "group/recovery"):
            expected = counted >= 3 and not rule.falls(seed, 1, item, chances.item)
            assert (item in listed(3, seed, chances)) is expected
            met.add(expected)
        assert "recovery" not in listed(3, seed, chances)
    assert met == {True, False}


def test_topics_that_the_vocabulary_lacks_count_for_nothing() -> None:
    """They are not listed, however many people hold them."""
    members = [Member(code=f"m{at}", admitted=DAY, topics=frozenset(["gone"])) for at in range(20)]
    assert anonymity.look(members, {"hope": frozenset(["hope"])}, 1, SEED, Parameters()) == ()
