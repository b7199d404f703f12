"""Search: people find what they type, and the index says nothing of what is published."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.publication.publish import Publication
from kokemus.resources import LANGUAGES
from kokemus.text import alphabetical
from kokemus.vocabulary import Vocabulary
from kokemus.website import names, need, search
from kokemus.website.guide import Guide
from kokemus.website.outline import SECTIONS
from kokemus.website.search import Entry
from kokemus.website.wording import ui
from tests.bench.search import ANSWERS, FILES, ours, queries, score
from tests.conftest import DEMO_DAY, ROOT, copy_of_demo

FETCHED = ("search", "also", "names", "need")
"""The files of the search begin so."""


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


@pytest.mark.slow
def test_the_index_is_the_same_whatever_is_published(tmp_path: Path) -> None:
    """Without any profile and edition each byte is as before, though the catalogue is not."""
    empty = copy_of_demo(tmp_path / "empty")
    for file in (empty / "experts").iterdir():
        file.unlink()
    with_experts, without = published(ROOT).data, published(empty).data
    assert with_experts["catalogue.json"] != without["catalogue.json"]
    for language in LANGUAGES:
        for name in (*(f"{name}-{language}.js" for name in FILES), "need.js"):
            assert with_experts[name] == without[name]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_vocabulary_and_every_guide_can_be_found(
    language: str, found: dict[str, tuple[Entry, ...]], lapland: Vocabulary
) -> None:
    """Once each: topics, groups, formats, audiences, languages, served places and remote, guides, the request."""
    ids = [entry.id for entry in found[language]]
    assert len(ids) == len(set(ids))
    counts = {kind: sum(entry.kind == kind for entry in found[language]) for kind in search.KINDS}
    due = {kind.removesuffix("s"): len(getattr(lapland, kind)) for kind in (*SECTIONS, "groups", "languages")}
    guides = len(list((ROOT / "site_src" / language).glob("*.md"))) - 1
    assert counts == due | {"place": len(lapland.served) + 1, "guide": guides + 1}


def test_names_are_folded_and_begin_with_the_label_of_the_page(found: dict[str, tuple[Entry, ...]]) -> None:
    """And each stands once, in the first language that has it; a native Sámi label is a name, too."""
    topics = {language: {entry.id: entry for entry in found[language]} for language in LANGUAGES}
    anxiety = topics["sv"]["topics/anxiety"]
    assert (anxiety.title, anxiety.url) == ("Ångest", "sv/teman/angest/")
    assert [language for language, _ in anxiety.names] == ["sv", "fi", "en", "se"]
    assert anxiety.names[0][1].startswith("angest|angestsyn*|")
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
    """Gzipped: the script with its index under 11.4 kB, the signs of need 13.3 kB, further names 17.4, others' 12.

    Further names are only loaded for words that the index does not know.
    """
    assert len(gzip.compress(need.script().encode())) < 13_312
    for language in LANGUAGES:
        assert len(gzip.compress(search.script(found[language], language).encode())) < 11_400
        assert len(gzip.compress(search.also(found[language], language).encode())) < 17_400
        assert len(gzip.compress(search.others(found[language], language).encode())) < 12_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_everything_is_in_the_finnish_order_of_letters(language: str) -> None:
    """Å, ä and ö last, so that «ångest» stands at the end of the Swedish list."""
    site = published(ROOT).site
    assert site
    names = [name for name, _ in search.alphabet(language, site.outline, site.vocabulary)]
    assert len(names) == sum(len(site.terms(section)) for section in SECTIONS)
    assert names == sorted(names, key=alphabetical)
    if language == "sv":
        assert names[-1] == "Övriga högskolestuderande"
        assert names.index("Ångest") > names.index("Yrkespersoner inom social- och hälsovård")


def test_a_guide_is_found_by_its_title_and_keywords_in_every_language(found: dict[str, tuple[Entry, ...]]) -> None:
    """The keywords come from the front matter, which may leave them out."""
    fees = next(entry for entry in found["en"] if entry.id == "guides/fees")
    names = dict(fees.names)
    assert names["en"].startswith("fees and terms|price|")
    assert "hinta" in names["fi"].split("|")
    bare = Guide(
        id="fees",
        language="fi",
        path="x",
        title="Palkkiot ja ehdot",
        slug="palkkiot-ja-ehdot",
        description="x",
        markdown="x",
        front="\n" * 4,
    )
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
    page.unroute_all(behavior="ignoreErrors")  # an answer that nobody waits for any more would hold the end up
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


def ranked(
    page: Page, address: str, entries: tuple[Entry, ...], texts: list[str], language: str = "fi"
) -> list[list[Any]]:
    """The entries that each text finds, by the shipped script."""
    more = [write(entries, language) for name, write in FILES.items() if name != "search"]
    page.goto(f"{address}404.html")
    found: list[list[Any]] = page.evaluate(
        f"""async ([script, index, more, texts]) => {{
             const answer = ({ANSWERS})(await import(script), JSON.parse(index), more.map(JSON.parse));
             return texts.map((text) => answer(text).results);
           }}""",
        [
            f"{address}search-fi.js",
            search.index(entries, language),
            [text.removeprefix("export default ").removesuffix(";\n") for text in more],
            texts,
        ],
    )
    return found


@pytest.mark.browser
def test_a_title_on_two_lines_is_a_title(tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]) -> None:
    """As a label of an association's own may be written: no entry after it is led astray."""
    page, address = tab
    entries = [entry for entry in found["fi"] if entry.kind == "topic"][:3]
    broken = (replace(entries[0], title="Oma\naihe\n", names=(("fi", "oma aihe"),)), *entries[1:])
    answers = ranked(page, address, broken, [entry.title for entry in broken])
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
        missed = [
            (text, [title for _, title, _ in got][:3])
            for text, url, got in zip(
                texts, wanted, ranked(page, address, found[language], texts, language), strict=True
            )
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
    got = [[ids[url] for _, _, url in names] for names in ranked(page, address, found["fi"], texts)]
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
    entries = search.entries("fi", site.outline, site.vocabulary, site.guides)
    page, address = tab
    texts = [
        "yksinhuoltajuudesta",
        "yksinhuoltajuuteen",
        "ensamförälderskapet",
        "yksinhuoltajus",
        "yksinhuol",
        "porotaloudesta",
    ]
    for text, got in zip(texts, ranked(page, address, entries, texts), strict=True):
        assert got, text
        assert got[0][1] == "Yksinhuoltajuus", text


@pytest.mark.browser
def test_nothing_of_the_search_is_fetched_before_its_field_is_used(tab: tuple[Page, str]) -> None:
    """But the few lines that wait for it; then the signs of need, one file, and links that lead to the pages."""
    page, address = tab
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(address))

    page.on("request", note)
    page.goto(address + "sv/")
    page.wait_for_load_state("networkidle")
    assert [name for name in asked if name.startswith(FETCHED)] == []
    page.locator("#search-field").fill("ångesten")
    result = page.locator("#search-list a").first
    assert "Ångest" in result.inner_text()
    assert "tema" in result.inner_text()
    assert sorted(name for name in asked if name.startswith(FETCHED)) == ["need.js", "search-sv.js"]
    result.click()
    assert page.url == address + "sv/teman/angest/"


@pytest.mark.browser
def test_names_in_other_languages_are_fetched_when_a_word_is_unknown(tab: tuple[Page, str]) -> None:
    """Once; the results then hold them too."""
    page, address = tab
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address)
    field = page.locator("#search-field")
    field.fill("ahdistus")
    page.locator("#search-list a").first.wait_for()
    assert [name for name in asked if name.startswith("names")] == []
    for text in ("sömnproblem", "grieving"):
        field.fill(text)
        page.get_by_role("link", name={"sömnproblem": "Uniongelmat", "grieving": "Suru"}[text]).first.wait_for()
    assert [name for name in asked if name.startswith("names")] == ["names-fi.js"]


NOTHING = {
    "fi": "kvanttifysiikka", "sv": "kvantfysik", "en": "quantum physics",
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_topic_covers_is_said_and_its_words_go_along_to_the_request(
    tab: tuple[Page, str], language: str
) -> None:
    """Into the field for the aim; they stand in no address, and are gone from the tab when they have arrived."""
    page, address = tab
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer')}"))
    page.goto(address + ("" if language == "fi" else f"{language}/"))
    words = f"{NOTHING[language]} <b>&amp;"
    page.locator("#search-field").fill(words)
    expect(page.locator("#search-count")).to_have_text(str(ui("search.found.none", language)))
    assert page.locator("#search-list a").count() == 0
    page.keyboard.press("Enter")
    page.locator("#search-ask a").click()
    expect(page.locator("#field-aim")).to_have_value(words)
    assert page.evaluate("[name, localStorage.length, sessionStorage.length, document.cookie].join()") == ",0,0,"
    assert [one for one in asked if "kvant" in one or "quantum" in one] == []
    page.reload()
    assert NOTHING[language] not in page.locator("#field-aim").input_value()


@pytest.mark.browser
def test_whom_it_is_for_is_found_where_no_topic_is(tab: tuple[Page, str]) -> None:
    """The words that nothing covers are not passed over, nor is a topic shown that has the others alone."""
    page, address = tab
    page.goto(address)
    page.locator("#search-field").fill("voisiko joku tulla kertomaan kvanttifysiikasta lukiolaisille")
    expect(page.locator("#search-list a")).to_have_count(1)
    assert "Lukio" in page.locator("#search-list a").inner_text()
    expect(page.locator("#search-count")).to_have_text(str(ui("search.found.open", "fi")))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "kouluun"),  # oulu
        ("en", "can't stop laughing"),  # cancer
        ("sv", "skolan"),  # skog
        ("fi", "avaruus"),
        ("sv", "valen"),
    ],
)
def test_a_weak_likeness_is_no_reason(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]], language: str, text: str
) -> None:
    """An inner piece, a foreign word, one letter of a short word."""
    page, address = tab
    (got,) = ranked(page, address, found[language], [text], language)
    assert [kind for kind, *_ in got if kind in ("topic", "group", "place")] == []


def best(page: Page, address: str, entries: tuple[Entry, ...], text: str, language: str) -> list[str]:
    """The identities of the first three that a text finds."""
    ids = {entry.url: entry.id for entry in entries}
    (got,) = ranked(page, address, entries, [text], language)
    return [ids[url] for _, _, url in got][:3]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "häävalokuvaaja"),  # häätö
        ("fi", "pitopalvelu hautajaisiin"),  # hautajaiset
        ("sv", "biljetter till teatern"),  # teater
        ("en", "dog grooming"),  # grooming
        ("en", "cake catering for graduation"),  # carer
        ("en", "gdpr course for us"),  # coursework
        ("fi", "teatteriliput"),  # teatteri
        ("sv", "första hjälpen kurs"),  # hjälp
        ("en", "fishing licence"),  # fishing
    ],
)
def test_what_belongs_to_another_trade_is_no_topic(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]], language: str, text: str
) -> None:
    """Though a word of it is one of a topic, or nearly so."""
    page, address = tab
    shown = best(page, address, found[language], text, language)
    assert [id for id in shown if id.startswith(("topic", "group"))] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("fi", "vaimoni ryyppäsi", "loved-ones-addiction"),
        ("sv", "min storasyster knarkade", "loved-ones-addiction"),
        ("en", "my stepfather drank", "loved-ones-addiction"),
        ("fi", "faija oli osastolla", "ill-parent"),
        ("sv", "mamma var på avdelning", "ill-parent"),
        ("fi", "mies löi", "violence"),
        ("sv", "sambon slog", "violence"),
        ("en", "lost a child", "grief"),
        ("en", "nurse treated me badly", "encounter"),
        ("fi", "puoliso sai aivoinfarktin", "loved-ones-illness"),
        ("sv", "brorsan har ptsd", "loved-ones-illness"),
        ("en", "my brother is a junkie", "loved-ones-addiction"),
    ],
)
def test_somebody_and_what_happened_lead_to_a_topic_together(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]], language: str, text: str, topic: str
) -> None:
    """Whoever of the family, or of those who work in care, it is."""
    page, address = tab
    assert f"topics/{topic}" in best(page, address, found[language], text, language)


@pytest.mark.browser
def test_one_of_the_two_alone_does_not(tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]) -> None:
    """Neither the family nor what happened; nor is «joita» a form of «joi», which is told as it stands."""
    page, address = tab
    for text in ("vaimoni", "löytyykö ketä joi", "äiti joita"):
        assert "topics/loved-ones-addiction" not in best(page, address, found["fi"], text, "fi")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "text", "id"),
    [
        ("fi", "asiakasraati", "topics/participation"),
        ("en", "co-production of services", "topics/participation"),
        ("fi", "inarinsaame", "topics/sami-wellbeing"),
        ("sv", "ungdomars psykiska hälsa", "topics/youth-mental-health"),
        ("fi", "sairastumisen pelko", "topics/anxiety"),
        ("sv", "psykisk hälsa på jobbet", "topics/return-to-work"),
        ("sv", "social fobi", "topics/social-anxiety"),
    ],
)
def test_a_further_name_is_found_where_other_terms_know_its_words(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]], language: str, text: str, id: str
) -> None:
    """A format, a language, two topics, a place's beginning, a group: they would have kept the further names away."""
    page, address = tab
    assert id in best(page, address, found[language], text, language)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "informal carer", "loved-ones-illness"),
        ("en", "sami culture days", "sami-wellbeing"),
        ("sv", "ung same", "sami-wellbeing"),
    ],
)
def test_a_word_that_has_another_meaning_too_still_finds_its_topic(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]], language: str, text: str, topic: str
) -> None:
    """Whom it is for, a language, a small word of another language."""
    page, address = tab
    assert f"topics/{topic}" in best(page, address, found[language], text, language)


@pytest.mark.browser
def test_words_of_requests_and_their_number_make_no_difference(
    tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]
) -> None:
    """A whole letter finds its topic, however late it comes to it."""
    page, address = tab
    letters = {
        "fi": ("Hei, etsimme jotakuta, joka voisi tulla puhumaan meille " * 4 + "peliriippuvuudesta", "Rahapelit"),
        "sv": ("Hej, vi söker någon som kan komma och prata med oss " * 4 + "om ätstörningar", "Ätstörning"),
        "en": ("Hello, we are looking for someone who could come and talk " * 4 + "about bullying", "Bullying"),
    }
    for language, (letter, title) in letters.items():
        (got,) = ranked(page, address, found[language], [letter], language)
        assert got[0][1] == title


@pytest.mark.browser
def test_the_way_of_writing_makes_no_difference(tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]) -> None:
    """Soft hyphens, zero-width and full-width characters, case, accents."""
    page, address = tab
    texts = ["masen\u00adnus", "ma\u200bsennus", "ｍａｓｅｎｎｕｓ", "MASENNUS", "mase\u2060nnus\u200e", "masénnus"]
    for got in ranked(page, address, found["fi"], texts):
        assert got[0][1] == "Masennus"
    assert names.folded("Mas\u00aden\u200bnus ｘ") == "masennus x"


@pytest.mark.browser
def test_another_script_leads_to_its_languages(tab: tuple[Page, str], found: dict[str, tuple[Entry, ...]]) -> None:
    """Whatever is asked in it: no topic can be told, but one can ask for a talk in the language."""
    page, address = tab
    texts = ["депрессия", "اكتئاب", "抑郁", "русский"]
    got = [[title for _, title, _ in one] for one in ranked(page, address, found["fi"], texts)]
    assert got == [["Venäjä", "Ukraina"], ["Arabia"], [], ["Venäjä"]]
    page.goto(address)
    page.locator("#search-field").fill("депрессия")
    expect(page.locator("#search-count")).to_have_text(str(ui("search.found.open", "fi")))


@pytest.mark.browser
def test_enter_leads_to_the_count_and_nothing_typed_is_in_the_address(tab: tuple[Page, str]) -> None:
    """Tab leads on to the first result. Nothing is in the address before the script has come either."""
    page, address = tab
    page.goto(address + "haku/")
    page.locator("#search-field").fill("peliriippuvuudesta")
    page.locator("#search-list a").first.wait_for()
    page.keyboard.press("Enter")
    count = page.locator("#search-count")
    assert count.evaluate("count => count === document.activeElement")
    assert "tulos" in count.inner_text() or "tulosta" in count.inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Rahapelit aihe"
    assert page.url == address + "haku/"
    page.locator("#search-field").fill("")
    expect(count).to_be_empty()
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    page.evaluate("document.getElementById('search-field').value = 'masennus'")
    page.evaluate("document.getElementById('search').submit()")
    page.wait_for_load_state()
    assert "masennus" not in page.url


HEARD = """() => {
  window.heard = [];
  const live = document.querySelectorAll("[role=status], [role=alert], [aria-live]");
  const said = (changes) => new Set(changes.map(({ target }) => target.textContent).filter(Boolean));
  const seen = new MutationObserver((changes) => window.heard.push(...said(changes)));
  for (const region of live) seen.observe(region, { childList: true, characterData: true, subtree: true });
}"""


@pytest.mark.browser
def test_what_was_found_is_announced_once_when_typing_pauses(tab: tuple[Page, str]) -> None:
    """For a second; not while somebody types, nor for a single letter."""
    page, address = tab
    page.goto(address)
    page.evaluate(HEARD)
    field = page.locator("#search-field")
    field.press_sequentially("m")
    page.wait_for_timeout(1500)
    assert page.evaluate("heard") == []
    field.press_sequentially("asennus", delay=100)
    assert page.evaluate("heard") == []
    page.wait_for_timeout(1500)
    assert page.evaluate("heard") == [page.locator("#search-count").inner_text()]
    field.fill("en jaksa elää")
    page.wait_for_timeout(1500)
    assert len(page.evaluate("heard")) == 2
    assert "112" in page.evaluate("heard")[1]


@pytest.mark.browser
def test_where_the_search_does_not_come_the_list_of_everything_is_offered(tab: tuple[Page, str]) -> None:
    """And no field at all where its first lines do not come."""
    page, address = tab
    page.route("**/search-*.js", lambda route: route.abort())
    page.goto(address)
    instead = page.get_by_role("link", name=str(ui("search.all", "fi")))
    expect(instead).to_be_hidden()
    page.locator("#search-field").focus()
    expect(instead).to_be_visible()
    page.route("**/need.js", lambda route: route.abort())
    page.reload()
    page.locator("#search-field").focus()
    expect(page.locator("#search-field")).to_be_hidden()
    page.route("**/built.js", lambda route: route.abort())
    page.reload()
    expect(page.locator("#search-field")).to_be_hidden()


@pytest.mark.browser
def test_without_a_script_the_list_of_everything_stands_where_the_field_would(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """No field that cannot answer: a link goes to the search page, which lists every topic."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = serve(demo_site)
    page.goto(address)
    assert not page.locator("#search-field").is_visible()
    page.get_by_role("link", name=str(ui("search.all", "fi"))).click()
    page.wait_for_url(address + "haku/")
    assert not page.locator("#search-field").is_visible()
    page.get_by_role("link", name="Masennus", exact=True).click()
    assert page.url == address + "aiheet/masennus/"
    context.close()


def test_further_words_are_in_alphabetical_order_and_a_star_never_follows_few_letters() -> None:
    """«pop-up*» would stand for whatever begins with «up», and so hide every slip in it."""
    assert list(search.further()) == sorted(search.further())
    for id, words in search.further().items():
        for language, some in words.items():
            assert some == sorted(some, key=lambda word: alphabetical(word.replace("*", ""))), (id, language)
            assert [word for word in some for stem in re.findall(r"\w+(?=\*)", word) if len(stem) < 4] == []
