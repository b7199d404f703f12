"""An association that closes: what its site removes when, and what stays."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs, gather
from kokemus.publication.publish import Publication, publish, shown
from kokemus.reports import explanation
from kokemus.website import pages
from kokemus.website.wording import day, ui
from tests.conftest import DEMO_DAY, build, change, kokemus

CLOSES = date(2026, 12, 1)
BEFORE = CLOSES - timedelta(days=1)
INSTEAD = "{fi: Kysy Toiselta ry:ltä., sv: Fråga Andra rf., en: Ask Another Association.}"


@pytest.fixture
def closing(demo: Path) -> Path:
    """The demo with a closing in a week and a text about where else to ask."""
    option = f"      closed: {{on: {CLOSES}, instead: {INSTEAD}}}\n"
    change(demo, "mkdocs.yml", "      experts: experts\n", f"      experts: experts\n{option}")
    return demo


def whole(made: Publication) -> dict[str, str]:
    """Every page as a document by its address, including the page for unknown addresses."""
    assert made.site
    documents = {page.url: pages.document(made.site, page, page.content) for page in made.pages()}
    return documents | {"404.html": pages.not_found(made.site)}


def test_before_the_closing_only_check_mentions_it(closing: Path, inputs: Inputs) -> None:
    """The bytes are the same even on the day before: readers cannot tell that the association is about to close."""
    for on in (DEMO_DAY, BEFORE):
        made, usual = publish(gather(closing / "mkdocs.yml"), on), publish(inputs, on)
        assert [*made.pages()] == [*usual.pages()]
        assert made.data == usual.data
        assert whole(made) == whole(usual)
        assert {found.code for found in made.problems} - {found.code for found in usual.problems} == {"closing-ahead"}


def test_from_the_closing_on_every_page_says_so_and_where_to_ask(closing: Path) -> None:
    """Every earlier address has the notice in its language. The page for unknown addresses has it in every language."""
    before, made = (publish(gather(closing / "mkdocs.yml"), on) for on in (BEFORE, CLOSES))
    assert before.site
    assert made.site
    assert [page.url for page in made.site.outline] == [page.url for page in before.site.outline]
    documents = {url: text.replace("\u00ad", "").replace("&shy;", "") for url, text in whole(made).items()}
    for language, instead in made.site.settings.closing.instead.items():  # type: ignore[union-attr]
        told = [documents[page.url] for page in made.site.outline if page.language == language]
        assert all(str(ui("closed.title", language)) in text and instead in text for text in told)
        assert instead in documents["404.html"]


def test_without_a_text_of_its_own_the_site_says_where_to_ask_in_general(demo: Path) -> None:
    """A date alone is the shortest form."""
    change(demo, "mkdocs.yml", "      experts: experts\n", f"      experts: experts\n      closed: {CLOSES}\n")
    for url, text in whole(publish(gather(demo / "mkdocs.yml"), CLOSES)).items():
        assert str(ui("closed.instead", url[:2] if url[:3] in ("sv/", "en/") else "fi")) in text


def test_form_buttons_cards_and_every_listed_topic_are_gone(closing: Path) -> None:
    """All topics go at once: if only those of the crowd stayed, the others would be known to be signed."""
    before, made = (publish(gather(closing / "mkdocs.yml"), on) for on in (BEFORE, CLOSES))
    assert before.site
    cards = [card.name for card in before.site.catalogue.cards]
    assert cards
    documents = whole(made)
    for url, text in documents.items():
        assert not any(part in text for part in ("<form", "button--primary", "menu__ask", 'class="card person"')), url
        assert not any(name in text for name in cards), url
        assert "/catalogue" not in text
    assert any("<form" in text for text in whole(before).values())
    data = json.loads(made.data["catalogue.json"])
    assert not any(one["listed"] for part in ("topics", "groups") for one in data[part].values())
    assert not any(name.startswith(("search-", "also-", "names-", "need")) for name in made.data)
    assert not any(name in text for name in cards for text in made.data.values())
    secrets = {secret.text for secret in made.day.secrets}
    assert secrets.issuperset(cards), "the audit looks for what cards said"


def test_search_engines_keep_the_front_page_and_the_hand_written_ones(closing: Path) -> None:
    """Otherwise the notice would be found at a thousand addresses instead of help."""
    site = publish(gather(closing / "mkdocs.yml"), CLOSES).site
    assert site
    assert {page.id for page in site.outline if page.listed} == {"home", *(guide.id for guide in site.guides)} - {
        "thanks"
    }
    assert pages.sitemap(site).count("<loc>") == sum(page.listed for page in site.outline)


def test_a_closed_site_that_nobody_builds_is_not_called_abandoned(closing: Path) -> None:
    """What it says stays true. In another site's frame it is still only a link to itself."""
    before, made = (publish(gather(closing / "mkdocs.yml"), on).data["built.js"] for on in (BEFORE, CLOSES))
    assert "stale" in before
    assert "stale" not in made
    assert "self!==top" in made.replace(" ", "")


def test_nothing_of_the_crowd_is_lost_or_made_after_the_closing(closing: Path) -> None:
    """If the date is removed again, the earlier list is back."""
    change(closing, "mkdocs.yml", f"on: {CLOSES}", "on: 2026-01-01")
    inputs = gather(closing / "mkdocs.yml")
    late = crowd.on_the_day(inputs, date(2029, 1, 1))
    assert not late.clock.due
    assert crowd.following(late, "0" * 64, postponed=False) is None
    assert late.edition
    assert late.edition.listed


def test_explain_says_that_the_site_is_closed(closing: Path) -> None:
    """It says so of every topic, whichever layer listed it."""
    situation = explanation.situation(gather(closing / "mkdocs.yml"), CLOSES)
    reasons = [situation.reason(topic) for topic in situation.vocabulary.topics]
    assert {(reason.listed, reason.code) for reason in reasons} == {(False, "closed")}
    told = kokemus(closing, "explain", "e05", "--on", str(CLOSES))
    assert told.code == 0
    assert told.output.count(f"Sivusto on suljettu {CLOSES} alkaen") == 5


@pytest.mark.build
def test_a_site_closes_opens_again_and_closes_without_its_profiles(small: Path) -> None:
    """With the real command. The look stays the one that was shown, and erased profiles do not block the notice."""
    assert build(small, BEFORE).code == 0
    look = shown(small / "site")
    change(small, "mkdocs.yml", "      experts: experts\n", f"      experts: experts\n      closed: {CLOSES}\n")
    assert build(small, CLOSES).code == 0
    notice = day(CLOSES, "fi")
    assert all(notice in page.read_text("utf-8") for page in (small / "site").rglob("*.html"))
    assert shown(small / "site") == look
    change(small, "mkdocs.yml", f"      closed: {CLOSES}\n", "")
    assert build(small, CLOSES).code == 0
    assert notice not in (small / "site" / "index.html").read_text("utf-8")
    change(small, "mkdocs.yml", "      experts: experts\n", f"      experts: experts\n      closed: {CLOSES}\n")
    for profile in (small / "experts").glob("e*.yml"):
        if profile.name != "edition.yml":
            profile.unlink()
    assert build(small, CLOSES).code == 0
    assert notice in (small / "site" / "index.html").read_text("utf-8")
