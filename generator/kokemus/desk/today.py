"""Today page: what needs doing, in order."""

import flask

from kokemus.desk import requests
from kokemus.desk.room import folder, inputs, problems, say, show, told
from kokemus.desk.room import today as day
from kokemus.documents.problems import errors
from kokemus.experts import consent
from kokemus.publication import crowd
from kokemus.reports import messages, people
from kokemus.requests import told as halves

room = flask.Blueprint("today", __name__)


@room.get("/", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """Ended consents, problems, consents that end soon, requests that wait, whether an edition is due, and what comes.

    The figures of a settled half-year are saved here, so that they exist even if nobody opens the board's report in
    time.
    """
    found, on = inputs(), day()
    crowd_today = crowd.on_the_day(found, on) if found.settings else None
    lapse, start = consent.next_lapse(found.profiles, on), consent.next_start(found.profiles, on)
    kept = requests.kept()
    if found.settings:
        halves.year(folder(), kept, found.settings.requests_kept, on)
    return show(
        "today.html",
        problems=[*told(tuple(one for one in problems() if one.code != "unsigned")), *told(kept.problems, kept.marks)],
        wrong=len(set(errors(problems()))),
        due=[*messages.due(crowd_today, found.language, found.vocabulary)] if crowd_today else [],
        is_due=bool(crowd_today and crowd_today.clock.due),
        lapsed=[
            (one.code, say("today.lapsed", code=one.code, day=consent.ended(one, on)))
            for one in consent.lapsed(found.profiles, on)
        ],
        ending=[*messages.ending(found.profiles, on)],
        unsigned=[one for one in people.people(found, on) if one.standing == people.UNSIGNED],
        coming=[*messages.coming(lapse, start, found.language)],
        people=len(found.documents),
        requests=requests.reminders(kept),
    )
