"""Forty requests of all kinds, as the site's form sends them. Who suits each was written by hand from the profiles."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kokemus.importing import requests
from kokemus.importing.opening import Unopened
from kokemus.publication.inputs import Inputs
from kokemus.reports import asking
from kokemus.request_form.questions import FIELDS
from kokemus.requests import matching
from kokemus.requests.request import Mark, Request
from kokemus.vocabulary import Vocabulary
from tests.conftest import DEMO_DAY

with (Path(__file__).parent / "forty.tsv").open(encoding="utf-8") as file:
    FORTY = [*csv.DictReader(file, delimiter="\t")]
OTHERS = {
    "group_size": "11-to-30",
    "aim": 'tavoite, jossa on; kaikkea\nja "lainaus"',
    "time": "huomenna",
    "organisation": "Koulu",
    "contact_name": "Salla Salainen",
    "email": "salla@salainen.example",
}


def label(key: str, value: str, language: str, vocabulary: Vocabulary) -> str:
    """An answer as it is sent: the label that the requester has read."""
    kinds = {"topics": "topics", "format": "formats", "audience": "audiences", "municipality": "places"}
    terms = getattr(vocabulary, kinds.get(key, "languages"))
    own = {one["value"]: str(one["label"][language]) for one in FIELDS[key].get("options", ())}
    if value in own:
        return own[value]
    return str(terms[value].label(language)) if value in terms else str(vocabulary.groups[value].label(language))


def answers(row: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """A row's answers as the form in the requester's language sends them."""
    language = row["asked in"]
    asked = {
        "topics": ", ".join(label("topics", one, language, vocabulary) for one in row["topics"].split(", ")),
        "format": label("format", row["format"], language, vocabulary),
        "audience": label("audience", row["audience"], language, vocabulary),
        "municipality": label("municipality", row["place"], language, vocabulary),
        "talk_language": label("talk_language", row["language"], language, vocabulary) if row["language"] else "",
        **OTHERS,
    }
    return {str(FIELDS[key]["label"][language]): text for key, text in asked.items()}


def table(rows: list[dict[str, str]], between: str = ";") -> str:
    """A form service's download, with a column for each field name that was ever sent."""
    content = io.StringIO(newline="")
    names = [*dict.fromkeys(name for row in rows for name in row)]
    written = csv.DictWriter(content, names, delimiter=between, restval="")
    written.writeheader()
    written.writerows(rows)
    return content.getvalue()


def read(content: bytes, inputs: Inputs) -> tuple[Request, ...]:
    found = requests.requests(content, inputs.vocabulary, DEMO_DAY)
    assert not isinstance(found, Unopened), found
    return found


def answered(request: Request, inputs: Inputs, *kept: Request) -> matching.Answer:
    return matching.answer(request, inputs.profiles, inputs.vocabulary, DEMO_DAY, kept)


@pytest.fixture
def forty(inputs: Inputs) -> tuple[Request, ...]:
    """All forty, read from one table with columns in three languages."""
    return read(table([answers(row, inputs.vocabulary) for row in FORTY]).encode(), inputs)


def test_who_suits_each_request_and_what_stands_in_the_way(inputs: Inputs, forty: tuple[Request, ...]) -> None:
    """The codes of those who suit. If nobody suits, the conditions each of which alone prevents it."""
    assert len(forty) == len(FORTY) >= 40
    for row, request in zip(FORTY, forty, strict=True):
        found = answered(request, inputs)
        assert ({one.profile.code for one in found.suiting}, {*found.hindrances}) == (
            {*row["suit"].split()},
            {*row["hinders"].split()},
        ), row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_a_table_is_read_in_any_format(inputs: Inputs, forty: tuple[Request, ...], encoding: str, between: str) -> None:
    """Windows-1252 lacks letters of the Sámi labels, but not of the form's own languages."""
    text = table([answers(row, inputs.vocabulary) for row in FORTY if row["language"] not in ("se", "fse")], between)
    expected = [one for one, row in zip(forty, FORTY, strict=True) if row["language"] not in ("se", "fse")]
    assert [*read(text.encode(encoding, "replace"), inputs)] == expected


def test_keys_are_read_like_labels(inputs: Inputs, forty: tuple[Request, ...]) -> None:
    """Some services send keys. Columns that a service adds are ignored."""
    labels = {str(text): key for key, field in FIELDS.items() for text in field["label"].values()}
    rows: list[dict[str, Any]] = [
        {"Submitted at": "1.1.2026", "IP": "192.0.2.1"}
        | {labels[name]: text for name, text in answers(row, inputs.vocabulary).items()}
        for row in FORTY
    ]
    assert read(table(rows).encode(), inputs) == forty


def test_a_message_is_read_like_a_table_row(inputs: Inputs, forty: tuple[Request, ...]) -> None:
    """For each request, pasted as a message."""
    for row, request in zip(FORTY, forty, strict=True):
        text = "\n".join(f"{name}: {text}" for name, text in answers(row, inputs.vocabulary).items() if text)
        assert read(text.encode(), inputs) == (request,)


def test_experts_on_a_break_come_last(inputs: Inputs, forty: tuple[Request, ...]) -> None:
    """They are also marked as being on a break."""
    (row,) = [at for at, row in enumerate(FORTY) if row["suit"] == "e10 e07" and row["asked in"] == "en"]
    found = answered(forty[row], inputs)
    assert [one.profile.code for one in found.suiting] == ["e10", "e07"]
    (line,) = [line for line in asking.lines(forty[row], found, inputs) if line.startswith("e07")]
    assert "Tauolla" in line


def test_most_topics_come_first_and_then_least_asked(inputs: Inputs, forty: tuple[Request, ...]) -> None:
    """An expert counts as asked whatever they answered. The request itself does not count."""
    (row,) = [at for at, row in enumerate(FORTY) if "medication" in row["topics"]]
    first = [one.profile.code for one in answered(forty[row], inputs).suiting]
    assert first[:2] == ["e01", "e03"]
    others = [
        replace(
            forty[0], reference=f"AAAA-AAA{number}", marks=tuple(Mark(code, "declined", DEMO_DAY) for code in codes)
        )
        for number, codes in enumerate([first[2:5], first[2:4], first[2:3]])
    ]
    again = answered(forty[row], inputs, *others)
    assert [one.profile.code for one in again.suiting] == [*first[:2], first[5], first[4], first[3], first[2]]
    assert [one.asked for one in again.suiting] == [0, 0, 0, 1, 2, 3]
    own = [replace(one, reference=forty[row].reference) for one in others]
    assert [one.profile.code for one in answered(forty[row], inputs, *own).suiting] == first


def test_limits_are_shown_to_the_coordinator_and_never_sent(inputs: Inputs, forty: tuple[Request, ...]) -> None:
    """The coordinator sees what an expert does not speak about; the message does not mention it."""
    request = forty[[row["format"] + row["topics"] for row in FORTY].index("class-talkloved-ones-illness")]
    assert "Rajat: invented: not about the time before the year of the divorce" in "\n".join(
        asking.lines(request, answered(request, inputs), inputs)
    )
    assert "divorce" not in "\n".join(asking.message(request, inputs))


FOREIGN = {
    "another form": "Mikä on nimesi?;Mitä mieltä olit?\nSalla;Hyvä\n",
    "experts": "Nimi;Sähköposti;Puhelin;Aiheet;Kohderyhmä;Kielet\nSalla Salainen;a@b.example;040;psykoosi;lukio;fi\n",
    "headings alone": table([dict.fromkeys((str(field["label"]["fi"]) for field in FIELDS.values()), "")]),
    "nothing": "",
    "a letter": "Hei! Voisiko joku tulla puhumaan masennuksesta?\n",
    "numbers": "1,2,3\n4,5,6\n",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_other_texts_are_not_requests(inputs: Inputs, text: str) -> None:
    """The reason is reported, and nothing is read from it."""
    found = requests.requests(text.encode(), inputs.vocabulary, DEMO_DAY)
    assert found in (Unopened("no-requests"), Unopened("empty"))
    assert requests.requests(b"\x00\x01" + text.encode(), inputs.vocabulary, DEMO_DAY) == Unopened("no-text")
