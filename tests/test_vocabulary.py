"""The fixed vocabulary: complete in three languages, and no word that stands for two things."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale

from kokemus import vocabulary
from kokemus.vocabulary import KINDS, Term, Vocabulary, alphabetical

LANGUAGES = ("fi", "sv", "en")
SIZES = {"topics": 48, "formats": 14, "audiences": 11, "languages": 12, "places": 1 + 19 + 69 + 308, "groups": 7}
TEXTS = {
    "topics": ("about",),
    "formats": ("about", "length", "group_size", "arrange"),
    "audiences": ("about", "prepare"),
    "groups": ("about",),
}


def every(whole_country: Vocabulary, kind: str) -> list[Term]:
    return list(getattr(whole_country, kind).values())


@pytest.mark.parametrize(("kind", "size"), SIZES.items())
def test_it_is_complete(kind: str, size: int, whole_country: Vocabulary) -> None:
    """So many of each kind, each labelled in Finnish, Swedish and English."""
    terms = every(whole_country, kind)
    assert len(terms) == size
    for term in terms:
        assert all(term.labels.get(language, "").strip() for language in LANGUAGES), term.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term.id)


@pytest.mark.parametrize(("kind", "names"), TEXTS.items())
def test_longer_texts_are_there_in_every_language(kind: str, names: tuple[str, ...], whole_country: Vocabulary) -> None:
    """What a listener hears, what happens, how to prepare."""
    for term in every(whole_country, kind):
        for name in names:
            assert all(term.text(name, language).strip() for language in LANGUAGES), (term.id, name)
        if "care" in term.texts:
            assert all(term.text("care", language) for language in LANGUAGES), term.id


def test_topics_are_described_in_two_sentences(whole_country: Vocabulary) -> None:
    """Short enough for four minutes between lessons."""
    for term in every(whole_country, "topics"):
        for language in LANGUAGES:
            text = term.text("about", language)
            assert len(re.findall(r"[.!?](?=\s|$)", text)) == 2, (term.id, language, text)


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_stands_for_two_terms_of_a_kind(kind: str, whole_country: Vocabulary) -> None:
    """Ids, labels and synonyms of all languages are unambiguous, but for places that share a name in two languages."""
    words: Counter[str] = Counter()
    for term in every(whole_country, kind):
        synonyms = [word for found in term.synonyms.values() for word in found]
        words.update({word.casefold() for word in (term.id, *term.labels.values(), *synonyms)})
    assert [word for word, count in words.items() if count > 1] == []


def test_places_form_one_tree(whole_country: Vocabulary) -> None:
    """Municipality < sub-region < region < everywhere, and nothing else."""
    above = {"municipality": "sub-region", "sub-region": "region", "region": "everywhere"}
    for place in every(whole_country, "places"):
        kind = place.facts["kind"]
        if kind == "everywhere":
            assert whole_country.ancestors(place.id) == ()
        else:
            parent = whole_country.places[place.facts["parent"]]
            assert parent.facts["kind"] == above[kind]
            assert whole_country.ancestors(place.id)[-1] == "everywhere"
    assert len(set(whole_country.within("everywhere"))) == SIZES["places"]


def test_lapland_has_21_municipalities(lapland: Vocabulary) -> None:
    """And a site that serves it shows what contains them, too."""
    kinds = Counter(lapland.places[place].facts["kind"] for place in lapland.served)
    assert kinds == {"municipality": 21, "sub-region": 6, "region": 1, "everywhere": 1}


def test_language_names_are_those_of_cldr(whole_country: Vocabulary) -> None:
    """Where CLDR has one."""
    for term in every(whole_country, "languages"):
        for language in LANGUAGES:
            known = Locale(language).languages.get(term.id)
            assert known is None or term.labels[language] == known


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("masennus", "depression"),
        ("MASENNUS ", "depression"),
        ("ångest", "anxiety"),
        ("Grief", "grief"),
        ("burnout", "burnout"),
        ("alakulo", "depression"),
    ],
)
def test_ids_labels_and_synonyms_mean_the_same(typed: str, topic: str, whole_country: Vocabulary) -> None:
    """In any case, with space around."""
    assert whole_country.topics.find(typed) == topic


def test_no_word_that_stigmatises(whole_country: Vocabulary) -> None:
    """People first: none of the words that make an illness of a person, in any label or text."""
    banned = re.compile(
        r"\b(alkoholisti\w*|narkomaani\w*|juoppo\w*|hullu\w*|mielisairas\w*|skitsofreenikko\w*"
        r"|kärsi(i|vä|vät|neet)\b|missbrukare\w*|alkoholist\w*|galen\w*|sinnessjuk\w*|lider av"
        r"|addicts?\b|alcoholics?\b|crazy|insane|suffer(s|ing|ers?)?\b|victims? of|schizophrenics?\b"
        r"|committed suicide)",
        re.IGNORECASE,
    )
    for kind in ("topics", "formats", "audiences", "groups"):
        for term in every(whole_country, kind):
            for text in (*term.labels.values(), *(text for texts in term.texts.values() for text in texts.values())):
                assert not banned.search(text), (term.id, text)


def test_the_finnish_order_of_letters() -> None:
    """Å, ä and ö last; Sámi letters with their base letter."""
    words = ["Öja", "Äkäslompolo", "Ähtäri", "Åland", "Zeta", "Čohkkiras", "Anár", "Aura", "Šaldi", "Salla"]
    assert sorted(words, key=alphabetical) == [
        "Anár", "Aura", "Čohkkiras", "Šaldi", "Salla", "Zeta", "Åland", "Ähtäri", "Äkäslompolo", "Öja",
    ]  # fmt: skip


def test_an_association_adds_and_overrides_terms(tmp_path: Path) -> None:
    """In its own folder, key by key."""
    (tmp_path / "topics.yml").write_text(
        "depression: {fi: alakulo ja masennus, synonyms: {fi: []}}\n"
        "farming: {group: identity, fi: maaseutu, sv: landsbygd, en: farming}\n"
    )
    terms, problems = vocabulary.load(tmp_path)
    assert problems == ()
    assert terms.topics["depression"].labels["fi"] == "alakulo ja masennus"
    assert terms.topics["depression"].labels["sv"] == "depression"
    assert terms.topics.find("maaseutu") == "farming"


def test_a_term_without_a_label_is_a_problem(tmp_path: Path) -> None:
    """With its place in the association's file."""
    (tmp_path / "topics.yml").write_text("farming: {group: identity, fi: maaseutu}\n")
    _, problems = vocabulary.load(tmp_path)
    assert [(found.code, found.path, found.route) for found in problems] == [
        ("missing-label", "terms/topics.yml", ("farming",))
    ]
