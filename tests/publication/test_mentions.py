"""The experts' own names in pages and cards: in any case form, as initials, as a log-in name; and no other names."""

from pathlib import Path

import pytest

from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.documents.problems import Mark, Problem
from kokemus.lint.declension import is_ending
from kokemus.lint.wordforms import forms, of
from kokemus.publication import mentions
from kokemus.publication.inputs import gather
from kokemus.website.guide import Guide
from tests.conftest import change

PROFILE = "private:\n  name: {name}\n"


def document(name: str, rest: str = "", path: str = "experts/q7x.yml") -> Document:
    found, problems = parser.read(path, (PROFILE.format(name=name) + rest).encode())
    assert found, problems
    return found


def guide(text: str, title: str = "Tietoa") -> Guide:
    return Guide(
        id="tietoa",
        language="fi",
        path="site_src/fi/tietoa.md",
        title=title,
        slug="tietoa",
        description="Kuvaus.",
        markdown=text,
        front="\n" * 4,
    )


def told(text: str, name: str = "Marjatta Koskelainen", known: tuple[str, ...] = ()) -> list[str]:
    return [found.code for found in mentions.problems([document(name)], [guide(text)], known)]


INFLECTED = {
    "Marjatta Koskelainen": "Marjatan, Koskelaisen, Marjatta Koskelaiselle, marjatta koskelaista, Marjatta-niminen",
    "Markus Mäki": "Markuksen, Markukselta, Mäen Markus, Markus Mäelle, herra Mäkeä",
    "Antti Rinne": "Antin, Antille, Antti Rinteen, Antti Rinnettä",
    "Åsa Lindqvist": "Åsas, Åsan, Lindqvists, Lindqvistin",
    "Niillas Ránttilá": "Niillasin, Niillaksen, Ránttilán",
}


@pytest.mark.parametrize(
    ("name", "form"), [(name, form) for name, forms in INFLECTED.items() for form in forms.split(", ")]
)
def test_an_expert_s_name_in_any_case_is_an_error_in_a_page(name: str, form: str) -> None:
    """Inside a sentence, as its first word, and in the title."""
    for text in (f"Kiitos, että {form} kertoi.", f"{form} kertoo."):
        assert "text-private-name" in told(text, name)
    found = mentions.problems([document(name)], [guide("Hei.", f"Kysy, mitä {form} teki")], ())
    assert "text-private-name" in [one.code for one in found]


def test_a_name_that_is_also_a_word_counts_with_a_capital_inside_a_sentence() -> None:
    """At the beginning of a sentence it may be either."""
    assert told("Kiitos, että Toivon kanssa puhuttiin.", "Toivo Kangastus") == ["text-private-name"]
    assert told("Toivon niin.", "Toivo Kangastus") == []


OTHERS = {
    "Marjatta Koskelainen": "Marjaana, Marja, Marjatta Virtanen, Matti Koskelaisen, Koskela, Koskisen, Marjattalan",
    "Markus Mäki": "Mäkinen, Markku, Markus Virtanen, mäen, Mäkelä",
    "Toivo Kangastus": "toivo, toivoa, toivottavasti, kangastus",
    "Onni Kuviteltu": "onni, onnea, kuviteltu, onnistui",
}


@pytest.mark.parametrize(
    ("name", "form"), [(name, form) for name, forms in OTHERS.items() for form in forms.split(", ")]
)
def test_another_name_or_an_everyday_word_is_no_mention(name: str, form: str) -> None:
    """The control: a name that begins the same, somebody else's whole name, a word in lower case."""
    assert told(f"Kiitos, että {form} kertoi.", name) == []


@pytest.mark.parametrize("form", ["M.K.", "M. K.", "M.K", "mkoskelainen", "koskelainenm", "marjatta.koskelainen"])
def test_initials_and_log_in_names_are_at_least_a_warning(form: str) -> None:
    """With any dots. The control is an expert with other initials."""
    assert "text-private-initials" in told(f"Kysy lisää: {form} vastaa.")
    assert told(f"Kysy lisää: {form} vastaa.", "Tuovi Ahola") == []


def test_what_the_association_says_of_itself_is_no_mention() -> None:
    """The data protection officer may share the name, or the association may be named after somebody."""
    assert told("Kysy Marjatalta.") == ["text-private-name"]
    assert told("Kysy Marjatalta.", known=("Marjatta Lahti",)) == []


def test_a_mention_has_its_position_in_the_page() -> None:
    """By line and column, like every other problem of a page."""
    found = list(mentions.problems([document("Marjatta Koskelainen")], [guide("Hei.\n\nKysy Marjatalta.\n")], ()))
    assert [one.mark for one in found] == [Mark(7, 6)]
    assert "arjat" not in str([(one.message, one.help) for one in found])


def of_card(text: str) -> list[Problem]:
    own = document("Marjatta Koskelainen", f'card:\n  name: Marjatta\n  text:\n    fi: "{text}"\n')
    other = document("Helvi Tamminen", path="experts/q8x.yml")
    return list(mentions.problems([own, other], [], ()))


def test_a_card_may_contain_only_the_name_that_it_shows() -> None:
    """Neither the expert's family name nor another expert's name."""
    assert of_card("Ystävät tuntevat Marjatan.") == []
    assert [(one.code, one.path) for one in of_card("Ystävät tuntevat Koskelaisen.")] == [
        ("text-private-name", "experts/q7x.yml")
    ]
    assert [one.code for one in of_card("Kiitos, että Helville kerroin.")] == ["text-private-name"]


def test_the_pages_that_come_with_the_project_mention_nobody(demo: Path) -> None:
    """Although the demo's experts are called Toivo, Onni and Ihana. The control is one of these names, inflected."""
    assert not [one for one in gather(demo / "mkdocs.yml").problems if one.code.startswith("text-private")]
    change(demo, "site_src/fi/about.md", "##", "Kiitämme Venlaa.\n\n##")
    found = [one for one in gather(demo / "mkdocs.yml").problems if one.code.startswith("text-private")]
    assert {(one.code, one.path, one.severity) for one in found} == {
        ("text-private-name", "site_src/fi/about.md", "error")
    }


def test_no_given_name_is_found_in_the_pages_that_come_with_the_project(demo: Path) -> None:
    """Whoever joins: «Siinä» is no form of Siiri. The controls are forms of that name and of one in ``-mi``."""
    given = sorted(of("given") & forms().lemmas)
    everyone = [document(name.title(), path=f"experts/q{number}.yml") for number, name in enumerate(given)]
    guides = gather(demo / "mkdocs.yml").guides
    assert len(given) > 1000
    assert [(one.path, one.mark) for one in mentions.problems(everyone, guides, ())] == []
    for name, text in (("Siiri", "Kiitos, että Siirin kanssa puhuttiin."), ("Lumi", "Kiitämme Lunta.")):
        assert told(text, name) == ["text-private-name"]


def test_a_word_is_looked_up_once_however_many_pages_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most words are on many pages, and a check reads them all."""
    asked: list[str] = []

    def counted(word: str, end: int) -> bool:
        asked.append(word)
        return is_ending(word, end)

    monkeypatch.setattr(mentions, "is_ending", counted)
    for pages in (1, 20):
        found = mentions.problems([document("Marjatta Koskelainen")], [guide("Kysy Marjatalta.")] * pages, ())
        assert len([*found]) == pages
    assert len(asked) == 2 * len({*asked}) > 0


FILES = {
    "img/hilma-tekaista.jpg": "file-names-expert",
    "img/Hilma_Tekaistan_kuva2.JPG": "file-names-expert",
    "HilmaTekaista.png": "file-names-expert",
    "img/htekaista.webp": "file-names-expert",
    "Tekaista Hilma/kuva.jpg": "file-names-expert",
    "img/matti-virtanen.jpg": "file-names-somebody",
    "fi/VirtasenKuva.jpg": None,
    "img/kevat-illassa.jpg": None,
    "img/IMG_20260301.jpg": None,
    "fi/tekaista.md": None,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_whose_name_is_a_persons_is_told_once(demo: Path, name: str) -> None:
    """It is in the site's addresses: an error if it is an expert's, a warning if it seems to be somebody else's."""
    file = demo / "site_src" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x")
    found = [one for one in gather(demo / "mkdocs.yml").problems if one.code.startswith("file-names")]
    top = name.partition("/")[0] if " " in name else name
    assert [(one.code, one.path) for one in found] == ([(FILES[name], f"site_src/{top}")] if FILES[name] else [])
    assert [one.severity for one in found] == {None: [], "file-names-expert": ["error"]}.get(FILES[name], ["warning"])


def test_a_name_without_vowel_marks_is_found_in_a_file_name(tmp_path: Path) -> None:
    """File names often lack the dots of ä and ö, or store them apart."""
    everybody = mentions.experts([document("Päivi Mäkinen")], ())
    for name in ("paivi-makinen.jpg", "Pa\u0308ivi Ma\u0308kinen.jpg", "makinen_paivi_kuva.jpg"):
        (tmp_path / name).write_bytes(b"x")
    assert len([*mentions.in_file_names(tmp_path, "site_src", everybody)]) == 3
