"""Messages to the coordinator: what is listed for an expert and why, and what a withdrawal changes."""

import json
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from kokemus import anonymity
from kokemus.anonymity import Edition, Parameters
from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.publication import publish
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import gather
from kokemus.reports import explanation, messages
from kokemus.reports.explanation import Situation
from kokemus.vocabulary import Vocabulary
from tests.conftest import contents, kokemus
from tests.rigs.profiles import read, text

ON = date(2026, 11, 24)
LOOKED = date(2026, 10, 1)
SOLO = "given: 2026-03-02, solo: [hope]"
CARD = 'card: {consent: 2026-05-01, name: Alias, topics: [hope], text: {fi: "Tervetuloa."}}'


def edition(*listed: str, signed: Iterable[str] = ()) -> Edition:
    return Edition(
        day=LOOKED,
        look=1,
        looked=LOOKED,
        counted=14,
        seed="0" * 64,
        parameters=Parameters(),
        listed=listed,
        signed=tuple(signed),
    )


def person(
    vocabulary: Vocabulary, topic: str, code: str = "p1", given: str = "given: 2026-03-02", more: str = ""
) -> Profile:
    return read(text(consent=given, offers=f"[{{topic: {topic}}}]", more=more), vocabulary, code=code)


def situation(
    profiles: Iterable[Profile], vocabulary: Vocabulary, standing: Edition | None, house: Iterable[str] = ()
) -> Situation:
    profiles = tuple(profiles)
    in_force = consent.in_force(profiles, ON)
    clock = anonymity.clock(standing, in_force.members, in_force.signed, Parameters(), ON)
    crowd = Crowd(
        in_force=in_force, edition=standing, clock=clock, parameters=Parameters(), items={}, lock="", problems=()
    )
    return Situation(profiles=profiles, crowd=crowd, house=frozenset(house), vocabulary=vocabulary)


def test_each_reason_is_given_when_it_applies(lapland: Vocabulary) -> None:
    """For every reason to be listed and every reason not to be. Each has a text."""
    one = person(lapland, "hope")
    signed = person(lapland, "hope", given=SOLO)
    carded = person(lapland, "hope", more=CARD)
    many = [person(lapland, "hope", code=f"p{at}") for at in range(12)]

    def reason(profiles: list[Profile], standing: Edition | None, house: Iterable[str] = ()) -> tuple[bool, str]:
        found = situation(profiles, lapland, standing, house).reason("hope")
        assert all(messages.why(found, language) for language in ("fi", "en"))
        return found.listed, found.code

    assert reason([one], None, ["hope"]) == (True, "house")
    assert reason([one], edition("hope")) == (True, "look")
    assert reason([signed], edition(signed=["hope"])) == (True, "signed")
    assert reason([carded], edition()) == (True, "card")
    assert reason([signed], edition()) == (False, "waits-edition")
    assert reason([one], None) == (False, "floor")
    assert reason(many, None) == (False, "first-look")
    assert reason(many, edition()) == (False, "not-found")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fi",
            "toivo: kysy meiltä. Tarkistus 2026-10-01 ei ottanut aihetta luetteloon: kertojia oli liian vähän, "
            "tai aihe lepää. Seuraava tarkistus on aikaisintaan 2027-10-01. Kertojia on nyt 1, tarvitaan vähintään 3. "
            "Auttaisi: erillinen lupa.",
        ),
        (
            "en",
            "hope: ask us. The look of 2026-10-01 did not list it: too few were counted, or it rests. The next look is "
            "2027-10-01 at the earliest. Experts who offer it today: 1, needed: at least 3. Would help: signing the "
            "topic.",
        ),
    ],
)
def test_explain_covers_every_topic_in_the_coordinator_s_language(
    language: str, expected: str, lapland: Vocabulary
) -> None:
    """Each topic once, with what would make it appear."""
    profile = person(lapland, "hope")
    assert list(messages.explain(profile, situation([profile], lapland, edition()), language))[-1] == expected


def test_an_edition_that_would_betray_a_leaver_is_advised_against(lapland: Vocabulary) -> None:
    """An expert leaving at the turn of a month would disappear with the edition. The advice says how long to wait."""
    leaver = person(lapland, "hope", given=f"{SOLO}, withdrawn: 2026-11-10, leaving: month")
    other = person(lapland, "recovery", code="p2", given="given: 2026-03-02, solo: [recovery]")
    said = list(messages.due(situation([leaver, other], lapland, edition(signed=["hope"])).crowd, "en", lapland))
    assert any("before 2027-01-01" in line and "hope" in line for line in said)
    later = (
        person(lapland, "hope", code="p3", given="given: 2026-03-02, withdrawn: 2026-12-10, leaving: month"),
        person(lapland, "recovery", code="p4", given=f"{SOLO.replace('hope', 'recovery')}, withdrawn: 2027-03-10"),
    )
    with_later = situation([leaver, other, *later], lapland, edition(signed=["hope"])).crowd
    assert any("before 2027-01-01" in line for line in messages.due(with_later, "en", lapland))
    still = person(lapland, "hope", code="p5", given=SOLO)
    stays = situation([leaver, other, still], lapland, edition(signed=["hope"])).crowd
    assert stays.in_force.leaving == {}
    assert not any("2027-01-01" in line for line in messages.due(stays, "en", lapland))
    alone = situation([leaver], lapland, edition(signed=["hope"])).crowd
    assert not any("2027-01-01" in line for line in messages.due(alone, "en", lapland))


@pytest.mark.parametrize("language", ["fi", "en"])
def test_nobody_learns_the_result_of_a_look_before_it_is_made(language: str, lapland: Vocabulary) -> None:
    """The message about a due look is the same whichever topics the crowd offers."""
    told = {
        tuple(
            messages.due(
                situation([person(lapland, topic, code=f"p{at}") for at in range(14)], lapland, None).crowd,
                language,
                lapland,
            )
        )
        for topic in ("hope", "recovery", "psychosis")
    }
    assert len(told) == 1
    assert len(told.pop()) == 2


def test_every_text_of_explain_yml_exists_in_finnish_and_english() -> None:
    """And uses the same values in both."""
    texts = yaml.safe_load((files("kokemus") / "coordinator" / "texts" / "explain.yml").read_text("utf-8"))
    for key, found in texts.items():
        assert set(found) == {"fi", "en"}, key
        assert [found["fi"].count("{")] == [found["en"].count("{")], key


@pytest.mark.build
def test_withdraw_removes_only_the_card_in_the_next_build(built: Path) -> None:
    """The command, then a real build: the card and its topics are gone, and everything else is unchanged."""
    before = contents(built / "site")
    done = kokemus(built, "withdraw", "e06", "--on", "2026-11-24")
    assert done.code == 0
    assert "e06: suostumus peruttu 2026-11-24" in done.output
    assert "Saimi" not in done.output
    assert kokemus(built, "build", "--on", "2026-11-24").code == 0
    after = contents(built / "site")
    assert b"Revontuli" in before["esittelyt/index.html"]
    assert b"Revontuli" not in after["esittelyt/index.html"]
    assert all(b"Revontuli" not in content for content in after.values())
    listed = [json.loads(files["catalogue.json"])["topics"] for files in (before, after)]
    gone = {id for id in listed[0] if listed[0][id]["listed"] and not listed[1][id]["listed"]}
    assert gone == {"creativity", "own-story"}
    again = kokemus(built, "withdraw", "e06", "--on", "2026-11-25")
    assert "jo peruttu" in again.output


@pytest.mark.build
def test_explain_and_report_of_the_demo(demo: Path) -> None:
    """Both commands are in the coordinator's language. An unknown code is a usage error."""
    done = kokemus(demo, "explain", "e05", "--on", "2026-11-24")
    assert done.code == 0
    assert "psykoosi: luettelossa. Erillinen lupa." in done.output
    done = kokemus(demo, "report", "--on", "2026-11-24")
    assert done.code == 0
    assert "masennus: luettelossa. Aihe löytyi tarkistuksessa 2026-10-05" in done.output
    assert "Joku, joka tuntee ihmisen hyvin, voi arvata, mutta ei olla varma." in done.output
    assert kokemus(demo, "explain", "nobody").code == 2


def test_explain_agrees_with_the_published_site(demo: Path) -> None:
    """What `kokemus explain` calls listed is what the site lists."""
    inputs = gather(demo / "mkdocs.yml")
    found = explanation.situation(inputs, ON)
    listed = publish.listed(found.crowd, found.house, inputs.vocabulary).topics
    for topic in inputs.vocabulary.topics:
        assert found.reason(topic).listed is (topic in listed)


@pytest.mark.build
def test_a_withdrawal_that_cannot_be_written_leaves_the_file_and_says_so(demo: Path) -> None:
    """A later day that is already in the file is replaced by the earlier one."""
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
