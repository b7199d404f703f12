"""Runs the product itself over the nights of a generated story."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

import yaml

from kokemus.anonymity import Edition, Parameters
from kokemus.anonymity import edition as lock
from kokemus.documents import parser
from kokemus.documents.problems import errors
from kokemus.experts.profile import Profile, read
from kokemus.publication import crowd, publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.vocabulary import Terms, Vocabulary
from kokemus.website.catalogue import Catalogue, as_json
from tests.conftest import ROOT
from tests.oracles.stories import TOPICS, Night


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The lock file after a night, and the site of that night."""

    edition: Edition | None
    catalogue: Catalogue
    data: str


@cache
def demo() -> Inputs:
    """All other inputs: pages, configuration, terms."""
    return gather(ROOT / "mkdocs.yml")


def outcomes(nights: Iterable[Night]) -> Iterator[Outcome]:
    """Each night: makes an edition if one is due, then builds a site."""
    edition: Edition | None = None
    for number, night in enumerate(nights):
        now = of_night(night, edition)
        day = crowd.on_the_day(now, night.on)
        assert not errors(day.problems), day.problems
        edition = crowd.following(day, seed(number), postponed=False) or edition
        now = of_night(night, edition)
        shown = publish.listed(crowd.on_the_day(now, night.on), (), now.vocabulary)
        yield Outcome(edition=edition, catalogue=shown, data=data(now, shown))


def seed(number: int) -> str:
    """A seed for a night."""
    return sha256(f"night {number}".encode()).hexdigest()


def of_night(night: Night, edition: Edition | None) -> Inputs:
    """All inputs of a night."""
    inputs = demo()
    assert inputs.settings
    terms = _vocabulary(tuple(night.vocabulary.items()))
    profiles = tuple(
        _profile(code, _text(profile), tuple(night.vocabulary.items()))
        for code, profile in sorted(night.profiles.items())
    )
    settings = replace(inputs.settings, anonymity=Parameters(**night.chosen), house_topics=frozenset())
    document = parser.read(inputs.lock, lock.write(edition).encode())[0] if edition else None
    return replace(inputs, vocabulary=terms, profiles=profiles, settings=settings, edition=document)


@cache
def _vocabulary(groups: tuple[tuple[str, str], ...]) -> Vocabulary:
    """A vocabulary with only these topics, in these groups. The other topics of the stories count as removed."""
    whole = demo().vocabulary
    known = {topic: whole.topics[topic] for topic, _ in groups}
    terms = {topic: replace(known[topic], facts={**known[topic].facts, "group": group}) for topic, group in groups}
    return replace(whole, topics=Terms(terms=terms, gone=frozenset(TOPICS) - terms.keys()))


class Plain(yaml.CSafeDumper):
    """A YAML dumper without anchors, which profiles may not have."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(profile: Mapping[str, Any]) -> str:
    return yaml.dump(dict(profile), Dumper=Plain, allow_unicode=True)


@cache
def _profile(code: str, text: str, groups: tuple[tuple[str, str], ...]) -> Profile:
    document, problems = parser.read(f"experts/{code}.yml", text.encode())
    assert document, problems
    found, problems = read(document, _vocabulary(groups))
    assert found, problems
    return found


def data(inputs: Inputs, shown: Catalogue) -> str:
    """The published data."""
    assert inputs.settings
    chosen = inputs.settings
    found = as_json(shown, "Yhdistys", chosen.languages, chosen.arranges, chosen.serves, chosen.site_url)
    return json.dumps(found)
