"""What the lint finds in a free text, and what it leaves alone."""

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from kokemus import lint
from kokemus.documents import parser
from kokemus.documents.problems import Mark, Problem, errors
from kokemus.experts import profile
from kokemus.lint import known, names, wordforms
from kokemus.vocabulary import Vocabulary
from kokemus.website import guide
from tests.bench import lint as bench
from tests.rigs import profiles
from tools import clean

ROOT = Path(__file__).parents[2]
FRONT = "title: A page\nslug: a-page\ndescription: What it is about.\n"


def kinds(text: str, language: str = "fi") -> set[str]:
    return {finding.kind for finding in lint.findings(text, language)}


@pytest.mark.parametrize("name", bench.SETS)
def test_the_lint_finds_nearly_everything_and_is_rarely_wrong(name: str) -> None:
    """The goals on every set. Each set has enough sentences of both kinds that neither silence nor noise would pass."""
    sentences = bench.sentences(name)
    assert len(sentences) >= 100
    assert sum(not sentence.labels for sentence in sentences) >= 30
    total = bench.score(name)
    assert min(total.recall, total.sentence_recall) >= 0.97
    assert min(total.precision, total.quiet) >= 0.95


def test_the_measure_notices_a_lint_that_is_silent_or_noisy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without names, recall falls; with every word a name, precision falls."""
    with monkeypatch.context() as silent:
        silent.setattr(names, "found", lambda text, small, language: iter(()))
        assert bench.score("own").recall < 0.8
        assert bench.score("fourth").sentence_recall < 0.8
    with monkeypatch.context() as noisy:
        noisy.setattr(names, "_kind", lambda word, language: "name")
        assert bench.score("own").precision < 0.5
        assert bench.score("fourth").quiet < 0.5


@pytest.mark.parametrize("code", ["241185-901B", "241185–901b", "241185 - 901B", "241185 901B", "241185\u200b-901B"])
def test_an_identity_code_is_found_in_every_way_of_writing(code: str) -> None:
    """Another dash, lower case, spaces, and invisible characters."""
    (finding,) = lint.findings(f"Tunnus oli {code} silloin.", "fi")
    assert finding.kind == "identity-code"
    assert f"Tunnus oli {code} silloin."[finding.start : finding.end] == code


def test_a_number_with_a_wrong_check_character_is_no_identity_code() -> None:
    """Only a number that could be somebody's is one."""
    assert "identity-code" not in kinds("Tunnus oli 241185-901C silloin.")


@pytest.mark.parametrize(
    "text", ["Asun Sodankyla\u0308ssa\u0308.", "Soita ０４０ ５５５ ０１２３.", "Soita 040\u00a0555\u00a00123."]
)
def test_a_text_is_read_as_a_reader_sees_it(text: str) -> None:
    """Decomposed letters, full-width digits, no-break spaces."""
    assert kinds(text) & {"place", "phone"}


@pytest.mark.parametrize(
    "text",
    [
        "Toivo palasi.",
        "Usko ja onni kantoivat.",
        "Olin kolarissa, ja salossa oli hiljaista.",
        "Tulen mielelläni Lapin kouluihin.",
        "Puhun 45 minuuttia noin 20–100 hengelle.",
        "Laki 1050/2018 ja asetus 2016/679.",
        "Se alkoi 1990-luvulla.",
    ],
)
def test_everyday_words_and_numbers_are_left_alone(text: str) -> None:
    """A warning at every «hope» and «happiness» would teach the coordinator to accept blindly."""
    assert kinds(text) == set()


def test_a_homonym_with_a_capital_inside_a_sentence_is_a_name() -> None:
    """``toivo`` is hope, ``Toivo`` is a person."""
    assert kinds("Poikani Toivo syntyi silloin.") == {"name"}
    assert kinds("Silloin toivo syntyi.") == set()
    assert kinds("Toivo Virtanen tuli mukaan.") == {"name"}


def test_details_that_are_harmless_alone_are_not_harmless_together() -> None:
    """An occupation alone is no finding; with a place in the text or on the card, it may point to one person."""
    assert kinds("Olin opettajana monta vuotta.") == set()
    assert kinds("Olin opettajana Posiolla monta vuotta.") == {"place", "combination"}
    beside = lint.findings("Olin opettajana monta vuotta.", "fi", frozenset({"place"}))
    assert {finding.kind for finding in beside} == {"combination"}


def test_the_name_on_a_card_may_be_a_name_but_no_contact() -> None:
    """The name was signed; a phone number in it was not."""
    assert lint.in_name("Annika Korhonen") == ()
    assert [finding.kind for finding in lint.in_name("Annika 040 555 0123")] == ["phone"]


def card(text: str, accepted: str, vocabulary: Vocabulary) -> list[str]:
    """The codes of the problems in a card with this text."""
    more = f"card: {{consent: 2026-03-02, name: Kaamos, text: {{fi: {text!r}}}, accepted: [{accepted}]}}\n"
    document, _ = parser.read("experts/x1.yml", profiles.text(more=more).encode())
    assert document
    return [found.code for found in profile.read(document, vocabulary)[1]]


def test_accepting_one_kind_lets_no_other_pass(lapland: Vocabulary) -> None:
    """Accepting two kinds does not accept their combination, and accepting a kind that is not there is reported."""
    text = "Asuin Utsjoella vuonna 2016."
    assert card(text, "", lapland) == ["text-place", "text-date", "text-combination"]
    assert card(text, "place, date", lapland) == ["text-combination"]
    assert card(text, "place, date, combination", lapland) == []
    assert card("Kerron toivosta.", "place", lapland) == ["accepts-nothing"]
    assert card("Kerron toivosta.", "'*'", lapland) == ["unknown-detail"]


def test_contact_data_stops_the_publication_until_it_is_accepted_and_an_identity_code_always(
    lapland: Vocabulary,
) -> None:
    """Nobody can sign for publishing an identity code."""
    assert errors([Problem(code=code, path="x") for code in card("Soita 040 555 0123.", "", lapland)])
    assert card("Soita 040 555 0123.", "phone", lapland) == []
    assert card("Koodi 241185-901B.", "identity-code", lapland) == ["never-accepted", "text-identity-code"]


def test_a_text_with_escapes_is_reported_where_it_begins(lapland: Vocabulary) -> None:
    """The place inside such a text is unknown, so the start of the value is given."""
    more = 'card:\n  consent: 2026-03-02\n  name: K\n  text:\n    fi: "Asuin Utsj\\u006fella."\n'
    document, _ = parser.read("experts/x1.yml", profiles.text(more=more).encode())
    assert document
    (found,) = profile.read(document, lapland)[1]
    assert (found.code, found.mark) == ("text-place", Mark(10, 5))


def page(folder: Path, body: str, more: str = "", known: tuple[str, ...] = ()) -> list[tuple[str, Mark | None]]:
    """The problems of a hand-written page, except that other pages are missing."""
    (folder / "fi").mkdir(exist_ok=True)
    (folder / "fi" / "thanks.md").write_text(f"---\n{FRONT}{more}---\n{body}", "utf-8")
    _, problems = guide.read_all(folder, "site_src", ["fi"], {"fi": frozenset()}, known)
    return [(found.code, found.mark) for found in problems if found.code != "guide-missing"]


def test_hand_written_pages_are_read_as_cards_are(tmp_path: Path) -> None:
    """With line and column, and accepted in the front matter. Details in two paragraphs are no combination."""
    body = "# Hei\n\nKiitos sinulle, Aslak,\njoka asuit Utsjoella.\n\nSe oli 12.3.2019.\n"
    assert page(tmp_path, body) == [
        ("text-name", Mark(8, 17)),
        ("text-place", Mark(9, 12)),
        ("text-date", Mark(11, 8)),
    ]
    assert page(tmp_path, body, "accepted: [name, place, date]\n") == []
    assert [code for code, _ in page(tmp_path, "Hei.\n", "accepted: [name]\n")] == ["accepts-nothing"]


def test_the_association_and_the_crisis_lines_are_known(tmp_path: Path) -> None:
    """They are on the pages on purpose, as placeholders or written out. Any other number is a problem."""
    body = 'Soita {{ association.phone }} tai 09 2525 0111. [Linkki]({{ link("request") }})\n'
    assert page(tmp_path, body, known=("09 2525 0111",)) == []
    assert [code for code, _ in page(tmp_path, body)] == ["text-phone"]


def test_the_table_of_forms_is_up_to_date() -> None:
    """After a change in the list of words or places, ``make forms`` must be run."""
    made_of = (ROOT / "tools/lemmas.txt").read_bytes(), (files("kokemus") / "terms" / "places.yml").read_bytes()
    first, *_ = (files("kokemus") / "lint" / "forms.tsv").read_text("utf-8").splitlines()
    assert first.endswith(sha256(b"".join(made_of)).hexdigest())


def test_every_municipality_is_known_in_its_forms(whole_country: Vocabulary) -> None:
    """As a place, or as a name if its uninflected form is also a given name (Salla, Simo)."""
    for place in whole_country.places.values():
        if place.facts["kind"] == "municipality":
            label = place.label("fi").split()[0]
            shared = label.lower() in wordforms.of("given")
            assert kinds(f"Asun paikassa {label} yhä.") == {"name" if shared else "place"}, place.id


@pytest.mark.slow
def test_the_list_of_known_texts_is_up_to_date() -> None:
    """``make clean-texts`` writes this list. It has no text with a detail, however harmless alone."""
    assert clean.FILE.read_text("utf-8") == clean.clean()


def test_only_an_exact_known_text_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text in another language, or with one more character, is linted; the control lists the text itself."""
    text = "Olen Aino Virtanen"
    for listed, found in ((("sv", text), {"name"}), (("fi", f"{text} "), {"name"}), (("fi", text), set[str]())):
        monkeypatch.setattr(known, "_clean", lambda listed=listed: {known.fingerprint(listed[1], listed[0])})
        assert kinds(text) == found
