"""The fixed vocabulary: complete in three languages, without ambiguous names, and extended by an association's own."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale

from kokemus import vocabulary
from kokemus.documents.problems import errors, render
from kokemus.publication.inputs import gather
from kokemus.resources import LANGUAGES
from kokemus.text import alphabetical
from kokemus.vocabulary import KINDS, Term, Vocabulary
from tests.conftest import change

SIZES = {"topics": 57, "formats": 14, "audiences": 11, "languages": 13, "places": 1 + 19 + 69 + 308, "groups": 7}
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
    """The expected number of each kind, each with labels in Finnish, Swedish and English."""
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
    """Short enough to read in four minutes between lessons."""
    for term in every(whole_country, "topics"):
        for language in LANGUAGES:
            text = term.text("about", language)
            assert len(re.findall(r"[.!?](?=\s|$)", text)) == 2, (term.id, language, text)


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_stands_for_two_terms_of_a_kind(kind: str, whole_country: Vocabulary) -> None:
    """Ids, labels and synonyms of all languages are unique; one term may have the same word in two languages."""
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
    """A site that serves it also shows the places that contain them."""
    kinds = Counter(lapland.places[place].facts["kind"] for place in lapland.served)
    assert kinds == {"municipality": 21, "sub-region": 6, "region": 1, "everywhere": 1}


def test_language_names_are_those_of_cldr(whole_country: Vocabulary) -> None:
    """If CLDR has one, except that Sámi is written with its accent."""
    for term in every(whole_country, "languages"):
        for language in LANGUAGES:
            known = Locale(language).languages.get(term.id)
            assert known is None or term.labels[language] == known.replace("Sami", "Sámi")


def test_only_a_name_is_a_label(whole_country: Vocabulary) -> None:
    """The address of a concept is no name, so no editor offers it as a topic."""
    assert whole_country.topics["depression"].facts["yso"].startswith("http://www.yso.fi/")
    assert not [name for kind in KINDS for term in every(whole_country, kind) for name in term.names if "://" in name]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("masennus", "depression"),
        ("MASENNUS ", "depression"),
        ("ångest", "anxiety"),
        ("Grief", "grief"),
        ("burnout", "burnout"),
        ("alakulo", "depression"),
        *((word, "divorce") for word in ("avioero", "ero", "skilsmässa", "divorce")),
        *((word, "homelessness") for word in ("asunnottomuus", "koditon", "bostadslöshet", "homeless")),
        *((word, "prison") for word in ("vankila", "vankeus", "fängelse", "jail")),
        *((word, "abortion") for word in ("raskauden keskeytys", "abortti", "abort", "termination of pregnancy")),
        *((word, "long-term-illness") for word in ("pitkäaikaissairaus", "krooninen sairaus", "chronic illness")),
        *((word, "disability") for word in ("vammaisuus", "pyörätuoli", "funktionshinder", "disabled")),
        *((word, "loved-ones-addiction") for word in ("läheisen alkoholismi", "a parent's alcoholism")),
        *((word, "cancer") for word in ("syöpä", "cancer", "rintasyöpä")),
        *((word, "memory-illness") for word in ("muistisairaus", "dementia", "demens")),
        *((word, "childlessness") for word in ("lapsettomuus", "ofrivillig barnlöshet", "infertility")),
        *((word, "encounter") for word in ("kohtaaminen", "kohtaaminen palveluissa")),
        *((word, "studying") for word in ("studier och ork", "att orka studera")),
    ],
)
def test_ids_labels_and_synonyms_mean_the_same(typed: str, topic: str, whole_country: Vocabulary) -> None:
    """In any case, with white space around."""
    assert whole_country.topics.find(typed) == topic


@pytest.mark.parametrize(("count", "warned"), [(0, False), (1, True), (2, False)])
def test_a_topic_that_only_one_association_has_is_pointed_out(tmp_path: Path, count: int, warned: bool) -> None:
    """It suggests that somebody there speaks of it. Several own topics do not, nor do new synonyms of a known topic."""
    added = "".join(f"own-{n}: {{group: family, fi: oma {n}, sv: egen {n}, en: own {n}}}\n" for n in range(count))
    (tmp_path / "topics.yml").write_text(f"depression: {{synonyms: {{fi: [mustuus]}}}}\n{added}", "utf-8")
    terms, problems = vocabulary.load(tmp_path)
    assert [(found.code, found.severity, found.mark) for found in problems] == (
        [("own-topic-alone", "warning", (2, 1))] if warned else []
    )
    assert len(terms.topics) == SIZES["topics"] + count


def test_a_topic_beside_a_faulty_one_is_not_called_the_only_one(tmp_path: Path) -> None:
    labels = "fi: oma, sv: egen, en: own"
    (tmp_path / "topics.yml").write_text(
        f"own-1: {{group: family, {labels}}}\nown-2: {{group: perhe, {labels}}}\n", "utf-8"
    )
    assert "own-topic-alone" not in [found.code for found in vocabulary.load(tmp_path)[1]]


def test_the_sign_language_of_finland_s_swedish_speakers_is_a_language_of_talks(whole_country: Vocabulary) -> None:
    """It has its own code; «teckenspråk» alone still means the Finnish one."""
    languages = whole_country.languages
    assert languages.find("suomenruotsalainen viittomakieli") == "fss"
    assert languages.find("finlandssvenskt teckenspråk") == "fss"
    assert languages.find("teckenspråk") == "fse"


def test_no_word_that_stigmatises(whole_country: Vocabulary) -> None:
    """No label or text reduces a person to an illness."""
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
        "farming: {group: identity, fi: maanviljely, sv: lantbruk, en: farming}\n"
        "reindeer: {group: identity, fi: poronhoito, sv: renskötsel, en: reindeer herding}\n"
    )
    terms, problems = vocabulary.load(tmp_path)
    assert [(found.code, found.route) for found in problems] == [("own-topic-renames", ("depression", "fi"))]
    assert terms.topics["depression"].labels["fi"] == "alakulo ja masennus"
    assert terms.topics.find("masennus") == "depression"
    assert terms.topics.find("alakulo") is None
    assert terms.topics["depression"].labels["sv"] == "depression"
    assert terms.topics.find("maanviljely") == "farming"


def test_a_ready_topic_that_is_renamed_is_reported_at_the_line_that_does_it(demo: Path) -> None:
    """Profiles that use its ready name are understood, in any language. The same label again renames nothing."""
    (demo / "terms").mkdir()
    (demo / "terms" / "topics.yml").write_text(
        "depression:\n  fi: mielenterveyden ongelmat\n  sv: psykisk ohälsa\n  en: depression\n", "utf-8"
    )
    change(demo, "experts/e01.yml", "topic: hope", "topic: masennus")
    change(demo, "experts/e05.yml", "topic: loneliness", "topic: Depression")
    found = gather(demo / "mkdocs.yml").problems
    told = render([one for one in found if one.severity == "error" or "topic" in one.code], {})
    assert re.findall(r"(?m)^(\S+) (\w+\[\S+\])", told) == [
        ("terms/topics.yml:2:3:", "warning[own-topic-renames]"),
        ("terms/topics.yml:3:3:", "warning[own-topic-renames]"),
    ]
    assert "ready topic masennus" in told


@pytest.mark.parametrize("label", ["anoreksia", "Syömishäiriö", "eating-disorder"])
def test_an_own_topic_with_a_name_of_a_ready_one_is_reported_with_that_topic(label: str, tmp_path: Path) -> None:
    """Be it a label, a synonym or an id: one word in a profile would mean either. A name of its own is fine."""
    (tmp_path / "topics.yml").write_text(
        f"slim:\n  group: mental-health\n  fi: {label}\n  sv: smal\n  en: slim\n"
        "farming: {group: identity, fi: maanviljely, sv: lantbruk, en: farming}\n",
        "utf-8",
    )
    said = render(vocabulary.load(tmp_path)[1], {})
    assert said.startswith("terms/topics.yml:3:3: warning[own-topic-taken]: ")
    assert "ready topic syömishäiriö" in said
    assert len(said.splitlines()) == 2


def test_one_word_for_two_topics_is_reported_in_synonyms_and_between_own_topics(tmp_path: Path) -> None:
    """Each at its own place, and once."""
    (tmp_path / "topics.yml").write_text(
        "farm: {group: identity, fi: maanviljely, sv: lantbruk, en: farming, synonyms: {fi: [Masennus, pellot]}}\n"
        "fields: {group: identity, fi: Pellot, sv: åkrar, en: fields}\n",
        "utf-8",
    )
    found = [(one.code, one.route, one.mark) for one in vocabulary.load(tmp_path)[1]]
    assert found == [
        ("own-topic-taken", ("farm", "synonyms", "fi", 0), (1, 85)),
        ("own-topic-twice", ("fields", "fi"), (2, 27)),
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("topics", "topics:\n  farm: {group: identity, fi: a, sv: b, en: c}\n"), ("places", "places: {x: {fi: a}}\n")],
)
def test_a_line_that_repeats_the_name_of_the_file_is_the_only_mistake(kind: str, text: str, tmp_path: Path) -> None:
    """Everything below it would be told as unknown."""
    (tmp_path / f"{kind}.yml").write_text(text, "utf-8")
    assert [one.code for one in vocabulary.load(tmp_path)[1]] == ["terms-wrapped"]


@pytest.mark.parametrize("word", ["mielenterveys", "mental-health", "Psykisk hälsa"])
def test_a_group_in_place_of_a_topic_leads_to_its_topics(demo: Path, word: str) -> None:
    """In a profile and in the configuration; a group whose name is a topic's, too, means that topic."""
    change(demo, "experts/e05.yml", "topic: loneliness", f"topic: {word}")
    change(demo, "mkdocs.yml", "      serves:", f"      house_topics: [{word}, recovery]\n      serves:")
    found = [one for one in gather(demo / "mkdocs.yml").problems if one.severity == "error"]
    assert {(one.path, one.code) for one in found} == {
        ("experts/e05.yml", "topic-group"),
        ("mkdocs.yml", "topic-group"),
    }
    assert {"depression", "anxiety"} <= {*found[0].help.replace(",", "").split()}


def test_an_own_topic_written_into_the_configuration_leads_to_the_file_for_it(demo: Path) -> None:
    """There its id alone is written."""
    change(demo, "mkdocs.yml", "      serves:", "      house_topics:\n        - farm: {fi: a}\n      serves:")
    (found,) = [one for one in gather(demo / "mkdocs.yml").problems if one.severity == "error"]
    assert (found.code, found.route[-2:]) == ("house-topic", ("house_topics", 0))
    assert "terms/topics.yml" in found.help


OWN = {
    "a label is missing": ("topics", "farming: {group: identity, fi: maanviljely}", "1:1", "missing-label"),
    "a label is no text": ("topics", "depression: {fi: no}", "1:14", "yaml-boolean"),
    "a misspelt key": ("topics", "depression:\n  fi: alakulo\n  abuot: {fi: x}", "3:3", "unknown-key"),
    "a misspelt language": ("topics", "depression:\n  about: {fu: x}", "2:11", "unknown-key"),
    "synonyms that are no list": ("topics", "depression: {synonyms: {fi: alakulo}}", "1:25", "not-a-list"),
    "an unknown group": ("topics", "farming: {group: work, fi: a, sv: b, en: c}", "1:11", "term-value"),
    "no group": ("topics", "farming: {fi: a, sv: b, en: c}", "1:1", "missing-key"),
    "an unknown icon": ("formats", "panel: {icon: material/nope}", "1:9", "term-value"),
    "an id that is no address": ("topics", "Far ming: {group: identity, fi: a, sv: b, en: c}", "1:1", "term-id"),
    "a term that is none": ("topics", "depression: alakulo", "1:1", "own-terms"),
    "a file that holds none": ("topics", "- depression", "1:1", "own-terms"),
    "a language called as a key": ("languages", "group: {fi: a, sv: b, en: c}", "1:1", "language-id"),
    "a language called as another": ("languages", "synonyms: {fi: a, sv: b, en: c}", "1:1", "language-id"),
    "a place inside itself": ("places", "kemi: {parent: kemi}", "1:8", "place-parent"),
    "a place above all": ("places", "everywhere: {parent: kemi}", "1:14", "place-parent"),
    "a place nowhere": ("places", "kylä-1: {parent: x}\nkemi: {parent: nowhere}", "2:8", "place-parent"),
}


@pytest.mark.parametrize(("name", "text", "place", "code"), OWN.values(), ids=OWN)
def test_an_error_in_own_terms_is_a_problem_with_its_place(
    name: str, text: str, place: str, code: str, tmp_path: Path
) -> None:
    """The faulty entry leaves the vocabulary unchanged."""
    (tmp_path / f"{name}.yml").write_text(text, "utf-8")
    terms, problems = vocabulary.load(tmp_path)
    assert f"terms/{name}.yml:{place}: error[{code}]" in render(problems, {})
    before, _ = vocabulary.load()
    assert terms == before


@pytest.mark.parametrize(
    ("name", "text", "example"),
    [
        ("topics", "- adoptio", "own-term: {group: mental-health, fi: …, sv: …, en: …}"),
        ("topics", "adoptio: adoptio", "adoptio: {group: mental-health, fi: adoptio, sv: …, en: …}"),
        ("topics", "adoptio: {group: family, fi: lapsi}", "adoptio: {group: family, fi: lapsi, sv: …, en: …}"),
        ("topics", "Työ elämä: {group: Työ}", "tyo-elama: {group: mental-health, fi: Työ elämä, sv: …, en: …}"),
        ("formats", "retki: {fi: retki}", "retki: {fi: retki, sv: …, en: …}"),
        ("topics", "depression: {synonyms: [suru, murhe]}", "synonyms: {fi: [suru, murhe], sv: […], en: […]}"),
        ("topics", "depression: {about: Surua.}", "about: {fi: Surua., sv: …, en: …}"),
        ("places", "saariselka: {kind: municipality, fi: a, sv: b, en: c}", "parent: everywhere"),
    ],
)
@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_help_about_an_own_term_shows_all_of_it(
    name: str, text: str, example: str, language: str, tmp_path: Path
) -> None:
    """It includes what is written already, as far as that is valid."""
    (tmp_path / f"{name}.yml").write_text(text, "utf-8")
    _, problems = vocabulary.load(tmp_path)
    assert any(found.text("help", language).endswith(example) for found in problems), render(problems, {})


def test_a_topic_whose_own_term_is_faulty_is_reported_once(demo: Path) -> None:
    """At the term, not at the profile that names it. A misspelt topic in another profile is still reported."""
    (demo / "terms").mkdir()
    (demo / "terms" / "topics.yml").write_text("adoptio: {group: family, fi: adoptio}\n", "utf-8")
    change(demo, "experts/e01.yml", "topic: hope", "topic: adoptio")
    change(demo, "experts/e05.yml", "topic: loneliness", "topic: lonelyness")
    told = [(found.path, found.code) for found in errors(gather(demo / "mkdocs.yml").problems)]
    assert told == [("terms/topics.yml", "missing-label"), ("experts/e05.yml", "unknown-topic")]


def test_two_own_places_that_stand_in_each_other_are_both_named(tmp_path: Path) -> None:
    """Their parents form a circle. A valid place beside them is kept."""
    place = "kind: municipality, fi: a, sv: b, en: c"
    (tmp_path / "places.yml").write_text(
        f"one: {{{place}, parent: two}}\ntwo: {{{place}, parent: one}}\nthree: {{{place}, parent: kemi-tornio}}\n"
    )
    terms, problems = vocabulary.load(tmp_path)
    assert [(found.code, found.route[0]) for found in problems] == [("place-parent", "one"), ("place-parent", "two")]
    assert "one" not in terms.places
    assert terms.ancestors("three") == ("kemi-tornio", "lappi", "everywhere")


def test_an_own_group_and_language_are_known_to_the_other_own_terms(tmp_path: Path) -> None:
    """Whatever the order of the files."""
    (tmp_path / "groups.yml").write_text("land: {icon: sprout, fi: maa, sv: land, en: land}\n")
    (tmp_path / "languages.yml").write_text("yi: {fi: jiddiš, sv: jiddisch, en: Yiddish}\n")
    (tmp_path / "topics.yml").write_text("farming: {group: land, fi: maanviljely, sv: lantbruk, en: farming, yi: x}\n")
    terms, problems = vocabulary.load(tmp_path)
    assert [found.code for found in problems] == ["own-topic-alone"]
    assert terms.topics["farming"].label("yi") == "x"


@pytest.mark.parametrize(
    ("typed", "meant"), [("Levi", None), ("Pyhä", None), ("kemmi", "kemi"), ("rovanemi", "rovaniemi")]
)
def test_a_short_name_is_not_taken_for_one_that_is_like_it_by_chance(
    lapland: Vocabulary, typed: str, meant: str
) -> None:
    """A resort may differ from a municipality at the other end of the country by one letter."""
    near = lapland.places.nearest(typed)
    assert (near[0] if near else None) == meant
