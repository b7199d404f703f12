"""Who keeps data for the association, and for how long: read from the configuration, never left blank."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kokemus.documents.placeholder import OPEN
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from kokemus.request_form.processors import KINDS
from kokemus.settings import Period
from tests.conftest import DEMO_DAY, change

KEPT = "site_src/en/kept.md"
PAGE = """---
title: Who keeps what
slug: who-keeps-what
description: A page of a test.
---

Mail: {{ processors.mail.name }}, {{ processors.mail.country }}, {{ processors.mail.retention }}.
Profiles: {{ profiles_kept }}.
"""


def said(demo: Path) -> str:
    """The English text of a page that names these facts."""
    change(demo, "mkdocs.yml", "[fi, sv, en]", "[en]")
    (demo / KEPT).write_text(PAGE, "utf-8")
    publication = publish(gather(demo / "mkdocs.yml"), DEMO_DAY)
    assert publication.site, publication.problems
    return next(page.content for page in publication.guides if page.id == "kept")


def test_pages_name_who_keeps_what_and_for_how_long(demo: Path) -> None:
    """In the language of the page."""
    page = said(demo)
    assert "Mail: Esimerkkiposti, Finland, until the message is deleted." in page
    assert "Profiles: 12\N{NO-BREAK SPACE}months." in page


def test_a_missing_processor_is_a_warning_and_stays_open(demo: Path) -> None:
    """One warning names everything that is missing. The site is built, and its pages show the gaps."""
    text = (demo / "mkdocs.yml").read_text("utf-8")
    (demo / "mkdocs.yml").write_text(text[: text.index("      processors:\n")], "utf-8")
    found = gather(demo / "mkdocs.yml")
    assert [(one.code, one.severity, dict(one.values)) for one in found.problems] == [
        ("processors-missing", "warning", {"facts": ", ".join(f"processors.{kind}" for kind in KINDS)})
    ]
    assert f"Mail: {OPEN}, {OPEN}, {OPEN}." in said(demo)


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("          name: Esimerkkiposti\n", "", "processors.mail.name"),
        (
            "{fi: varmuuskopiot 30 päivää, sv: säkerhetskopior 30 dagar, ",
            "{fi: varmuuskopiot 30 päivää, ",
            "processors.profiles.retention.sv",
        ),
    ],
)
def test_an_incomplete_processor_is_an_error(demo: Path, old: str, new: str, fact: str) -> None:
    """In every language of the site."""
    change(demo, "mkdocs.yml", old, new)
    found = gather(demo / "mkdocs.yml").problems
    assert [(one.code, dict(one.values)) for one in found] == [("missing-fact", {"fact": fact})]


@pytest.mark.parametrize("late", [False, True])
def test_a_profile_that_is_kept_longer_than_promised_is_a_warning(demo: Path, late: bool) -> None:
    """From the day on which the promised period is over, counted from the end of the consent."""
    inputs = gather(demo / "mkdocs.yml")
    assert inputs.settings
    withdrawn = next(one.consent.withdrawn for one in inputs.profiles if one.code == "e23")
    assert withdrawn
    on = inputs.settings.profiles_kept.after(withdrawn) - timedelta(days=not late)
    told = [one for one in publish(inputs, on).problems if one.code == "kept-too-long" and "e23" in one.path]
    assert bool(told) is late


@pytest.mark.parametrize(
    ("number", "unit", "day"),
    [
        (3, "days", "2026-11-27"),
        (2, "weeks", "2026-12-08"),
        (12, "months", "2027-11-24"),
        (5, "working days", "2026-12-01"),
    ],
)
def test_a_period_ends_on_a_day(number: int, unit: str, day: str) -> None:
    """Five of seven days are working days."""
    assert Period(number, unit).after(DEMO_DAY) == date.fromisoformat(day)


FORM = "service: generic\n        url: https://forms.example.org/kokemus"
SENT_TO = "service: {}\n        url: {}"


@pytest.mark.parametrize(
    ("service", "url", "name", "country", "codes"),
    [
        ("link", "https://docs.google.com/forms/d/e/x/viewform", "Esimerkkilomake", "Suomi", {"processor-other"}),
        ("link", "https://docs.google.com/forms/d/e/x/viewform", "Google Ireland Limited", "Suomi", set()),
        ("link", "https://formspree.io/f/x", "Esimerkkilomake", "Suomi", {"processor-other"}),
        ("link", "mailto:kokemus@example.org", "Esimerkkilomake", "Suomi", set()),
        ("formspree", "https://formspree.io/f/x", "Esimerkkilomake", "Suomi", {"processor-other"}),
        ("formspree", "https://formspree.io/f/x", "Formspree, Inc.", "Suomi", {"processor-country"}),
        ("formspree", "https://formspree.io/f/x", "Formspree, Inc.", "Yhdysvallat (Suomi varalla)", set()),
        ("formspree", "https://formspree.io/f/x", "Formspree, Inc.", "ETA-maiden ulkopuolella", set()),
    ],
)
def test_a_processor_who_is_not_the_service_is_a_warning(
    demo: Path, service: str, url: str, name: str, country: str, codes: set[str]
) -> None:
    """Visitors are told who gets their request and where, so it must be the one who gets it."""
    change(demo, "mkdocs.yml", FORM, SENT_TO.format(service, url))
    change(demo, "mkdocs.yml", "name: Esimerkkilomake", f'name: "{name}"')
    old = "country: {fi: Suomi, sv: Finland, en: Finland}\n          retention: {fi: 30 päivää, sv"
    where = f'country: {{fi: "{country}", sv: "{country}", en: "{country}"}}\n          retention: {{fi: 30 päivää, sv'
    change(demo, "mkdocs.yml", old, where)
    found = gather(demo / "mkdocs.yml")
    assert {one.code for one in found.problems} == codes
    assert {one.severity for one in found.problems} <= {"warning"}
    assert found.settings
