"""Edition page: what is due, what will then wait a year, the edition itself, and a sheet for asking every expert."""

import secrets

import flask

from kokemus.desk import changes
from kokemus.desk.shared import folder, in_words, inputs, language, say, show
from kokemus.desk.shared import today as day
from kokemus.documents.problems import errors
from kokemus.publication import crowd, making
from kokemus.publication.making import Refusal
from kokemus.reports import messages

pages = flask.Blueprint("edition", __name__)


@pages.get("/edition", endpoint="show")
def situation() -> flask.typing.ResponseReturnValue:
    """Whether an edition or a look is due. It reveals nothing about what a look would find."""
    return _page()


@pages.post("/edition")
def make() -> flask.typing.ResponseReturnValue:
    """Make the edition, or one without the look that is due. Once made, it can be neither rejected nor repeated."""
    form, found = flask.request.form, inputs()
    if "sure" not in form:
        return _page(unsure=say("edition.not-sure"))
    today = crowd.on_the_day(found, day())
    if errors([*found.problems, *today.problems]):
        return show("problems.html", problems=in_words(errors([*found.problems, *today.problems])))
    made = making.make(folder(), today, secrets.token_hex(32), form.get("act") == "postpone")
    if isinstance(made, Refusal):
        return _page(refused=_refused(made))
    lines = [*messages.changed(today.edition, made, found.language, found.vocabulary)] if made else []
    if made and not making.is_remembered(folder()):
        lines.append(say("edition.refused.unkept", path=found.lock))
    return _page(changed=lines, is_made=made is not None)


@pages.get("/edition/ask")
def ask() -> flask.typing.ResponseReturnValue:
    """A sheet for every expert with all topics of the vocabulary, never only those that are nearly listed."""
    return show("ask.html", choices=changes.choices(inputs().vocabulary, inputs().language))


def _refused(why: Refusal) -> str:
    """Why no edition was made, and whom to ask: the commands are for them, not for the coordinator."""
    key = {
        "edition.used": "edition.refused.used",
        "edition.unknown": "edition.refused.unknown",
        "edition.uncommitted": "edition.refused.uncommitted",
    }.get(why.key)
    return say(key, **why.values) if key else messages.say(why.key, inputs().language, **why.values)


def _page(
    unsure: str = "", refused: str = "", changed: list[str] | None = None, is_made: bool = False
) -> flask.typing.ResponseReturnValue:
    found = inputs()
    today = crowd.on_the_day(found, day())
    wrong = errors([*found.problems, *today.problems])
    return show(
        "edition.html",
        unsure=unsure,
        refused=refused,
        changed=changed or [],
        is_made=is_made,
        problems=in_words(wrong),
        due=[*messages.due(today, language(), found.vocabulary)] if not wrong else [],
        is_due=today.clock.due and not wrong,
        has_look=today.clock.has_look,
        months=today.parameters.months,
        is_looked=bool(today.edition and today.edition.look),
    )
