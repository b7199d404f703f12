"""Five thousand requests, more than any association gets in a year, are listed, matched and counted quickly."""

import random
import time
from datetime import date, timedelta

import pytest

from kokemus.publication.inputs import Inputs
from kokemus.reports import asking
from kokemus.reports import demand as reports
from kokemus.request_form.questions import FIELDS
from kokemus.requests import keeping, matching, store, writing
from kokemus.requests.request import Mark, Request

MANY = 5_000
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
def test_five_thousand_requests_are_handled_in_a_second(inputs: Inputs) -> None:
    """To read, list, match and count. CPU time, the faster of two runs, because machines are shared."""
    none = store.of(b"requests: []\n...\n", inputs.vocabulary)
    text = writing.edited(none, {}, [one(number, inputs) for number in range(MANY)])
    assert text is not None
    content = text.encode()
    took: list[float] = []
    assert inputs.settings
    for _ in range(2):
        began = time.process_time()
        kept = store.of(content, inputs.vocabulary)
        rows = [(request.reference, asking.what(request, inputs), keeping.stage(request)) for request in kept.requests]
        waiting = [*keeping.reminders(kept.requests, inputs.settings, ON)]
        found = matching.answer(kept.requests[0], inputs.profiles, inputs.vocabulary, ON, kept.requests)
        told = [*reports.lines(kept, inputs, ON)]
        took.append(time.process_time() - began)
    assert kept.is_sound
    assert len(rows) == MANY
    assert waiting
    assert found.suiting or found.hindrances or found.others
    assert len(told) > 5
    assert min(took) < 1, took
