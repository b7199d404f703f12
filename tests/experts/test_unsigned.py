"""A profile that waits for a signature stops nobody, and nothing of it counts or shows."""

from pathlib import Path

import pytest

from kokemus.documents import parser
from kokemus.documents.problems import errors
from kokemus.experts import profile
from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.reports.people import UNSIGNED, people
from kokemus.vocabulary import Vocabulary
from tests.conftest import DEMO_DAY, change, kokemus

WHOLE = """consent:
  given: {given}
  solo: [alcohol]
languages: [fi]
remote: true
offers: [{{topic: alcohol}}]
card: {{consent: {given}, name: Kuutar, text: {{fi: "Kerron siitä, mikä auttoi."}}, topics: [alcohol]}}
private: {{name: Oona Outonimi}}
"""


@pytest.fixture
def waiting(demo: Path) -> Path:
    (demo / "experts" / "x7k2m.yml").write_text(WHOLE.format(given=""), "utf-8")
    return demo


def test_it_changes_nothing_that_is_published(waiting: Path) -> None:
    """Neither the crowd, nor signed topics, nor cards. The control is the same profile with its day."""
    with_it = publish.publish(gather(waiting / "mkdocs.yml"), DEMO_DAY)
    (waiting / "experts" / "x7k2m.yml").write_text(WHOLE.format(given=DEMO_DAY), "utf-8")
    signed = publish.publish(gather(waiting / "mkdocs.yml"), DEMO_DAY)
    (waiting / "experts" / "x7k2m.yml").unlink()
    without = publish.publish(gather(waiting / "mkdocs.yml"), DEMO_DAY)
    assert [page.content for page in with_it.pages()] == [page.content for page in without.pages()]
    assert with_it.day.crowd == without.day.crowd
    assert signed.day.crowd != without.day.crowd
    assert any("Kuutar" in page.content for page in signed.pages())


def test_it_is_told_and_stops_nobody(waiting: Path) -> None:
    """Neither `check` nor `edition` nor `report`. Who asks why nothing shows is told."""
    checked = kokemus(waiting, "check", "--on", str(DEMO_DAY))
    assert checked.code == 0
    assert "warning[unsigned]" in checked.output
    assert kokemus(waiting, "edition", "--on", str(DEMO_DAY)).code == 0
    assert kokemus(waiting, "report", "--on", str(DEMO_DAY)).code == 0
    told = kokemus(waiting, "explain", "x7k2m", "--on", str(DEMO_DAY))
    assert told.code == 2
    assert "odottaa allekirjoitusta" in told.output


def test_the_list_of_people_says_so(waiting: Path) -> None:
    """And that a file is broken, if it has a mistake beside."""
    states = {one.code: one.standing for one in people(gather(waiting / "mkdocs.yml"), DEMO_DAY)}
    assert states["x7k2m"] == UNSIGNED
    change(waiting, "experts/x7k2m.yml", "topic: alcohol", "topic: alcoohol")
    states = {one.code: one.standing for one in people(gather(waiting / "mkdocs.yml"), DEMO_DAY)}
    assert states["x7k2m"] == "broken"


def test_its_private_values_are_still_looked_for(waiting: Path) -> None:
    """A name that waits is as private as any other."""
    secrets = publish.publish(gather(waiting / "mkdocs.yml"), DEMO_DAY).day.secrets
    assert any(one.text == "Oona Outonimi" for one in secrets)


@pytest.mark.parametrize("given", ["joskus", "#2026-03-02", '""', "2026-02-31", "{}"])
def test_a_day_that_cannot_be_read_is_a_mistake(given: str, lapland: Vocabulary) -> None:
    """Somebody may have signed."""
    document, _ = parser.read("experts/e1.yml", WHOLE.format(given=DEMO_DAY).replace(str(DEMO_DAY), given, 1).encode())
    assert document
    found, problems = profile.read(document, lapland)
    assert found is None
    assert errors(problems)


def test_a_withdrawn_consent_was_signed(lapland: Vocabulary) -> None:
    """Then its day is missing."""
    text = WHOLE.format(given="").replace("given: \n", "given:\n  withdrawn: 2026-03-02\n", 1)
    document, _ = parser.read("experts/e1.yml", text.encode())
    assert document
    assert errors(profile.read(document, lapland)[1])
