"""More requests than an association gets in a year are listed, matched and counted as quickly as a few, each."""

import random
from datetime import date, timedelta

import pytest

from kokemus.publication.inputs import Inputs
from kokemus.reports import asking
from kokemus.reports import demand as reports
from kokemus.request_form.questions import FIELDS
from kokemus.requests import keeping, matching, store, writing
from kokemus.requests.request import Mark, Request
from tests.rigs.growth import LINEAR, growth

MANY = 800
ON = date(2026, 8, 3)


def one(number: int, inputs: Inputs) -> Request:
    """A request with a realistic amount of text and marks."""
    chance, terms = random.Random(number), inputs.vocabulary
    day = ON - timedelta(days=chance.randrange(300))
    asked = [key for key, field in FIELDS.items() if field.get("required")]
    return Request(
        reference=f"{number // 10_000:04}-{number % 10_000:04}",
        received=day,
        topics=tuple(chance.sample([*terms.topics], chance.choice((0, 1, 1, 2, 3)))),
        format=chance.choice([*terms.formats]),
        audience=chance.choice([*terms.audiences]),
        language=chance.choice(("fi", "fi", "sv", None)),
        place=chance.choice(("kemi", "rovaniemi", "inari")),
        remote=chance.random() < 0.2,
        answers={key: f"{number} " + "sana " * (40 if key == "aim" else 3) for key in (*asked, "phone", "duration")},
        marks=tuple(
            Mark(f"e{chance.randrange(1, 24):02}", state, day)
            for state in chance.choice(((), ("asked",), ("asked", "accepted")))
        ),
    )


@pytest.mark.slow
def test_many_requests_take_no_longer_than_in_proportion(inputs: Inputs) -> None:
    """To read, list, match and count eight hundred of them, beside an eighth."""
    none = store.of(b"requests: []\n...\n", inputs.vocabulary)
    known = [one(number, inputs) for number in range(MANY + 3)]
    settings = inputs.settings
    assert settings

    def handle(count: int) -> None:
        text = writing.edited(none, {}, known[:count])
        assert text is not None
        kept = store.of(text.encode(), inputs.vocabulary)
        assert kept.is_sound
        rows = [(request.reference, asking.what(request, inputs), keeping.stage(request)) for request in kept.requests]
        assert len(rows) == count
        assert [*keeping.reminders(kept.requests, settings, ON)]
        found = matching.answer(kept.requests[0], inputs.profiles, inputs.vocabulary, ON, kept.requests)
        assert found.suiting or found.hindrances or found.others
        assert len([*reports.lines(kept, inputs, ON)]) > 5

    assert growth(handle, MANY // 8) < LINEAR
