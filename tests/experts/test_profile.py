"""Profiles that are valid one by one but not together, and whole profiles that are refused."""

import time
from pathlib import Path

import pytest

from kokemus.documents import listing, parser
from kokemus.documents.problems import render
from kokemus.experts import profile
from kokemus.vocabulary import Vocabulary
from tests.rigs import profiles


def together(vocabulary: Vocabulary, *private: str) -> str:
    """The rendered problems of profiles with these private parts."""
    documents = []
    for number, part in enumerate(private, start=1):
        document, _ = parser.read(f"experts/e{number}.yml", profiles.text(more=f"private: {{{part}}}\n").encode())
        assert document
        documents.append(document)
    return render(profile.read_all(documents, vocabulary)[1], {one.path: one.marks for one in documents})


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ("name: Canary Value", "name: ' canary  VALUE'", "name"),
        ("email: canary@example.org", "email: Canary@Example.org", "email"),
        ("phone: 040 555 0123", "phone: +358 (0)40-5550123", "phone"),
        ("phone: '00358405550123'", "phone: '0405550123'", "phone"),
        ("phone: +358 040 5550123", "phone: 040 555 0123", "phone"),
        ("phone: +358 ( 0 )405550123", "phone: 040 555 0123", "phone"),
        ("name: Canary Value", 'name: "Ca\\u00adnary  Vál\\u200bue"', "name"),
        ("name: Canary Value, phone: 040 5550123", "name: canary value, phone: 0405550123", "name, phone"),
        ("email: canary@example.org", 'email: "can\\u200bary@example.org "', "email"),
    ],
)
def test_one_person_in_two_files_is_refused(lapland: Vocabulary, one: str, other: str, key: str) -> None:
    """Copied files would satisfy k. Both are reported with file and place, without the value."""
    said = together(lapland, one, other, "name: Somebody Else, phone: 040 555 0999")
    assert said.splitlines()[::2] == [
        f"experts/e{this}.yml:6:11: error[same-person]: what only one expert can have ({key}) is also in "
        f"experts/e{that}.yml, so one person would count as several"
        for this, that in ((1, 2), (2, 1))
    ]
    assert "canary" not in said.casefold()
    assert "555" not in said


def test_a_card_that_was_copied_along_is_refused(lapland: Vocabulary) -> None:
    """A profile copied for another person would show that person under the first one's words."""

    def codes(other: str, name: str = "Alias") -> list[str]:
        card = "card: {{consent: 2026-03-02, name: {}, text: {{fi: '{}'}}}}\n"
        cards = (card.format(*told) for told in (("Alias", "Autan."), (name, other)))
        texts = [profiles.text(more=card) for card in cards]
        documents = [parser.read(f"experts/e{at}.yml", text.encode())[0] for at, text in enumerate(texts)]
        return [found.code for found in profile.read_all([one for one in documents if one], lapland)[1]]

    assert codes("autan") == ["same-person", "same-person"]
    assert codes("Kuuntelen.") == codes("Autan.", "Toinen") == []


@pytest.mark.parametrize("words", ["1" * 30_000, "040 5550000 a0@b.fi 2.0.2020 " * 1500, "Aino " * 10_000])
def test_a_very_long_card_is_refused_quickly(lapland: Vocabulary, words: str) -> None:
    """A paste gone wrong can be that long. It is refused before it is linted."""
    card = f"card: {{consent: 2026-03-02, name: Alias, text: {{fi: '{words}'}}}}\n"
    document, _ = parser.read("experts/e1.yml", profiles.text(more=card).encode())
    assert document
    before = time.process_time()
    _, problems = profile.read(document, lapland)
    assert time.process_time() - before < 1
    assert [found.code for found in problems] == ["card-too-long"]


def test_different_people_are_accepted(lapland: Vocabulary) -> None:
    """The control: people who share nothing but a note are accepted, and a missing value is not a shared one."""
    assert (
        together(lapland, "name: A, phone: 040 555 0001", "name: B, phone: 040 555 0002", "notes: x", "notes: x") == ""
    )
    assert together(lapland, "email: a.b@example.org", "email: a-b@example.org") == ""


def test_a_profile_that_points_to_another_file_is_refused(tmp_path: Path) -> None:
    """It would be the same profile under a second code."""
    (tmp_path / "e1.yml").write_text(profiles.text(), "utf-8")
    (tmp_path / "e2.yml").symlink_to(tmp_path / "e1.yml")
    documents, problems = listing.read(tmp_path, "experts")
    assert [document.path for document in documents] == ["experts/e1.yml"]
    assert [(found.code, found.path) for found in problems] == [("symlink", "experts/e2.yml")]


@pytest.mark.parametrize(("named", "told"), [(3, ["experts/e9.yml"]), (1, []), (0, [])])
def test_a_profile_without_a_name_among_others_with_one_is_reported(
    lapland: Vocabulary, named: int, told: list[str]
) -> None:
    """The audit could not search for the name. Where an association keeps names elsewhere, nothing is reported."""
    texts = {f"experts/e{at}.yml": f"{profiles.text()}private: {{name: Number {at}}}\n" for at in range(named)}
    documents = [parser.read(path, text.encode())[0] for path, text in texts.items()]
    documents.append(parser.read("experts/e9.yml", profiles.text().encode())[0])
    _, found = profile.read_all([one for one in documents if one], lapland)
    assert [one.path for one in found if one.code == "private-missing"] == told


def test_a_copy_is_reported_even_if_its_file_has_another_error(lapland: Vocabulary) -> None:
    """As with the «Kopio» that a file manager makes: otherwise it would be renamed and then refused a second time."""
    text = profiles.text(more="private: {name: Canary Value}\n").encode()
    documents = [parser.read(path, text)[0] for path in ("experts/e1.yml", "experts/e1 - Kopio.yml")]
    _, found = profile.read_all([one for one in documents if one], lapland)
    assert sorted(one.code for one in found) == ["code", "same-person", "same-person"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_a_topic_without_a_value_is_reported_whatever_ends_the_lines(lapland: Vocabulary, ending: str) -> None:
    """YAML knows line ends that editors do not count."""
    text = profiles.text(offers="\n  - topic: depression\n  - topic: null")
    document, _ = parser.read("experts/a.yml", text.replace("\n", ending).encode())
    assert document
    assert [one.code for one in profile.read(document, lapland)[1]] == ["empty-text"]


@pytest.mark.parametrize("word", ["masennusx", "Masennusx-", "masénnusx", "masennus x"])
def test_no_message_repeats_a_word_of_the_private_part_however_it_is_written(lapland: Vocabulary, word: str) -> None:
    """The control is the same word beside other private words."""
    offers = f'[{{topic: "{word}"}}]'
    for private, said in (("masennusx", set()), ("somethingelse", {word})):
        text = profiles.text(offers=offers, more=f"private: {{limits: {private}}}\n")
        document, _ = parser.read("experts/a.yml", text.encode())
        assert document
        (found,) = profile.read(document, lapland)[1]
        assert {value for name, value in found.values if name == "word"} == said


@pytest.mark.parametrize(
    ("phone", "told"),
    [("4.05556E+08", True), ('"4,05556E+08"', True), ("040 555 0108", False), ('"+358405556"', False)],
)
def test_a_phone_number_that_a_spreadsheet_rounded_is_refused(lapland: Vocabulary, phone: str, told: bool) -> None:
    """Nobody can be reached by it, and the audit would look for a number that is nobody's."""
    document, _ = parser.read("experts/a.yml", profiles.text(more=f"private: {{phone: {phone}}}\n").encode())
    assert document
    assert [one.code for one in profile.read(document, lapland)[1]] == ["phone-rounded"] * told


def test_a_perspective_of_the_whole_profile_is_led_to_each_topic(lapland: Vocabulary) -> None:
    """Below ``offers`` itself it would be no YAML."""
    document, _ = parser.read("experts/a.yml", profiles.text(more="perspective: omainen\n").encode())
    assert document
    (found,) = profile.read(document, lapland)[1]
    assert found.code == "misplaced-key"
    assert "below each line - topic: …" in found.help


def test_a_list_of_topics_without_the_word_topic_leads_to_it(lapland: Vocabulary) -> None:
    """With each topic, as the help shows it."""
    document, _ = parser.read("experts/x1.yml", profiles.text(offers="[masennus, {unettomuus: true}, 7]").encode())
    assert document
    _, problems = profile.read(document, lapland)
    found = [(one.code, dict(one.values).get("topic")) for one in problems]
    assert found == [("offer-topic", "depression"), ("offer-topic", "sleep"), ("not-a-mapping", None)]
