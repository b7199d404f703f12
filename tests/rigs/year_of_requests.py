"""A year of invented requests, with what became of them and what hosts said after the visits."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kokemus.documents.document import Data
from kokemus.requests.request import Mark, Request

NAMES = ("Salla Salainen", "Oona Opettaja", "Kuviteltu Koulu")
SAID = "Puhuja oli Hilma, ja hän kertoi sairaalasta."
_TOPICS = ("recovery", "depression", "anxiety", "peer-support", "burnout", "alcohol", "eating-disorders", "loneliness")
_WEIGHTS = (9, 9, 7, 5, 4, 3, 2, 1)


def requests(year: int, count: int = 48, seed: int = 1) -> Iterator[Request]:
    """Random requests over a year, fewer in summer. One in five is not met; two of three hosts answer afterwards."""
    drawn = random.Random(seed)
    for number in range(count):
        month = drawn.choice((1, 2, 2, 3, 3, 4, 5, 8, 9, 9, 10, 10, 11, 11, 12))
        received = date(year, month, drawn.randint(1, 28))
        is_met = drawn.random() > 0.2
        code = f"e{drawn.randint(1, 24):02}"
        asked = received + timedelta(days=2)
        marks: tuple[Mark, ...] = (Mark(code, "asked", asked), Mark(code, "accepted" if is_met else "declined", asked))
        evaluation: dict[str, Data] = {}
        if is_met:
            visit = asked + timedelta(days=12)
            marks = (*marks, Mark(code, "done", visit), Mark(code, "debriefed", visit))
            if drawn.random() < 2 / 3:
                grades = {key: drawn.choice((3, 4, 4, 5, 5, 5)) for key in ("served", "matched", "arranged")}
                evaluation = {"on": visit, **grades, "again": drawn.choice(("yes", "yes", "yes", "maybe"))}
                evaluation["better"] = SAID
        yield Request(
            reference=f"{drawn.choice('ABCDEFGH')}{number:03}-{drawn.randint(1000, 9999)}",
            received=received,
            topics=tuple(dict.fromkeys(drawn.choices(_TOPICS, _WEIGHTS, k=drawn.choice((1, 1, 2))))),
            format=drawn.choice(("class-talk", "class-talk", "panel", None)),
            audience=drawn.choice(("upper-secondary", "upper-secondary", "patients", None)),
            language=drawn.choice(("fi", "fi", "fi", "sv")),
            place=drawn.choice(("rovaniemi", "rovaniemi", "kemi", "tornio", None)),
            remote=drawn.random() < 0.2,
            answers={"contact_name": drawn.choice(NAMES), "aim": SAID, "organisation": drawn.choice(NAMES)},
            marks=marks,
            evaluation=evaluation,
        )
