"""Pages: a part that many of them share is the same on each."""

import re
from dataclasses import replace
from html import unescape

import pytest

from kokemus.publication.inputs import Inputs
from kokemus.publication.publish import publish
from kokemus.resources import LANGUAGES
from kokemus.text import dialled
from kokemus.website.guide import parts
from kokemus.website.outline import Page, Site
from kokemus.website.pages import ENVIRONMENT, _context, _part, document, guides
from kokemus.website.view import View
from kokemus.website.visits import AGREE_FIRST, suits
from kokemus.website.wording import ui, unbroken_number
from tests.conftest import DEMO_DAY


def test_a_cached_part_is_the_same_as_rendered_for_each_page(inputs: Inputs) -> None:
    """Whichever page it is rendered for first, in every language and at every depth."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    for page in site.outline:
        own = ENVIRONMENT.get_template("footer.html").render(_context(site, page))
        assert _part(site, page, "footer.html", View(site=site, page=page).root) == own, page.url
    assert len(site.parts) == 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heavy_topic_asks_at_its_top_whether_the_reader_needs_help(inputs: Inputs, language: str) -> None:
    """A topic with a care note is heavy. The question stands before the lead and links to crisis help."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    asked = ui("need.own", language)
    topics = [page for page in site.outline if page.kind == "topic" and page.language == language]
    tops = {page.term: _top(site, page) for page in topics}
    heavy = {id for id, top in tops.items() if asked in top}
    assert heavy == {id for id, term in site.vocabulary.topics.items() if term.text("care", language)}
    assert (
        {"violence", "grief", "child-protection", "surviving-suicidality", "depression", "trauma"} <= heavy < set(tops)
    )
    crisis = site.by_id["crisis", language].url
    assert all(f'{crisis}">' in tops[id].partition(asked)[2] for id in heavy)


def _top(site: Site, topic: Page) -> str:
    """A topic's page up to its lead."""
    return ENVIRONMENT.get_template("topic.html").render(_context(site, topic)).partition('<p class="lead">')[0]


def test_without_a_crisis_page_the_question_leads_to_the_numbers_at_the_foot(inputs: Inputs) -> None:
    """An association may omit the crisis page; the numbers are at the foot of every page."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    bare = replace(site, guides=tuple(guide for guide in site.guides if guide.id != "crisis"))
    violence = bare.by_id["topics/violence", "fi"]
    assert 'href="#crisis"' in _top(bare, violence)
    assert 'id="crisis"' in ENVIRONMENT.get_template("footer.html").render(_context(bare, violence))


def test_the_number_of_pages_does_not_grow_with_places(inputs: Inputs) -> None:
    """A site for the whole country has the same pages as one for a region."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    everywhere = replace(site, vocabulary=site.vocabulary.serving(["everywhere"]))
    assert len(everywhere.vocabulary.served) > 10 * len(site.vocabulary.served)
    assert [page.url for page in everywhere.outline] == [page.url for page in site.outline]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_has_two_states_and_never_the_same_caveat_twice(inputs: Inputs, language: str) -> None:
    """One verb if it is listed, another if not, followed by the answer for its group; never a number of people."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    states: dict[bool, int] = {True: 0, False: 0}
    for page in (page for page in site.outline if page.kind == "topic" and page.language == language):
        listed = page.term in site.catalogue.topics
        states[listed] += 1
        text = ENVIRONMENT.get_template("topic.html").render(_context(site, page))
        verb, other = ("ask.visit", "ask.find") if listed else ("ask.find", "ask.visit")
        assert text.count(f">{ui(verb, language)}</a>") == 2, page.url
        assert f">{ui(other, language)}</a>" not in text or site.catalogue.cards_of(page.term), page.url
        assert text.count(str(ui("topic.open", language))) == (not listed), page.url
        answer = str(ui("topic.answer", language, within=View(site=site, page=page).answer_within))
        assert (answer in text.partition("</header>")[0]) == (not listed), page.url
        assert text.count(str(ui("ask.title", language))) == 1, page.url
    assert min(states.values()) > 5


def test_a_card_stands_on_its_topics_pages_and_keeps_them_out_of_search_engines(inputs: Inputs) -> None:
    """On no other topic's page. Search engines may not keep a page with a card, so that a withdrawn card is gone."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    assert site.catalogue.cards
    for page in (page for page in site.outline if page.kind == "topic"):
        text = ENVIRONMENT.get_template("topic.html").render(_context(site, page))
        shown = {card.name for card in site.catalogue.cards if f"<h3>{card.name}</h3>" in text}
        assert shown == {card.name for card in site.catalogue.cards if page.term in card.topics}, page.url
        assert page.listed == (not shown)


def _shown(site: Site, id: str) -> str:
    page = site.by_id[id, "fi"]
    return ENVIRONMENT.get_template(f"{page.kind}.html").render(_context(site, page))


def test_every_visit_says_its_length_and_its_audience_and_can_be_asked_for(inputs: Inputs) -> None:
    """The ready ones and all that are arranged; a ready one for two audiences has an address for each."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    ready, _, rows = _shown(site, "formats").partition('<ul class="offers">')
    cards = ready.split('<li class="card visit">')[1:]
    offers = rows.partition("</ul>")[0].split('<li class="offer">')[1:]
    assert len(cards) == len(site.settings.arranges.ready)
    assert len(offers) == len(site.settings.arranges.formats)
    for card in cards + offers:
        assert 'class="visit__facts">' in card
        assert ('class="visit__for">' in card) != ('class="chip"' in card)
        assert ('class="button"' in card) != ('class="chip"' in card)
    assert [card.count("?format=") for card in cards[:5]] == [2, 1, 2, 1, 1]
    alone = (
        _shown(site, "audiences/education-staff").partition("Iltapäivä ammattilaisille</a>")[2].partition("</li>")[0]
    )
    assert alone.count('class="button"') == 1
    assert "opetus-ja-nuorisotyo/" in alone


def test_a_ready_visit_suits_whom_it_is_for_and_the_form_offers_only_what_is_arranged(inputs: Inputs) -> None:
    """In the demo. Whoever the association does not visit can still choose «other»."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    arranged = site.settings.arranges
    assert all(suits(ready.format, audience) for ready in arranged.ready for audience in ready.audiences)
    shown = View(site=site, page=site.by_id["request", "fi"]).form()
    offered = {field.key: [one.id for _, all in field.groups for one in all] for field in shown.sections[0].fields}
    assert offered["format"] == [*(f"format-{id}" for id in arranged.formats), "format-undecided"]
    assert offered["audience"] == [*(f"audience-{id}" for id in arranged.audiences), "audience-other"]


def test_what_is_not_listed_says_ask_us_where_it_is_seen(inputs: Inputs) -> None:
    """On its own page, and above the others of its group; nowhere that it can be requested."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    asked = f'<span class="badge">{ui("ask.us", "fi")}</span>'
    for id in site.vocabulary.topics:
        assert (asked in _shown(site, f"topics/{id}")) != (id in site.catalogue.topics), id
    for group in _shown(site, "topics").split("<section")[1:-1]:
        listed, _, others = group.partition("<h3>")
        rows = [row.partition("</li>")[0] for row in listed.split('class="row"')[1:]]
        assert all("badge--listed" in row for row in rows)
        assert "badge--listed" not in others
        assert others.count('class="row"') > 0


def test_the_search_is_in_the_header_of_every_page_by_name(inputs: Inputs) -> None:
    """On a phone as a lens that says what it is."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    header = document(site, site.by_id["home", "fi"], "").partition("</header>")[0]
    assert f'aria-label="{ui("search.do", "fi")}"' in header


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frequent_question_opens_to_its_answer(inputs: Inputs, language: str) -> None:
    """In place, without a script. The page begins with how to ask what is not among them."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    (page,) = (one for one in guides(site)[0] if (one.id, one.language) == ("faq", language))
    lead, line, questions = page.content.partition("\n---\n")
    assert line
    assert f"mailto:{site.settings.association.email}" in lead
    content = "<p>Lead</p><hr>" + "".join(f"<h2 id='{n}'>Q</h2><p>A</p>" for n in range(questions.count("## ")))
    found = parts(content.replace("'", '"'))
    assert len(found.parts) > 10
    assert all(part.folded for part in found.parts)
    assert found.start == ""


@pytest.mark.parametrize("id", ["fees", "faq", "host-guide", "about", "join"])
def test_a_guide_ends_with_the_next_step(inputs: Inputs, id: str) -> None:
    """The way to a request, or to the coordinator; what only informs has none."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    ending = (
        document(site, site.by_id[id, "fi"], "<p>x</p>").partition('<section class="ask"')[2].partition("</section>")
    )
    mail = f"mailto:{site.settings.association.email}"
    assert ("topic=undecided" in ending[0]) != (mail in ending[0])
    assert '<section class="ask"' not in document(site, site.by_id["privacy", "fi"], "<p>x</p>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_and_address_in_a_guide_can_be_tapped(inputs: Inputs, language: str) -> None:
    """The association's telephone, and its data protection officer if that is an e-mail address."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    facts = site.settings.association
    written = "".join(page.content for page in guides(site)[0] if page.language == language)
    for shown, address in (
        (unbroken_number(facts.phone), f"tel:{dialled(facts.phone)}"),
        (facts.privacy_officer, f"mailto:{facts.privacy_officer}"),
    ):
        assert written.count(shown) == written.count(f"[{shown}]({address})") + written.count(f"(mailto:{shown})") > 1


def test_an_audience_is_shown_every_topic_that_can_be_requested(inputs: Inputs) -> None:
    """As on the front page; for the young the heavy ones stand apart, as those to agree on first."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    for id in site.settings.arranges.audiences:
        shown, _, others = _shown(site, f"audiences/{id}").partition("<details")
        first = shown.partition(f"<h3>{ui('audience.first', 'fi')}</h3>")[2]
        assert bool(first) == (id in AGREE_FIRST)
        for topic in site.vocabulary.topics.values():
            listed, link = topic.id in site.catalogue.topics, f'href="{_to(site, id, topic.id)}"'
            assert (link in shown) == listed, (id, topic.id)
            if first:
                heavy = bool(topic.text("care", "fi"))
                assert (link in first) == (listed and heavy)
                assert (link in others) == (heavy and not listed)
        assert (ui("audience.first.others", "fi") in others) == bool(first)


def _to(site: Site, audience: str, topic: str) -> str:
    return View(site=site, page=site.by_id[f"audiences/{audience}", "fi"]).link(f"topics/{topic}")


def test_the_list_of_everything_begins_with_topics_alone_and_folds_the_rest(inputs: Inputs) -> None:
    """Without the search's script, it is the way to each of them."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    before, _, after = _shown(site, "search").rpartition('<ul class="alphabet">')
    topics, folded = after.partition("</ul>")[0], before.split("<details")[1:]
    assert len(re.findall("<li[ >]", topics)) == len(site.vocabulary.topics)
    pages = [
        len(site.settings.arranges.formats),
        len(site.settings.arranges.audiences),
        len({g.id for g in site.guides}) - 1,
    ]
    assert [part.count("<li>") for part in folded] == pages
    assert all("/aiheet/" not in part for part in folded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_telephone_number_in_a_guide_never_breaks_over_lines(inputs: Inputs, language: str) -> None:
    """Nor is it there in another way."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    number = site.settings.association.phone
    for page in guides(site)[0]:
        assert number not in page.content, page.url
    about = next(page for page in guides(site)[0] if (page.id, page.language) == ("about", language))
    assert number.replace(" ", "\N{NO-BREAK SPACE}") in about.content


def test_a_hand_written_page_begins_with_its_lead_and_folds_what_follows_a_line(inputs: Inputs) -> None:
    """The first paragraph stands beside the title. What comes after a line is for who wants to know more."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    content = '<p>Lead</p><p>More</p><h2 id="a">A</h2><p>x</p><hr /><h2 id="b">B</h2><p>y</p><h2 id="c">C</h2>'
    found = parts(content)
    assert (found.lead, found.start) == ("Lead", "<p>More</p>")
    assert [part.folded for part in found.parts] == [False, True, True]
    shown = document(site, site.by_id["fees", "fi"], content)
    assert '<p class="lead">Lead</p>' in shown.partition("</header>\n<div")[0]
    assert shown.count('<details class="part part--folded">') == 2
    assert "<hr" not in shown
    assert parts("<ul><li>x</li></ul>").lead == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_crisis_help_begins_warmly_and_with_those_who_speak_the_reader_s_language(
    inputs: Inputs, language: str
) -> None:
    """The emergency number first; everybody who speaks only other languages last. At the end stands how we know."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    page = next(one for one in guides(site)[0] if (one.id, one.language) == ("crisis", language))
    lead, _, rest = page.content.partition('<ul class="lines')
    assert len(lead.strip()) > 80
    assert "#" not in lead
    helps = [*site.crisis.lines, *site.crisis.chats]
    shown, _, known = rest.partition("<details")
    first, _, others = shown.partition(str(ui("crisis.others", language)))
    assert first.index(">112<") < first.index("</li>")
    assert shown.count("<li") == known.count("<li") == len(helps)
    for one in helps:
        part = first if one.is_emergency or language in one.languages else others
        assert f"<strong>{one.name[language]}</strong>" in part
        if one.languages != (language,):
            assert all(f'<i lang="{id}">' in part for id in one.languages)
        assert f"{one.name[language]}. " in known


def test_a_card_s_button_brings_all_its_topics_and_never_its_name(inputs: Inputs) -> None:
    """The page's own topic first, which needs no script."""
    site = publish(inputs, DEMO_DAY).site
    assert site
    many = [card for card in site.catalogue.cards if len(card.topics) > 1]
    assert many
    for card in many:
        for topic in card.topics:
            shown = _shown(site, f"topics/{topic}").partition(f"<h3>{card.name}</h3>")[2].partition("</article>")[0]
            address, _, words = shown.rpartition('href="')[2].partition('">')
            page, _, query = unescape(address).partition("?")
            assert page == "../../" + site.by_id[f"request/topic-{topic}", "fi"].url
            assert query.startswith(f"topic={topic}&")
            assert sorted(query.split("&")) == sorted(f"topic={id}" for id in card.topics)
            assert words.startswith(str(ui("cards.ask.topics", "fi")))
