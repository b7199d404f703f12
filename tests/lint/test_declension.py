"""Every case of a name is recognised, and other names are not."""

from importlib.resources import files

import pytest

from kokemus.lint.declension import is_ending, stems


def table(section: str) -> dict[str, list[str]]:
    """The forms in a section of the table, by their uninflected form."""
    found: dict[str, list[str]] = {}
    for line in (files("kokemus") / "lint" / "forms.tsv").read_text("utf-8").splitlines()[1:]:
        kind, stem, endings = line.split("\t")
        if kind == section:
            first, *others = (stem + ending.lstrip("~^").rstrip(".") for ending in endings.split(" "))
            found[first] = others
    return found


def is_case(word: str, beginnings: frozenset[str]) -> bool:
    """Whether a word in lower case is a case of the name with these stems."""
    return any(word.startswith(stem) and is_ending(word, len(stem)) for stem in beginnings)


def test_the_cases_that_a_dictionary_knows_are_cases() -> None:
    """Of all family names. Those that are missing are errors of the dictionary (Jomppanella, Kuhmunella)."""
    missing = {
        name for name, cases in table("surname").items() if not all(is_case(case, stems(name)) for case in cases)
    }
    assert missing <= {"jomppanen", "kuhmunen"}


@pytest.mark.parametrize(
    ("name", "cases"),
    {
        "Koskelainen": "Koskelaisen Koskelaista Koskelaiselle Koskelaisenkin Koskelaiseltako",
        "Marjatta": "Marjatan Marjattaa Marjatalle Marjattaan Marjattanikin Marjattas Marjatta's Marjatta:n",
        "Ränderström": "Ränderströmin Ränderströmiä Ränderströmille Ränderströms Ränderström’s",
        "Mäki": "Mäen Mäkeä Mäelle Mäkeen",
        "Lahti": "Lahden Lahtea Lahdelle Lahteen Lahtisi",
        "Kurki": "Kurjen Kurkea Kurjelle",
        "Rinne": "Rinteen Rinnettä Rinteelle",
        "Markus": "Markuksen Markusta Markukselle",
        "Andreas": "Andreaksen Andreasta",
        "Antti": "Antin Anttia Antille Anttiin",
        "Heikki": "Heikin Heikkiä Heikiltä",
    }.items(),
)
def test_cases_of_names_are_recognised(name: str, cases: str) -> None:
    """By the ending alone."""
    assert [case for case in cases.split() if not is_case(case.lower(), stems(name.lower()))] == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("marjatta", word) for word in ("marjaana", "marja", "marjan", "marjut", "marjattalan")),
        *(("antti", word) for word in ("antero", "anteron", "antilainen", "anton")),
        *(("mäki", word) for word in ("mäkinen", "mäkelä", "mäkelän", "mänty")),
        *(("koskela", word) for word in ("koskinen", "koski", "kosken", "koskelaisen")),
    ],
)
def test_other_names_are_no_cases(name: str, other: str) -> None:
    """The control: names that begin alike."""
    assert not is_case(other, stems(name))
