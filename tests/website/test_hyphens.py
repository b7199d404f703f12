"""Hyphens: where the long words of headings may divide."""

import pytest

from kokemus.website.hyphens import headings, hyphenated

DIVIDED = [
    ("fi", "Kokemusasiantuntijoille", "Koke-mus-asian-tun-ti-joille"),
    ("fi", "valvontaviranomainen", "val-von-ta-vi-ran-omai-nen"),
    ("fi", "pitkäaikaissairaus", "pitkä-aikais-sai-raus"),
    ("fi", "sosiaali- ja terveysalan", "sosiaali- ja ter-veys-alan"),
    ("fi", "Psykoosi", "Psykoosi"),
    ("sv", "Erfarenhetsexperternas", "Erfarenhets-experternas"),
    ("sv", "tillgänglighet", "till-gänglig-het"),
    ("sv", "tillgänglighetsutlåtande", "till-gänglig-hets-ut-låtande"),
    ("sv", "ÅTERHÄMTNING", "ÅTER-HÄMT-NING"),
    ("sv", "organisationerna", "organisationerna"),
    ("en", "accessibility statement", "accessibility statement"),
]


@pytest.mark.parametrize(("language", "text", "divided"), DIVIDED, ids=[text for _, text, _ in DIVIDED])
def test_a_word_divides_at_its_joints_and_in_finnish_at_its_syllables(language: str, text: str, divided: str) -> None:
    assert hyphenated(text, language).replace("\N{SOFT HYPHEN}", "-") == divided


def test_only_the_text_of_headings_changes() -> None:
    """Neither an address, an id, nor a paragraph, which the browser fills as it can."""
    word, id = "kokemusasiantuntijoille", "kokemusasiantuntija"
    html = f'<h2 id="{id}" class="b"><a href="{id}">{word}</a> &amp; {word}</h2><p>{word}</p><header>{word}</header>'
    made = headings(html, "fi")
    assert made.replace("\N{SOFT HYPHEN}", "") == html
    assert made.endswith(f"<p>{word}</p><header>{word}</header>")
    assert made.count(hyphenated(word, "fi")) == 2
