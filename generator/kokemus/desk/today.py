"""Today page: what needs doing, in order."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

import flask

from kokemus.desk import pending, requests
from kokemus.desk.shared import folder, in_words, inputs, name_of, problems, say, show
from kokemus.desk.shared import today as day
from kokemus.documents.problems import errors
from kokemus.experts import consent, unsigned
from kokemus.experts.profile import Profile
from kokemus.git.history import Unreadable
from kokemus.publication import crowd
from kokemus.reports import messages
from kokemus.requests import half_years

pages = flask.Blueprint("today", __name__)


@pages.get("/", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """Ended consents, problems, consents that end soon, requests that wait, whether an edition is due, and what comes.

    The figures of a settled half-year are saved here, so that they exist even if nobody opens the board's report in
    time.
    """
    found, on = inputs(), day()
    crowd_today = crowd.on_the_day(found, on) if found.settings else None
    ending = sorted(messages.soon(found.profiles, on), key=lambda one: (one.consent.review, one.code))
    kept, changed = requests.kept(), pending.changed()
    waiting = unsigned.paths(found.problems)
    listed = [] if isinstance(changed, Unreadable) else [one for one in changed if one.path not in waiting]
    if found.settings:
        half_years.year(folder(), kept, found.settings.requests_kept, on)
    return show(
        "today.html",
        problems=[
            *in_words(tuple(one for one in problems() if one.code != "unsigned")),
            *in_words(kept.problems, kept.marks),
        ],
        wrong=len(set(errors(problems()))),
        due=[*messages.due(crowd_today, found.language, found.vocabulary)] if crowd_today else [],
        is_due=bool(crowd_today and crowd_today.clock.due),
        lapsed=[
            (one.code, say("today.lapsed", name=name_of(one.path), day=consent.ended(one, on)))
            for one in consent.lapsed(found.profiles, on)
        ],
        ending=[(one.code, say("today.ends", name=name_of(one.path), day=one.consent.review)) for one in ending],
        unsigned=[(PurePosixPath(path).stem, name_of(path)) for path in sorted(waiting)],
        coming=[(code, line) for _, code, line in sorted(_coming(found.profiles, on))],
        people=len(found.documents),
        requests=requests.reminders(kept),
        unpublished=[
            say(f"pending.count.{kind}", count=count)
            for kind in pending.KINDS
            if kind != "technical" and (count := sum(one.kind == kind for one in listed))
        ],
        withdrawn=any(one.kind == "withdrawal" for one in listed),
        waits=pending.waits(),
        has_host=pending.has_host(),
        is_begun=isinstance(changed, Unreadable) or pending.is_begun(),
        has_git=not isinstance(changed, Unreadable),
    )


def _coming(profiles: tuple[Profile, ...], on: date) -> Iterator[tuple[date, str, str]]:
    """Whose consent or break ends or begins next, and whose topics go after a withdrawal: day, code, and in words."""
    days = (consent.next_lapse(profiles, on), consent.next_start(profiles, on))
    for then in {found for found in days if found}:
        for one in profiles:
            if key := _change(one, then):
                yield then, one.code, say(key, name=name_of(one.path), day=then)
    for one in profiles:
        if one.solo and (day := consent.gone_from(one)) and day > on:
            yield day, one.code, say("coming.gone", name=name_of(one.path), day=day)


def _change(profile: Profile, on: date) -> str:
    """What begins or ends on the day for an expert; empty if nothing does."""
    before = on - timedelta(days=1)
    if consent.at_hand(profile, on) is consent.at_hand(profile, before):
        return ""
    if consent.holds(profile, on) is not consent.holds(profile, before):
        return "coming.consent.begins" if consent.holds(profile, on) else "coming.consent.ends"
    return "coming.break.begins" if consent.on_break(profile, on) else "coming.break.ends"
