"""Hyphens: where the long words of headings may divide."""

import pytest

from kokemus.website.hyphens import headings, hyphenated

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
