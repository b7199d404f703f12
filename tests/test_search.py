"""Search: people find what they type, and the index says nothing of what is published."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from kokemus import publish, search
from kokemus.guide import Guide
from kokemus.inputs import gather
from kokemus.publish import Publication
from kokemus.search import Entry
from kokemus.shipped import LANGUAGES
from kokemus.site import SECTIONS
from kokemus.vocabulary import Vocabulary, alphabetical
from kokemus.wording import ui
from tests.bench.search import ours, queries, score
from tests.conftest import DEMO_DAY, ROOT, copy_of_demo


def published(folder: Path) -> Publication:
    publication = publish.publish(gather(folder / "mkdocs.yml"), DEMO_DAY)
    assert publication.site, publication.problems
    return publication


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Entry, ...]]:
    """All that the demo's search can find, by language."""
    site = published(ROOT).site
    assert site
    return {name: search.entries(name, site.outline, site.vocabulary, site.guides) for name in LANGUAGES}


def test_the_index_is_the_same_whatever_is_published(tmp_path: Path) -> None:
    """Without any profile and edition each byte is as before, though the catalogue is not."""
    empty = copy_of_demo(tmp_path / "empty")
    for file in (empty / "experts").iterdir():
        file.unlink()
    with_experts, without = published(ROOT).data, published(empty).data
    assert with_experts["catalogue.json"] != without["catalogue.json"]
    for language in LANGUAGES:
        assert with_experts[f"search-{language}.js"] == without[f"search-{language}.js"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_vocabulary_and_every_guide_can_be_found(
    language: str, found: dict[str, tuple[Entry, ...]], lapland: Vocabulary
) -> None:
    """Once each: topics, groups, formats, audiences, languages, served places and remote, guides, the request."""
    ids = [entry.id for entry in found[language]]
    assert len(ids) == len(set(ids))
    counts = {kind: sum(entry.kind == kind for entry in found[language]) for kind in search.KINDS}
    due = {section.removesuffix("s"): len(getattr(lapland, section)) for section in (*SECTIONS, "groups")}
    guides = len(list((ROOT / "site_src" / language).glob("*.md"))) - 1
    assert counts == due | {"place": len(lapland.served) + 1, "guide": guides + 1}


def test_names_are_folded_and_begin_with_the_label_of_the_page(found: dict[str, tuple[Entry, ...]]) -> None:
    """And each stands once, in the first language that has it; a native Sámi label is a name, too."""
    topics = {language: {entry.id: entry for entry in found[language]} for language in LANGUAGES}
    anxiety = topics["sv"]["topics/anxiety"]
    assert (anxiety.title, anxiety.url) == ("Ångest", "sv/teman/angest/")
    assert [language for language, _ in anxiety.names] == ["sv", "fi", "en", "se"]
    assert anxiety.names[0][1].startswith("angest|angestsyndrom|")
    assert dict(topics["fi"]["topics/trauma"].names)["fi"].startswith("trauma|ptsd|")
    assert "trauma" not in dict(topics["fi"]["topics/trauma"].names)["sv"].split("|")
    assert dict(anxiety.names)["se"] == "atestus"


def test_an_inflected_name_is_indexed_in_its_base_form() -> None:
    """«läheisen sairastuminen» can be asked for as «läheinen» and «läheisten»."""
    entry = next(entry for entry in demo_entries("fi") if entry.id == "topics/loved-ones-illness")
    assert entry.names[0][1].startswith("laheinen sairastuminen|")


def demo_entries(language: str, guides: tuple[Guide, ...] = ()) -> tuple[Entry, ...]:
    site = published(ROOT).site
    assert site
    return search.entries(language, site.outline, site.vocabulary, guides or site.guides)


def test_all_that_a_search_fetches_is_small(found: dict[str, tuple[Entry, ...]]) -> None:
    """Gzipped: the index about 20 kB, with its script under 30 kB; what a page loads before any use half a kB."""
    for language in LANGUAGES:
        assert len(gzip.compress(search.index(found[language], language).encode())) < 23_000
        assert len(gzip.compress(search.script(found[language], language).encode())) < 30_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_everything_is_in_the_finnish_order_of_letters(language: str) -> None:
    """Å, ä and ö last, so that «ångest» stands at the end of the Swedish list."""
    site = published(ROOT).site
    assert site
    names = [name for name, _ in search.alphabet(language, site.outline, site.vocabulary)]
    terms = (getattr(site.vocabulary, section) for section in SECTIONS if section != "places")
    assert len(names) == sum(map(len, terms))
    assert names == sorted(names, key=alphabetical)
    if language == "sv":
        assert names[-1] == "Övriga högskolor"
        assert names.index("Ångest") > names.index("Yrkespersoner inom social- och hälsovård")


def test_a_guide_is_found_by_its_title_and_keywords_in_every_language(found: dict[str, tuple[Entry, ...]]) -> None:
    """The keywords come from the front matter, which may leave them out."""
    fees = next(entry for entry in found["en"] if entry.id == "guides/fees")
    names = dict(fees.names)
    assert names["en"].startswith("fees and terms|price|")
    assert "hinta" in names["fi"].split("|")
    bare = Guide("fees", "fi", "x", "Palkkiot ja ehdot", "palkkiot-ja-ehdot", "x", "x", 5)
    entry = next(entry for entry in demo_entries("fi", (bare,)) if entry.id == "guides/fees")
    assert entry.names == (("fi", "palkkio ja ehto"),)


def test_the_queries_of_the_bench_name_what_exists(found: dict[str, tuple[Entry, ...]]) -> None:
    """At least 60 in Finnish, 30 in Swedish, 30 in English, a quarter and more of each kept apart."""
    asked = queries()
    for language, least in (("fi", 60), ("sv", 30), ("en", 30)):
        ids = {entry.id for entry in found[language]}
        here = [query for query in asked if query.language == language]
        assert len(here) >= least
        assert 0.25 < sum(query.held for query in here) / len(here) < 0.36
        assert [query for query in here if not set(query.expected) <= ids] == []


@pytest.fixture
def tab(demo_site: Path, serve: Callable[[Path], str], chromium: Browser) -> Iterator[tuple[Page, str]]:
    """A tab of a phone's width, and the demo's address."""
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    yield page, serve(demo_site)
    page.close()


@pytest.mark.browser
def test_people_find_what_they_type(tab: tuple[Page, str]) -> None:
    """Of the bench's queries 97 of 100 among the first three, in each language, and none without a result."""
    page, address = tab
    answers = ours(page, address, queries())
    assert [query.text for query, ids in answers if not ids] == []
    for language in LANGUAGES:
        got = score([(query, ids) for query, ids in answers if query.language == language])
        assert got.three >= 97, (language, got)
        assert got.first >= 90, (language, got)


def ranked(page: Page, address: str, index: str, texts: list[str]) -> list[list[Any]]:
    """The entries that each text finds in an index, by the shipped script."""
    page.goto(f"{address}404.html")
    found: list[list[Any]] = page.evaluate(
        """async ([script, index, texts]) => {
             const { prepare, ranked } = await import(script);
             const ready = prepare(JSON.parse(index));
             return texts.map((text) => ranked(text, ready));
           }""",
        [f"{address}search-fi.js", index, texts],
    )
    return found


@pytest.mark.browser
def test_a_title_on_two_lines_is_a_title(tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]) -> None:
    """As a label of an association's own may be written: no entry after it is led astray."""
    page, address = tab
    entries = [entry for entry in found["fi"] if entry.kind == "topic"][:3]
    broken = (replace(entries[0], title="Oma\naihe\n", names=(("fi", "oma aihe"),)), *entries[1:])
    index = search.index(broken, "fi")
    answers = ranked(page, address, index, [entry.title for entry in broken])
    assert [(title, url) for ((_, title, url), *_) in answers] == [(entry.title, entry.url) for entry in broken]


@pytest.mark.browser
def test_one_wrong_letter_does_no_harm(tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]) -> None:
    """Every topic's label with one letter left out, doubled or changed, or two swapped, at any place but the first."""
    page, address = tab
    for language in LANGUAGES:
        wanted: list[str] = []
        texts: list[str] = []
        for entry in found[language]:
            word = max(entry.title.split(), key=len)
            if entry.kind == "topic" and len(word) > 5 and word == entry.title:
                for at in range(1, len(word) - 1):
                    head, letter, tail = word[:at], word[at], word[at + 1 :]
                    texts += [head + tail, head + letter + letter + tail, head + "q" + tail]
                    texts += [head + tail[0] + letter + tail[1:]]
                    wanted += [entry.url] * 4
        assert len(texts) > 400
        index = search.index(found[language], language)
        missed = [
            (text, [title for _, title, _ in got][:3])
            for text, url, got in zip(texts, wanted, ranked(page, address, index, texts), strict=True)
            if url not in [address for _, _, address in got][:3]
        ]
        assert missed == []


@pytest.mark.browser
def test_parts_of_a_query_are_offered_too_and_the_topic_comes_first(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]
) -> None:
    """Topic, language and place; topic and audience; what means nothing finds nothing."""
    page, address = tab
    texts = ["masennus ruotsiksi Rovaniemi", "Rovaniemi masennus ruotsiksi", "kiusaamisesta yläkouluun", "zzzzzz", " "]
    ids = {entry.url: entry.id for entry in found["fi"]}
    got = [[ids[url] for _, _, url in names] for names in ranked(page, address, search.index(found["fi"], "fi"), texts)]
    for ordered in got[:2]:
        assert ordered[0] == "topics/depression"
        assert {"languages/sv", "places/rovaniemi"} <= set(ordered)
    assert got[2][:2] == ["topics/bullying", "audiences/lower-secondary"]
    assert got[3:] == [[], []]


@pytest.mark.browser
def test_a_term_of_the_association_is_found_in_its_inflected_forms(tab: tuple[Page, str], tmp_path: Path) -> None:
    """By the endings of the words that the vocabulary has, without any dictionary."""
    folder = copy_of_demo(tmp_path / "own")
    (folder / "terms").mkdir()
    (folder / "terms" / "topics.yml").write_text(
        "single-parent: {group: family, fi: yksinhuoltajuus, sv: ensamförälderskap, en: single parenthood,"
        " synonyms: {fi: [porotalous]}}\n"
    )
    site = published(folder).site
    assert site
    index = search.index(search.entries("fi", site.outline, site.vocabulary, site.guides), "fi")
    page, address = tab
    texts = [
        "yksinhuoltajuudesta",
        "yksinhuoltajuuteen",
        "ensamförälderskapet",
        "yksinhuoltajus",
        "yksinhuol",
        "porotaloudesta",
    ]
    for text, got in zip(texts, ranked(page, address, index, texts), strict=True):
        assert got, text
        assert got[0][1] == "Yksinhuoltajuus", text


@pytest.mark.browser
def test_nothing_of_the_search_is_fetched_before_its_field_is_used(tab: tuple[Page, str]) -> None:
    """But the few lines that wait for it; then one file, and links that lead to the pages."""
    page, address = tab
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(address))

    page.on("request", note)
    page.goto(address + "sv/")
    page.wait_for_load_state("networkidle")
    assert [name for name in asked if "search" in name] == []
    page.locator("#search-field").fill("ångesten")
    result = page.locator("#search-list a").first
    assert "Ångest" in result.inner_text()
    assert "tema" in result.inner_text()
    assert [name for name in asked if "search" in name] == ["search-sv.js"]
    result.click()
    assert page.url == address + "sv/teman/angest/"


@pytest.mark.browser
def test_the_query_is_in_the_address_and_the_count_is_announced(tab: tuple[Page, str]) -> None:
    """A link with ``?q=`` shows its results; typing changes it; Enter leads to the count, Tab on to the first."""
    page, address = tab
    page.goto(address + "haku/?q=masennuksesta")
    page.get_by_role("link", name="Masennus aihe").first.wait_for()
    status = page.locator("#search-count")
    assert status.get_attribute("role") == "status"
    expect(status).not_to_be_empty()
    page.locator("#search-field").fill("peliriippuvuudesta")
    page.keyboard.press("Enter")
    assert page.url == address + "haku/?q=peliriippuvuudesta"
    assert status.evaluate("status => status === document.activeElement")
    assert "tulos" in status.inner_text() or "tulosta" in status.inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Rahapelit aihe"
    page.locator("#search-field").fill("")
    page.wait_for_url(address + "haku/")
    expect(status).to_be_empty()


@pytest.mark.browser
def test_where_nothing_is_found_one_can_ask_in_the_same_words(tab: tuple[Page, str]) -> None:
    """As everywhere where nothing is published."""
    page, address = tab
    page.goto(address + "haku/?q=kvanttifysiikka")
    expect(page.locator("#search-count")).not_to_be_empty()
    assert page.locator("#search-count").inner_text() == ui("search.found.none", "fi")
    assert page.locator("#search-list a").count() == 0
    assert ui("ask.case", "fi") in page.locator("#search-ask").inner_text()
    page.locator("#search-ask a").click()
    assert page.url == address + "pyynto/"


@pytest.mark.browser
def test_without_a_script_the_field_leads_to_the_list_of_everything(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """No dead control: the form goes to the search page, which lists every topic."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = serve(demo_site)
    page.goto(address)
    page.locator("#search-field").fill("masennus")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "haku/?q=masennus")
    page.get_by_role("link", name="Masennus", exact=True).click()
    assert page.url == address + "aiheet/masennus/"
    context.close()
