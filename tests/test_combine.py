"""Combining choices: three answers, said aloud, kept in the address alone, and browsing for those without scripts."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kokemus.answers import answer
from kokemus.statement import Statement, closed
from kokemus.vocabulary import Vocabulary
from tests.quality import speed
from tests.quality.budgets import BUDGETS

pytestmark = pytest.mark.browser

COMBINE = {"fi": "loyda-sopiva-aihe/", "sv": "sv/hitta-ett-tema/", "en": "en/find-a-topic/"}
NO = re.compile(r"\b(ei|eikä|valitettavasti|ingen|inga|inte|tyvärr|no|none|not|nobody|unfortunately)\b", re.IGNORECASE)
CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"audience": "upper-secondary"},
    {"place": "kemi", "language": "fi"},
    {"place": "utsjoki"},
    {"place": "remote", "language": "sv", "format": "class-talk"},
    {"topic": "grief"},
    {"topic": "depression", "audience": "upper-secondary", "format": "panel"},
    {"language": "so", "format": "evaluation"},
)


def ready(page: Page) -> None:
    """Wait until the answers are there."""
    expect(page.locator("#answers[aria-busy=false]")).to_be_visible()


def choose(page: Page, **chosen: str) -> None:
    """Choose in the native lists as a visitor does."""
    for name, value in chosen.items():
        page.locator(f"#choice-{name}").select_option(value)


def listed(page: Page) -> dict[str, list[str]]:
    """The topics under each answer, as far as they are visible."""
    return {
        id: [item.get_attribute("data-topic") or "" for item in page.locator(f"#{id} [data-topic]").all()]
        for id in ("yes", "likely", "ask")
        if page.locator(f"#{id}").is_visible()
    }


def published(site: Path, terms: Vocabulary) -> frozenset[Statement]:
    """What catalogue.json implies."""
    data = json.loads((site / "catalogue.json").read_text("utf-8"))
    return closed([Statement(topic, **(rest or [{}])[0]) for topic, *rest in data["statements"]], terms.ancestors)


@pytest.mark.parametrize("language", COMBINE)
@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: "+".join(chosen.values()) or "nothing")
def test_each_topic_stands_under_its_answer(
    chosen: dict[str, str],
    language: str,
    demo_site: Path,
    lapland: Vocabulary,
    serve: Callable[[Path], str],
    chromium: Browser,
) -> None:
    """As the pure function of the generator answers; ask us is always there; never a no, never a number of people."""
    page = chromium.new_page()
    page.goto(serve(demo_site) + COMBINE[language])
    ready(page)
    choose(page, **chosen)
    found = published(demo_site, lapland)
    selected = {"where" if name == "place" else name: value for name, value in chosen.items()}
    topics = [selected["topic"]] if "topic" in selected else list(lapland.topics)
    expected: dict[str, set[str]] = {"yes": set(), "likely": set(), "ask": set()}
    for topic in topics:
        expected[answer(Statement(**{**selected, "topic": topic}), found)].add(topic)
    shown = listed(page)
    assert {id: set(topics) for id, topics in shown.items()} == {
        id: topics for id, topics in expected.items() if topics or id == "ask"
    }
    assert list(shown) == [id for id in ("yes", "likely", "ask") if id in shown]
    status = page.locator("#status").inner_text()
    counts = [len(expected[id]) for id in ("yes", "likely") if expected[id]]
    assert [int(number) for number in re.findall(r"\d+", status)] == counts
    assert not NO.search(page.locator("main").inner_text())
    assert not re.search(r"\d", page.locator("#answers").inner_text())
    page.close()


def test_the_address_keeps_the_choices_and_nothing_else_does(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """It can be sent to somebody else, in another language too; what it does not know it forgets."""
    context = chromium.new_context()
    page = context.new_page()
    address = serve(demo_site) + COMBINE["fi"]
    page.goto(address)
    choose(page, audience="upper-secondary", place="kemi")
    expect(page).to_have_url(f"{address}?audience=upper-secondary&place=kemi")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    before = listed(page)
    other = context.new_page()
    other.goto(page.url)
    ready(other)
    assert listed(other) == before
    other.locator(".tongues a").first.click()
    ready(other)
    assert other.locator("#choice-place").input_value() == "kemi"
    assert {id: set(topics) for id, topics in listed(other).items()} == {
        id: set(topics) for id, topics in before.items()
    }
    page.get_by_role("button", name="Tyhjennä valinnat").click()
    expect(page).to_have_url(address)
    page.goto(f"{address}?place=atlantis&colour=red&language=fi")
    ready(page)
    assert page.locator("#choice-place").input_value() == ""
    assert page.locator("#choice-language").input_value() == "fi"
    context.close()


def test_going_back_finds_the_choices_as_they_were(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """From a topic's page back to the list."""
    page = chromium.new_page()
    page.goto(serve(demo_site) + COMBINE["fi"] + "?place=kemi")
    ready(page)
    before = listed(page)
    page.locator("#yes .pairing__name").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator("#choice-place")).to_have_value("kemi")
    ready(page)
    assert listed(page) == before
    page.close()


def test_the_result_is_said_aloud_after_each_change(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """A polite live region that was there from the start, whose text changes; the focus stays where it is."""
    page = chromium.new_page()
    page.goto(serve(demo_site) + COMBINE["en"])
    status = page.get_by_role("status")
    expect(status).to_have_text("Topics you can request like this: 8. You can ask us about every topic.")
    page.locator("#choice-audience").focus()
    choose(page, audience="upper-secondary", place="kemi")
    expect(status).to_have_text(re.compile(r"^Topics that will probably fit: \d+\. You can ask us"))

    assert page.evaluate("document.activeElement.id") in ("choice-audience", "choice-place")
    choose(page, language="so")
    expect(status).to_have_text("You can ask us about every topic.")
    page.close()


def test_the_way_to_ask_carries_every_choice(demo_site: Path, serve: Callable[[Path], str], chromium: Browser) -> None:
    """From each result its topic with all that is chosen; from the general link what is chosen."""
    page = chromium.new_page()
    page.goto(serve(demo_site) + COMBINE["fi"])
    ready(page)
    choose(page, audience="upper-secondary", place="kemi", language="fi", format="panel")
    link = page.locator("[data-topic=depression] .pairing__ask").get_attribute("href") or ""
    chosen = {"audience": ["upper-secondary"], "place": ["kemi"], "language": ["fi"], "format": ["panel"]}
    assert urlsplit(link).path.endswith("/pyynto/")
    assert parse_qs(urlsplit(link).query) == {**chosen, "topic": ["depression"]}
    expect(page).to_have_url(re.compile("format=panel"))
    general = page.locator("#ask-link").get_attribute("href") or ""
    assert parse_qs(urlsplit(general).query) == chosen
    page.locator("[data-topic=depression] .pairing__ask").click()
    expect(page.locator("#topic-depression")).to_be_checked()
    page.close()


@pytest.mark.parametrize("language", COMBINE)
def test_without_scripts_the_page_leads_to_every_single_dimension(
    language: str, demo_site: Path, serve: Callable[[Path], str], chromium: Browser, whole_country: Vocabulary
) -> None:
    """No dead form; the ways to browse come first, then all topics, each with its page and a way to ask."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = serve(demo_site)
    page.goto(address + COMBINE[language] + "?place=kemi")
    assert not page.locator("#combine").is_visible()
    assert page.locator("#ways a").count() == 6
    assert page.locator("#answers .pairing__name:visible").count() == len(whole_country.topics)
    assert page.locator("#answers .pairing__ask:visible").count() == len(whole_country.topics)
    ways, answers = page.locator("#ways").bounding_box(), page.locator("#answers").bounding_box()
    assert ways
    assert answers
    assert ways["y"] < answers["y"]
    page.goto(address)
    page.locator("#find-audience").select_option("upper-secondary")
    page.locator(".finder button").click()
    assert urlsplit(page.url).path.endswith(COMBINE["fi"])
    context.close()


def test_without_the_data_the_page_is_as_without_scripts(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser, whole_country: Vocabulary
) -> None:
    """On a network that loses the file nothing false is said and nothing dead is shown."""
    page = chromium.new_page()
    page.route("**/statements.json", lambda route: route.abort())
    page.goto(serve(demo_site) + COMBINE["fi"] + "?place=kemi")
    ready(page)
    assert not page.locator("#combine").is_visible()
    assert page.locator("#answers .pairing__name:visible").count() == len(whole_country.topics)
    page.close()


def test_choices_made_before_the_data_come_are_answered_when_they_do(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """On a slow network nothing is lost, nothing jumps: the form has its room from the start."""
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    scripts: list[Route] = []
    data: list[Route] = []
    page.route("**/combine.js", lambda route: scripts.append(route))
    page.route("**/statements.json", lambda route: data.append(route))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => shift += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(serve(demo_site) + COMBINE["fi"], wait_until="commit")
    expect(page.locator(".bottom")).to_be_visible()
    page.wait_for_timeout(300)
    assert not page.locator("#combine").is_visible()
    scripts[0].continue_()
    expect(page.locator("#combine")).to_be_visible()
    assert page.evaluate("shift") < 0.02
    choose(page, place="kemi")
    data[0].continue_()
    ready(page)
    expect(page).to_have_url(re.compile("place=kemi$"))
    assert "bullying" not in listed(page)["yes"]
    assert complaints == []
    page.close()


def test_the_home_page_leads_there_with_its_choices(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """For whom and how, by a plain form; nothing of the combining is loaded before."""
    page = chromium.new_page()
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url) if request.resource_type == "script" else None)
    page.goto(serve(demo_site) + "sv/")
    assert not [url for url in scripts if "combine" in url or "answers" in url]
    page.get_by_label("För vem", exact=True).select_option("upper-secondary")
    page.get_by_role("button", name="Visa teman").click()
    expect(page.locator("#choice-audience")).to_have_value("upper-secondary")
    expect(page.get_by_role("status")).to_have_text(re.compile("Teman som går att be om så här"))
    page.close()


def test_a_change_among_two_thousand_statements_takes_less_than_a_frame(
    demo_site: Path, lapland: Vocabulary, serve: Callable[[Path], str], chromium: Browser, tmp_path: Path
) -> None:
    """Under 16 ms from the change to the new layout, on a processor slowed down four times (the median of sixty)."""
    address = serve(speed.crowded(demo_site, tmp_path / "site", lapland)) + COMBINE["fi"]
    assert speed.combining(chromium, address) <= BUDGETS["combining"].limit


@pytest.mark.parametrize("language", COMBINE)
def test_what_no_choice_means_is_read_whole_on_a_phone(
    language: str, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """Two of the questions stand side by side at 360 px, and a browser cuts a longer answer off."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(serve(demo_site) + COMBINE[language])
    texts = page.locator("select").evaluate_all(
        """all => all.map(select => {
            const style = getComputedStyle(select), pen = document.createElement("canvas").getContext("2d")
            pen.font = style.font
            const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16
            return [select.options[0].text, pen.measureText(select.options[0].text).width, room]
        })"""
    )
    assert len(texts) == 5
    assert not [text for text, width, room in texts if width > room]
    page.close()
