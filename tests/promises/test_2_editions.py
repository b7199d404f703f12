"""Promise 2 over time: whatever happens between editions, a difference never points at one person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kokemus import consent
from kokemus.anonymity import Rule
from kokemus.card import SignedCard
from kokemus.catalogue import catalogue
from kokemus.cells import Cells, Member
from kokemus.edition import Edition, read, write
from kokemus.parameters import parameters
from kokemus.profile import Consent, Offer, Pause, Profile
from kokemus.source import read as read_source
from kokemus.statement import Statement, closed
from kokemus.succession import following
from kokemus.vocabulary import load

PLACES = load()[0].serving(["kemi-tornio"])
TOPICS = ("depression", "recovery", "hope")
START = date(2026, 10, 1)

offers = st.lists(
    st.builds(Offer, st.sampled_from(TOPICS), st.just("own"), st.just(("class-talk",)), st.just(("patients",))),
    min_size=1,
    max_size=2,
    unique_by=lambda offer: offer.topic,
).map(tuple)
languages = st.sampled_from([("fi",), ("fi", "sv")])
places = st.sampled_from([(), ("kemi",), ("kemi", "tornio")])


def in_cell(member: Member, combination: Statement) -> bool:
    return (
        (not combination.language or combination.language in member.languages)
        and (not combination.where or combination.where in member.where)
        and (not combination.format or any(format == combination.format for _, format in member.formats))
        and (not combination.audience or any(audience == combination.audience for _, audience in member.audiences))
    )


class Editions(RuleBasedStateMachine):
    """A year of an association: people come, change, pause, withdraw, are deleted; editions and builds are made.

    The log of who came and who left is kept apart from the code under test, person by person.
    """

    def __init__(self) -> None:
        super().__init__()
        self.on = START
        self.people: dict[str, Profile] = {}
        self.number = 0
        self.edition: Edition | None = None
        self.known: dict[str, Member] = {}
        self.came: list[tuple[int, str, Member]] = []
        self.left: list[tuple[int, str, Member]] = []
        self.refreshed: dict[Statement, int] = {}
        self.round = 0

    def add(self, offered: tuple[Offer, ...], spoken: tuple[str, ...], gone: tuple[str, ...]) -> None:
        self.number += 1
        code = f"p{self.number:03}"
        given = Consent(self.on, self.on + timedelta(400))
        self.people[code] = Profile(code, code, given, None, self.on, spoken, gone, True, offered, (), None, ())

    @initialize(first=st.lists(st.tuples(offers, languages, places), min_size=6, max_size=18))
    def begin(self, first: list[tuple[tuple[Offer, ...], tuple[str, ...], tuple[str, ...]]]) -> None:
        for offered, spoken, gone in first:
            self.add(offered, spoken, gone)
        self.make_edition(1)

    @rule(offered=offers, spoken=languages, gone=places)
    def join(self, offered: tuple[Offer, ...], spoken: tuple[str, ...], gone: tuple[str, ...]) -> None:
        self.add(offered, spoken, gone)

    @precondition(lambda self: self.people)
    @rule(data=st.data(), offered=offers)
    def edit(self, data: st.DataObject, offered: tuple[Offer, ...]) -> None:
        code = data.draw(st.sampled_from(sorted(self.people)))
        self.people[code] = replace(self.people[code], offers=offered, admitted=self.on)

    @precondition(lambda self: self.people)
    @rule(data=st.data(), days=st.none() | st.integers(1, 200))
    def pause(self, data: st.DataObject, days: int | None) -> None:
        code = data.draw(st.sampled_from(sorted(self.people)))
        until = self.on + timedelta(days) if days else None
        self.people[code] = replace(self.people[code], pause=Pause(self.on, until))

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.people)))
        profile = self.people[code]
        self.people[code] = replace(profile, consent=replace(profile.consent, withdrawn=self.on))

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def delete_file(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.people)))
        before = {other: consent.counts(profile, self.on) for other, profile in self.people.items() if other != code}
        del self.people[code]
        after = {other: consent.counts(profile, self.on) for other, profile in self.people.items()}
        assert before == after

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def sign_card_and_solo(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.people)))
        profile = self.people[code]
        card = SignedCard(self.on, f"Alias {code}", (("fi", "Tervetuloa."),), (), ())
        solo = (Statement(profile.offers[0].topic, format="class-talk"),)
        self.people[code] = replace(profile, card=card, solo=solo)

    @rule(days=st.integers(1, 30))
    def wait(self, days: int) -> None:
        self.on += timedelta(days)

    @rule(days=st.integers(85, 95))
    def make_edition(self, days: int) -> None:
        self.on += timedelta(days if self.edition else 0)
        self.round += 1
        profiles = [self.people[code] for code in sorted(self.people)]
        counting = [profile for profile in profiles if consent.counts(profile, self.on)]
        crowd = consent.crowd(profiles, self.on, PLACES)
        now = {profile.code: member for profile, member in zip(counting, crowd, strict=True)}
        for code in now.keys() | self.known.keys():
            if now.get(code) != self.known.get(code):
                if code in self.known:
                    self.left.append((self.round, code, self.known[code]))
                if code in now:
                    self.came.append((self.round, code, now[code]))
        self.known = now
        chosen = parameters(len(crowd), {})
        newcomers = consent.newcomers(profiles, self.on, self.edition.day) if self.edition else 0
        following_rule = Rule(Cells.of(crowd, PLACES), chosen)
        after, _ = following(self.edition, following_rule, self.on, newcomers)
        if self.edition:
            self.check_difference(self.edition.crowd, after.crowd, chosen.c)
            for changed in self.edition.crowd ^ after.crowd:
                self.refreshed[changed.combination] = self.round
        assert closed(after.crowd, PLACES.ancestors) == after.crowd
        self.edition = after

    def check_difference(self, before: frozenset[Statement], after: frozenset[Statement], least: int) -> None:
        """Each change has at least c people who could have caused it."""
        for statement in after - before:
            assert self.count(self.came, statement.combination) >= least, statement
        for statement in before - after:
            left, came = (self.count(log, statement.combination) for log in (self.left, self.came))
            assert max(left, came) >= least, statement

    def count(self, log: Sequence[tuple[int, str, Member]], combination: Statement) -> int:
        since = self.refreshed.get(combination, 0)
        return sum(in_cell(member, combination) for when, _, member in log if when > since)

    @invariant()
    def the_crowd_layer_is_the_editions_and_cards_and_solo_are_todays(self) -> None:
        if not self.edition:
            return
        profiles = [self.people[code] for code in sorted(self.people)]
        solo = consent.solo(profiles, self.on, PLACES)
        cards = consent.cards(profiles, self.on)
        built = catalogue(self.edition.day, self.edition.crowd, solo, cards, PLACES)
        assert built.statements == self.edition.crowd | solo
        agreed = [profile for profile in profiles if consent.in_force(profile, self.on)]
        assert {card.name for card in cards} == {profile.card.name for profile in agreed if profile.card}
        assert solo == closed((found for profile in agreed for found in profile.solo), PLACES.ancestors)

    @invariant()
    def the_lock_file_keeps_the_edition_whole(self) -> None:
        if self.edition:
            document, _ = read_source("edition.yml", write(self.edition).encode())
            assert document
            assert read(document, PLACES, self.on) == (self.edition, ())


Editions.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestEditions = pytest.mark.slow(Editions.TestCase)
