"""The consent sheet: one page, true in three languages, and silent about what others have signed."""

import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from kokemus.publication import crowd, publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import consent_sheet, paper, particulars
from kokemus.reports.consent_sheet import Sheet
from kokemus.website.catalogue import Catalogue
from tests.conftest import DEMO_DAY, change, kokemus

TEXTS = yaml.safe_load((files("kokemus") / "coordinator" / "texts" / "papers.yml").read_text("utf-8"))
LANGUAGES = ("fi", "sv", "en")
TOGETHER = """\
      together:
        lappi-a: {name: Pohjoisen Kokemusyhdistys ry, email: pohjoinen@example.org, phone: 016 555 0301}
        lappi-b: {name: Itä-Lapin Mieli ry, email: ita@example.org, phone: 016 555 0302}
        lappi-c: {name: Tunturien Tuki ry, email: tunturit@example.org, phone: 016 555 0303}
"""


def made(inputs: Inputs, code: str) -> Sheet:
    document = next(found for found in inputs.documents if found.path.endswith(f"/{code}.yml"))
    found, problems = consent_sheet.sheet(inputs, document, DEMO_DAY)
    assert found, problems
    return found


def printed(demo: Path, code: str, language: str = "en") -> str:
    """The printed sheet of one expert, as HTML."""
    inputs = gather(demo / "mkdocs.yml")
    assert inputs.settings, inputs.problems
    facts = particulars.of_association(inputs.settings, inputs.configuration, language)
    return paper.consent(made(inputs, code), facts, inputs.vocabulary, language).html


def public(demo: Path) -> Catalogue:
    inputs = gather(demo / "mkdocs.yml")
    assert inputs.settings
    return publish.listed(crowd.on_the_day(inputs, DEMO_DAY), inputs.settings.house_topics, inputs.vocabulary)


def test_the_sheet_agrees_with_the_site(demo: Path) -> None:
    """Topics are split by whether the last look found them. Signed topics and cards are those that the site shows."""
    inputs = gather(demo / "mkdocs.yml")
    shown = public(demo)
    today = crowd.on_the_day(inputs, DEMO_DAY)
    looked = {item for item in today.edition.listed if item in shown.topics} if today.edition else set()
    assert looked
    assert looked != shown.topics
    for profile in inputs.profiles:
        found = made(inputs, profile.code)
        offered = {offer.topic for offer in profile.offers}
        assert set(found.listed) == offered & looked
        assert set(found.others) == offered - looked
    assert made(inputs, "e05").solo == ("psychosis",)
    assert made(inputs, "e06").card in shown.cards
    assert kokemus(demo, "consent", "e05", "--html", "site_src/sheet.html").code == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_never_reveals_what_another_expert_has_signed(demo: Path, language: str) -> None:
    """If the public list stays the same, a signature of another expert changes no byte of the sheet.

    Here e05 has signed psychosis, and then e01 does too. The control is the list without the expert, from which the
    sheet was once made: it differs, and so it revealed the other signature.
    """
    change(demo, "experts/e01.yml", "  - topic: recovery", "  - topic: psychosis\n  - topic: recovery")
    before, listed, others = printed(demo, "e05", language), public(demo), without(demo, "e05")
    change(demo, "experts/e01.yml", "consent:\n", "consent:\n  solo: [psychosis]\n")
    assert public(demo) == listed
    assert printed(demo, "e05", language) == before
    assert without(demo, "e05") != others


def without(demo: Path, code: str) -> object:
    """The public list of the same day without one expert."""
    moved = demo / "experts" / f"{code}.yml"
    text = moved.read_text("utf-8")
    moved.unlink()
    found = public(demo)
    moved.write_text(text, "utf-8")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_holder_is_not_told_that_enough_others_offer_the_topic(demo: Path, language: str) -> None:
    """Psychosis is listed because e05 signed it. For e01 it is a topic that a later look may find, like any other.

    The sheet once said «shown because enough others offer it. You would be one of them», which was not true.
    """
    change(demo, "experts/e01.yml", "  - topic: recovery", "  - topic: psychosis\n  - topic: recovery")
    name = {"fi": "psykoosi", "sv": "psykos", "en": "psychosis"}[language]
    lines = [line for line in printed(demo, "e01", language).splitlines() if name in line]
    others = TEXTS["sheet.crowd.others"][language].partition("{")[0]
    assert [line.startswith(f"<p>{others}") for line in lines] == [True]
    for old in ("enough others", "riittävän moni", "tillräckligt många", "without you", "ilman sinua", "utan dig"):
        assert old not in printed(demo, "e01", language)


@pytest.mark.parametrize(("code", "levels"), [("e01", "1"), ("e05", "12"), ("e06", "3")])
def test_the_sheet_has_boxes_only_for_the_levels_that_it_shows(demo: Path, code: str, levels: str) -> None:
    """There is no box for a level that the profile does not use, nor for the crowd if the expert has a card."""
    boxes = printed(demo, code).partition('<ul class="boxes">')[2].partition("</ul>")[0]
    assert "".join(re.findall(r"<li>(\d)\.", boxes)) == levels


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_fact_is_marked_with_its_place(demo: Path, language: str) -> None:
    """It is never left blank, and the sheet is marked as a draft. A complete sheet has no such mark."""
    assert "<mark>" not in printed(demo, "e01", language)
    change(demo, "mkdocs.yml", "phone: 016 555 0100", 'phone: "…"')
    text = printed(demo, "e01", language)
    missing = TEXTS["missing"][language].format(file="mkdocs.yml", key="association.phone")
    assert f"<mark>{missing}</mark>" in text
    assert TEXTS["missing.note"][language] in text
    assert "…" not in text
    done = kokemus(demo, "consent", "e01", "--on", "2026-11-24")
    assert "mkdocs.yml, kohta association.phone" in done.output


def test_the_text_of_the_consent_has_a_version() -> None:
    """If this fails, the consent text has changed: give it a new version, and update the digest."""
    words = {key: texts for key, texts in TEXTS.items() if key.startswith("sheet.")}
    assert all(set(texts) == set(LANGUAGES) for texts in words.values())
    digest = sha256(yaml.safe_dump(words, allow_unicode=True).encode()).hexdigest()[:12]
    assert (consent_sheet.TEXT, digest) == ("2026-2", "89519224a3f5")


def realistic(demo: Path) -> None:
    """An association with long names, an expert with many topics, three of them signed, and a card in three
    languages."""
    configuration = demo / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    for old, new in (
        ("Kokemusyhdistys Esimerkki ry", "Pohjoisen mielenterveys- ja päihdekokemusyhdistys Esimerkki ry"),
        ("name: Esimerkkisäilö", "name: Esimerkkisäilö Tietovarastopalvelut Oy"),
        ("name: Esimerkkipalvelin", "name: Esimerkkipalvelin Verkkosivupalvelut Oy"),
        ("officer: tietosuoja@", "officer: tietosuojavastaava.etunimi.sukunimi@esimerkkiyhdistys."),
    ):
        assert old in text
        text = text.replace(old, new)
    configuration.write_text(text, "utf-8")
    more = ("ocd", "surviving-suicidality", "depression", "anxiety", "hope", "hospital-care", "therapy", "medication")
    offers = "".join(f"  - topic: {topic}\n" for topic in more)
    change(demo, "experts/e05.yml", "solo: [psychosis]", "solo: [psychosis, ocd, surviving-suicidality]")
    change(demo, "experts/e05.yml", "  - topic: psychosis\n", f"  - topic: psychosis\n{offers}")
    change(demo, "experts/e06.yml", "consent:\n  given", "consent:\n  solo: [creativity]\n  given")


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_one_page_of_paper(demo: Path, language: str, chromium: Browser) -> None:
    """As a real browser prints it on A4, for an expert with many topics and for one with a card in three languages.

    The control: a card with the longest allowed text takes more than one page.
    """
    realistic(demo)
    assert [pages(demo, code, language, chromium) for code in ("e05", "e06")] == [1, 1]
    change(demo, "experts/e06.yml", "Tämä esittely on keksitty.", "Pitkä tarina. " * 120)
    assert pages(demo, "e06", language, chromium) > 1


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_of_several_associations_is_one_page_too(demo: Path, language: str, chromium: Browser) -> None:
    """With the contacts of three associations, for an expert of the crowd and for one with a card."""
    change(demo, "mkdocs.yml", "      serves: [lappi]\n", f"      serves: [lappi]\n{TOGETHER}")
    assert [pages(demo, code, language, chromium) for code in ("e05", "e06")] == [1, 1]


def pages(demo: Path, code: str, language: str, chromium: Browser) -> int:
    paper = demo / "sheet.html"
    paper.write_text(printed(demo, code, language), "utf-8")
    page = chromium.new_page()
    page.goto(paper.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
