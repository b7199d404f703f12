"""The product agrees with an independent implementation of the rule and its contracts."""

import random
from datetime import date
from itertools import product

import pytest
import yaml
from hypothesis import given, settings

from kokemus.anonymity import Parameters, rule
from kokemus.anonymity import edition as lock
from tests.anonymity import nightly
from tests.oracles import look
from tests.oracles.stories import Story, nights, stories

DRAWS = 10_000


@pytest.mark.slow
@settings(max_examples=40)
@given(story=stories)
def test_the_product_equals_the_oracle_on_every_night(story: Story) -> None:
    """Compares the whole lock file with its checksum, the digest, and the topics and groups of every layer."""
    edition: look.Edition | None = None
    for number, (night, outcome) in enumerate(zip(nights(story), nightly.outcomes(nights(story)), strict=True)):
        if look.due(edition, night.profiles, night.on, night.vocabulary, night.chosen):
            seed = nightly.seed(number)
            edition = look.edition(edition, night.profiles, night.on, night.vocabulary, night.chosen, seed)
        assert (yaml.safe_load(lock.write(outcome.edition)) if outcome.edition else None) == edition
        topics, groups = look.published(edition, night.profiles, night.on, night.vocabulary)
        assert (sorted(outcome.catalogue.topics), sorted(outcome.catalogue.groups)) == (topics, groups)
        assert outcome.catalogue.look_digest == (look.look_digest(edition) if edition else None)


def test_coins_fall_as_often_as_they_should() -> None:
    """10,000 coins of one seed, and one coin with 10,000 seeds, within four standard errors."""
    seeds = [random.Random(number).randbytes(32).hex() for number in range(DRAWS)]
    for chance in (0.1, 0.15, 0.5):
        error = 4 * (chance * (1 - chance) / DRAWS) ** 0.5
        experts = sum(rule.falls(seeds[0], 1, f"person/e{number}", chance) for number in range(DRAWS)) / DRAWS
        looks = sum(rule.falls(seeds[0], number, "hope", chance) for number in range(DRAWS)) / DRAWS
        drawn = sum(rule.falls(seed, 1, "hope", chance) for seed in seeds) / DRAWS
        assert all(abs(share - chance) < error for share in (experts, looks, drawn)), (chance, experts, looks, drawn)


def test_each_coin_equals_the_oracle_s() -> None:
    """The product's coins equal the oracle's, for experts and items, at every look."""
    for number in range(500):
        seed, name = random.Random(number).randbytes(32).hex(), f"person/e{number}" if number % 2 else "group/addiction"
        assert rule.falls(seed, number % 12, name, 0.15) is look.coin(seed, number % 12, name, 0.15)
    assert look.months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)


def test_k_of_large_crowds_equals_the_oracle_s() -> None:
    """For every size around the limits, every k that may be chosen, and every k of the last look."""
    for size, chosen, before in product(range(12, 60), range(3, 8), range(3, 8)):
        previous: look.Edition = {"look": 1, "parameters": {"k": before}}
        assert Parameters(k=chosen).at_look(size, before).k == look.threshold(size, chosen, previous)
