"""Who suits a request, starting from the message that the form service sends."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from kokemus.experts.profile import Profile
from kokemus.publication.inputs import Inputs
from kokemus.reports import asking
from kokemus.request_form.questions import FIELDS
from kokemus.requests import matching, reading
from kokemus.requests.request import Mark
from tests.conftest import DEMO_DAY

REQUEST = """\
Aiheet: psykoosi, toipuminen
Toteutustapa: paneeli tai haastattelu
Kohderyhmä: lukio tai ammattiopisto
Kunta tai etänä: Kemi
Vierailun kieli: suomi
Organisaatio: Salainen koulu
Yhteyshenkilön nimi: Salla Salainen
Sähköposti: salla@salainen.example
Toivottu ajankohta
viikko 14, ti tai ke
10–11.30
Ryhmän koko: 11–30 ihmistä
Tavoite ja kokemusasiantuntijan tehtävä: oma diagnoosini: salainen
"""


def answer(inputs: Inputs, profiles: Iterable[Profile], text: str = REQUEST, on: date = DEMO_DAY) -> matching.Answer:
    request = reading.read(text, inputs.vocabulary, DEMO_DAY)
    return matching.answer(request, profiles, inputs.vocabulary, on, ())


def found(inputs: Inputs, text: str, on: date = DEMO_DAY) -> list[matching.Match]:
    whole = answer(inputs, inputs.profiles, text, on)
    return [*whole.suiting, *whole.others]


def test_a_request_is_read_from_a_message(inputs: Inputs) -> None:
    """Answers are beside their questions or on the lines below."""
    request = reading.read(REQUEST, inputs.vocabulary, DEMO_DAY)
    assert request.topics == ("psychosis", "recovery")
    assert (request.format, request.audience) == ("panel", "upper-secondary")
    assert (request.language, request.place, request.remote) == ("fi", "kemi", False)
    assert request.answers["time"] == "viikko 14, ti tai ke\n10–11.30"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_questions_are_recognised_in_every_language(inputs: Inputs, language: str) -> None:
    """And by their keys, which some services send."""
    terms = inputs.vocabulary
    label = {key: str(FIELDS[key]["label"][language]) for key in ("topics", "municipality")}
    text = f"{label['topics']}:\t{terms.topics['psychosis'].label(language)}\n{label['municipality']}\nKemi\n"
    assert reading.read(text, terms, DEMO_DAY).topics == ("psychosis",)
    assert reading.read(text, terms, DEMO_DAY).place == "kemi"
    assert reading.read("topics: psychosis\nmunicipality: remote\n", terms, DEMO_DAY).remote


def test_an_informal_e_mail_is_read_too(inputs: Inputs) -> None:
    """With everyday labels. The control: in a copy of the form, such words are part of an answer."""
    mail = "Aihe: psykoosi\nKunta: Kemi\nKieli: ruotsi\nMilloin: viikko 49\nKoulu: Kemin lukio\nNimi: Aino\n"
    request = reading.read(mail, inputs.vocabulary, DEMO_DAY)
    assert (request.topics, request.place, request.language) == (("psychosis",), "kemi", "sv")
    assert (request.answers["time"], request.answers["organisation"]) == ("viikko 49", "Kemin lukio")
    copied = reading.read(f"{REQUEST}\nMilloin: aamulla", inputs.vocabulary, DEMO_DAY)
    assert copied.answers["time"] == reading.read(REQUEST, inputs.vocabulary, DEMO_DAY).answers["time"]


def test_the_expert_who_suits_best_comes_first(inputs: Inputs) -> None:
    """Nobody without the topics or without a consent is found. An expert on a break comes last."""
    ours = found(inputs, REQUEST)
    assert ours[0].profile.code == "e05"
    assert all(set(match.topics) <= {"psychosis", "recovery"} for match in ours)
    assert [match.on_break for match in ours] == sorted(match.on_break for match in ours)
    assert ours[-1].on_break
    assert found(inputs, REQUEST, date(2040, 1, 1)) == []


def test_an_unknown_preference_is_not_a_refusal(inputs: Inputs) -> None:
    """An expert who has named no formats may still agree to a panel."""
    (one, *_) = [profile for profile in inputs.profiles if profile.code == "e05"]
    whole = answer(inputs, [replace(one, formats=())])
    assert [match.suits["format"] for match in whole.suiting] == [None]
    request = reading.read(REQUEST, inputs.vocabulary, DEMO_DAY)
    assert "Ei tiedossa: toteutustapa" in "\n".join(asking.lines(request, whole, inputs))


def test_a_place_within_an_expert_s_region_suits(inputs: Inputs) -> None:
    """An expert who travels in a whole region travels to each of its municipalities."""
    (one, *_) = [profile for profile in inputs.profiles if profile.code == "e05"]
    for places, suits in ((("lappi",), True), (("inari",), False)):
        whole = answer(inputs, [replace(one, places=places)])
        assert [match.suits["place"] for match in (*whole.suiting, *whole.others)] == [suits]
        assert bool(whole.suiting) is suits


def test_equally_suitable_experts_are_ordered_randomly_by_day(inputs: Inputs) -> None:
    """So that the same person is not asked every time."""
    days = (date(2026, 11, 24), date(2026, 11, 25))
    orders = {tuple(one.profile.code for one in found(inputs, "Aiheet: toipuminen", day)) for day in days}
    assert len(orders) == 2
    assert len({frozenset(order) for order in orders}) == 1


def test_earlier_requests_of_the_same_organisation_are_reported(inputs: Inputs) -> None:
    """For a course that is repeated each term, with who went last time. Another course of the same school is not."""
    text = "Aiheet: toipuminen\nOrganisaatio: {}\nOpintojakso, kurssi tai ryhmä: {}\n"
    came = [
        reading.read(text.format(*names), inputs.vocabulary, DEMO_DAY)
        for names in (
            ("Salainen koulu", "Mielenterveys 1"),
            ("SALAINEN KOULU", "mielenterveys 1"),
            ("Salainen koulu", ""),
            ("Salainen koulu", "Ensiapu"),
            ("Muu koulu", "Mielenterveys 1"),
            ("", ""),
        )
    ]
    kept = [replace(one, reference=f"AAAA-AAA{at}") for at, one in enumerate(came)]
    kept[1] = replace(kept[1], marks=(Mark("e05", "debriefed", DEMO_DAY),))
    whole = matching.answer(kept[0], inputs.profiles, inputs.vocabulary, DEMO_DAY, kept)
    assert [one.reference for one in whole.before] == ["AAAA-AAA1", "AAAA-AAA2"]
    told = "\n".join(asking.lines(kept[0], whole, inputs))
    assert "Samalta tilaajalta aiemmin: AAAA-AAA1, e05; AAAA-AAA2." in told
    assert "alainen" not in told
    assert matching.answer(kept[5], inputs.profiles, inputs.vocabulary, DEMO_DAY, kept).before == ()


def test_the_message_reveals_nothing_about_the_requester(inputs: Inputs) -> None:
    """It quotes no free text except the time, and nothing about the expert."""
    request = reading.read(REQUEST, inputs.vocabulary, DEMO_DAY)
    message = "\n".join(asking.message(request, inputs))
    assert "viikko 14, ti tai ke 10–11.30" in message
    assert "psykoosi" in message
    assert not any(word in message for word in ("alainen", "Salla", "@", "diagnoosini", "Hilma"))


def test_a_text_without_known_questions_is_an_empty_request(inputs: Inputs) -> None:
    """However long the text is."""
    assert reading.read("hei\nvoisiko joku tulla\n" * 1000, inputs.vocabulary, DEMO_DAY).is_empty
    assert reading.read("", inputs.vocabulary, DEMO_DAY).is_empty


def test_a_request_with_a_question_s_former_words_is_still_read(inputs: Inputs) -> None:
    """Copies and tables made before the form's words changed; without the words it would be lost."""
    for label in ("Mitä toivotte vierailulta?", "Tavoite ja kokemusasiantuntijan tehtävä", "Aim and the expert’s task"):
        text = REQUEST.replace("Tavoite ja kokemusasiantuntijan tehtävä", label)
        assert reading.read(text, inputs.vocabulary, DEMO_DAY).answers["aim"] == "oma diagnoosini: salainen", label
