"""What the coordinator is told: what is shown or withheld of an expert, why, and what a withdrawal changes."""

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from kokemus import consent, crowd, desk, publish, succession
from kokemus.anonymity import Rule
from kokemus.cells import Cells
from kokemus.explanation import Situation
from kokemus.inputs import gather
from kokemus.parameters import Parameters
from kokemus.profile import Profile
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary
from tests.conftest import contents, kokemus
from tests.profiles import read, text

ON = date(2026, 11, 24)
RULE = Parameters(k=3, d=2, h=0.8, g=2, c=2)


def situation(profiles: Iterable[Profile], vocabulary: Vocabulary, first: date = ON) -> Situation:
    """What holds on a day, after a first edition on an earlier one."""
    profiles = tuple(profiles)

    def rule(on: date) -> Rule:
        return Rule(Cells.of(consent.crowd(profiles, on, vocabulary), vocabulary), RULE)

    edition, _ = succession.following(None, rule(first), first, 0)
    _, waiting = succession.following(edition, rule(ON), ON, consent.newcomers(profiles, ON, first))
    return Situation(ON, profiles, edition, rule(ON), waiting, vocabulary)


def people(vocabulary: Vocabulary, *topics: str, consents: tuple[str, ...] = ()) -> list[Profile]:
    """One expert for each topic, remote only."""
    given = [*consents, *["given: 2026-03-02"] * (len(topics) - len(consents))]
    return [
        read(
            text(consent=when, places="[]", offers=f"[{{topic: {topic}, formats: [panel]}}]"),
            vocabulary,
            code=f"p{number}",
        )
        for number, (topic, when) in enumerate(zip(topics, given, strict=True))
    ]


OTHERS = ("recovery",) * 6


def reason(profiles: list[Profile], vocabulary: Vocabulary, statement: Statement, first: date = ON) -> tuple[bool, str]:
    found = situation(profiles, vocabulary, first).reason(statement)
    return found.shown, found.code


def test_each_reason_is_given_where_it_holds(lapland: Vocabulary) -> None:
    """Shown by the crowd or own permission; withheld for support, guard, or a topic that is shown alone."""
    hope = Statement("hope")
    assert reason(people(lapland, "hope", "hope", "hope", *OTHERS), lapland, hope) == (True, "crowd")
    assert reason(people(lapland, "hope", "hope", *OTHERS), lapland, hope) == (False, "support")
    assert reason(people(lapland, "hope", "hope", "hope", "recovery"), lapland, hope) == (False, "guard")
    sami = people(lapland, *["sami-wellbeing"] * 3, *OTHERS)
    assert reason(sami, lapland, Statement("sami-wellbeing", where="remote")) == (False, "topic-only")
    signed = "given: 2026-03-02, solo: [{topic: hope, format: panel}]"
    assert reason(people(lapland, "hope", *OTHERS, consents=(signed,)), lapland, hope) == (True, "solo")


def test_a_change_that_waits_says_for_how_many(lapland: Vocabulary) -> None:
    """One has joined since the edition, or left."""
    joined = people(lapland, "hope", "hope", "hope", *OTHERS, consents=("given: 2026-11-01",))
    assert reason(joined, lapland, Statement("hope"), date(2026, 10, 1)) == (False, "waits")
    left = people(lapland, "hope", "hope", "hope", *OTHERS, consents=("given: 2026-03-02, withdrawn: 2026-11-01",))
    assert reason(left, lapland, Statement("hope"), date(2026, 10, 1)) == (True, "carried")


@pytest.mark.parametrize("language", ["fi", "en"])
def test_explain_tells_every_offer_in_the_coordinators_words(language: str, lapland: Vocabulary) -> None:
    """Each statement of the expert's offers once, by its labels, with the numbers that decide."""
    profiles = people(lapland, "hope", "hope", *OTHERS)
    lines = list(desk.explain(profiles[0], situation(profiles, lapland), language))
    expected = {
        "fi": "toivo · paneeli tai haastattelu: ei näy, tarjoajia 2, tarvitaan 3, puuttuu 1. "
        "Auttaisi: lisää tarjoajia tai oma lupa.",
        "en": "hope · panel or interview: withheld, offered by 2, needed 3, missing 1. "
        "Would help: more people who offer it, or own permission.",
    }
    assert lines[-1] == expected[language]
    assert len(lines) == len(set(lines))


def test_every_text_of_the_desk_is_there_in_finnish_and_english() -> None:
    """With the same facts in both."""
    texts = yaml.safe_load((files("kokemus") / "terms" / "explain.yml").read_text("utf-8"))
    for key, found in texts.items():
        assert set(found) == {"fi", "en"}, key
        assert [found["fi"].count("{")] == [found["en"].count("{")], key


@pytest.mark.build
def test_withdraw_takes_card_and_solo_away_with_the_next_build_and_nothing_else(demo: Path) -> None:
    """The command, then the real build: the card is gone, the crowd layer is as it was."""
    assert kokemus(demo, "build", "--on", "2026-11-24").code == 0
    before = contents(demo / "site")
    done = kokemus(demo, "withdraw", "e06", "--on", "2026-11-24")
    assert done.code == 0
    assert "e06: peruttu 2026-11-24" in done.output
    assert "Saimi" not in done.output
    assert kokemus(demo, "build", "--on", "2026-11-24").code == 0
    after = contents(demo / "site")
    assert b"Revontuli" in before["esittelyt/index.html"]
    assert b"Revontuli" not in after["esittelyt/index.html"]
    assert {name for name in before if before[name] != after[name]} == {
        "esittelyt/index.html",
        "sv/presentationer/index.html",
        "en/introductions/index.html",
    }
    again = kokemus(demo, "withdraw", "e06", "--on", "2026-11-25")
    assert "jo peruttu" in again.output


@pytest.mark.build
def test_explain_and_report_of_the_demo(demo: Path) -> None:
    """The commands, in the coordinator's language; an unknown code is wrong use."""
    done = kokemus(demo, "explain", "e05", "--on", "2026-11-24")
    assert done.code == 0
    assert "psykoosi · kokemuspuheenvuoro ryhmälle: näkyy, oma lupa: e05." in done.output
    done = kokemus(demo, "report", "--on", "2026-11-24")
    assert done.code == 0
    assert "masennus: näkyviä yhdistelmiä 17" in done.output
    assert "Kolme tarkoittaa kahta sille, joka itse on yksi kolmesta." in done.output
    assert kokemus(demo, "explain", "nobody").code == 2


def test_the_situation_of_the_demo_is_the_published_one(demo: Path) -> None:
    """What explain calls shown is what the site shows."""
    inputs = gather(demo / "mkdocs.yml")
    found = crowd.situation(inputs, ON)
    shown = publish.of_the_day(inputs, ON)[0].statements
    for profile in inputs.profiles:
        for offer in profile.offers:
            statement = Statement(offer.topic)
            assert found.reason(statement).shown is (statement in shown)


@pytest.mark.build
def test_a_withdrawal_that_cannot_be_written_leaves_the_file_and_says_so(demo: Path) -> None:
    """And a later day that stands there already gives way to an earlier one."""
    file = demo / "experts" / "e01.yml"
    odd = file.read_text("utf-8").replace(
        'consent:\n  given: 2026-03-02\n  text: "2026-1"', 'consent: {"given": 2026-03-02}'
    )
    file.write_text(odd, "utf-8")
    done = kokemus(demo, "withdraw", "e01", "--on", "2026-11-24")
    assert done.code == 1
    assert "käsin" in done.output
    assert file.read_text("utf-8") == odd
    later = odd.replace("2026-03-02}", "2026-03-02, withdrawn: 2027-06-01}")
    file.write_text(later, "utf-8")
    file.chmod(0o600)
    assert kokemus(demo, "withdraw", "e01", "--on", "2026-11-24").code == 0
    assert file.read_text("utf-8") == later.replace("2027-06-01", "2026-11-24")
    assert file.stat().st_mode & 0o777 == 0o600
