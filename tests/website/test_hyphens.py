"""Hyphens: where the long words of headings may divide."""

from collections.abc import Callable
from functools import partial

import pytest

from kokemus.website.hyphens import headings, hyphenated, together
from tests.rigs.growth import LINEAR, growth

DIVIDED = [
    ("fi", "Kokemusasiantuntijoille", "Kokemus-asian-tun-ti-joille"),
    ("fi", "kokemusasiantuntija", "kokemus-asiantuntija"),
    ("fi", "järjestäminen", "jär-jes-tä-mi-nen"),
    ("fi", "valvontaviranomainen", "valvonta-viran-omainen"),
    ("fi", "pitkäaikaissairaus", "pitkä-aikais-sairaus"),
    ("fi", "sosiaali- ja terveysalan", "sosiaali- ja terveys-alan"),
    ("fi", "Psykoosi", "Psykoosi"),
    ("sv", "Erfarenhetsexperternas", "Erfarenhets-experternas"),
    ("sv", "tillgänglighet", "till-gänglig-het"),
    ("sv", "tillgänglighetsutlåtande", "till-gänglig-hets-ut-låtande"),
    ("sv", "ÅTERHÄMTNING", "ÅTER-HÄMT-NING"),
    ("sv", "organisationerna", "organisationerna"),
    ("en", "accessibility statement", "accessibility statement"),
]


@pytest.mark.parametrize(("language", "text", "divided"), DIVIDED, ids=[text for _, text, _ in DIVIDED])
def test_a_word_divides_at_its_joints_and_else_in_finnish_at_its_syllables(
    language: str, text: str, divided: str
) -> None:
    assert hyphenated(text, language).replace("\N{SOFT HYPHEN}", "-") == divided


def test_only_the_text_of_headings_changes() -> None:
    """Neither an address, an id, nor a paragraph, which the browser fills as it can."""
    word, id = "kokemusasiantuntijoille", "kokemusasiantuntija"
    html = f'<h2 id="{id}" class="b"><a href="{id}">{word}</a> &amp; {word}</h2><p>{word}</p><header>{word}</header>'
    made = headings(html, "fi")
    assert made.replace("\N{SOFT HYPHEN}", "") == html
    assert made.endswith(f"<p>{word}</p><header>{word}</header>")
    assert made.count(hyphenated(word, "fi")) == 2


def test_a_word_of_a_title_divides_only_if_no_line_holds_it() -> None:
    """It moves to the next line in one piece first."""
    divided = hyphenated("kokemusasiantuntijoille", "fi")
    assert headings("<h1>Tietoa kokemusasiantuntijoille</h1>", "fi") == f"<h1>Tietoa <span>{divided}</span></h1>"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("usein 5–10 kertaa", "usein~5–^10 kertaa"),
        ("klo 10–11.30", "klo~10–^11.30"),
        ("la–su klo 9", "la–^su klo 9"),
        ("esimerkiksi AB2C-D3EF.", "esimerkiksi AB2C-^D3EF."),
        ("Katu 1, 96100 Rovaniemi", "Katu 1, 96100~Rovaniemi"),
        ("Toivo – 2 tuntia", "Toivo – 2 tuntia"),
    ],
)
def test_no_line_ends_within_a_range_or_a_code(said: str, kept: str) -> None:
    html = '<p title="5–10">{}</p><script type="application/json">["5–10"]</script>'
    made = together(html.format(said)).replace("\N{WORD JOINER}", "^").replace("\N{NO-BREAK SPACE}", "~")
    assert made == html.format(kept)


@pytest.mark.parametrize("part", ["1", "1 ", "a1–", "A1B2-", "12345 A", ">1", "<h2>kokemus", "kokemusasi", "a"])
def test_the_time_is_proportional_to_the_length_whatever_the_document(part: str) -> None:
    """A script of numbers, which most pages have, made it quadratic once."""

    def grows(work: Callable[[str], str]) -> float:
        return growth(lambda size: work(f"<h1>{part * size}</script></h1>"), 1000)

    assert max(grows(together), grows(partial(headings, language="fi"))) < LINEAR
