"""Fees page: the association's usual amounts, in a form."""

import re

import flask

from kokemus.desk import own_facts
from kokemus.desk.own_facts import Item, OwnFacts, in_words, items, said, texts
from kokemus.desk.saying import beside, called
from kokemus.desk.shared import digest, done, folder, language, say, show, today
from kokemus.documents.document import Data
from kokemus.importing import cells

pages = flask.Blueprint("fees", __name__)
_EMPTY_ROWS = 2
_BARE = re.compile(r"[\d\s.,–-]*\d[\d\s.,–-]*")


@pages.get("/fees", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The amounts, with empty rows for new ones, and the duties that every site names."""
    own = own_facts.of("fees")
    if own is None:
        return flask.redirect(flask.url_for("files.show"), 303)
    return _page(own, items(own.document, "amounts"), own.document.data if isinstance(own.document.data, dict) else {})


@pages.post("/fees")
def change() -> flask.typing.ResponseReturnValue:
    """Save the amounts. A row that was emptied is removed."""
    own, form = own_facts.of("fees") or flask.abort(404), flask.request.form
    listed, duties = items(own.document, "amounts"), items(own.document, "duties")
    day, year = cells.day(form.get("checked_on", "")), form.get("year", "").strip()
    rows = [_row(number, listed, own) for number in range(len(listed) + _EMPTY_ROWS)]
    amounts = [row for row in rows if row.keys() & {"what", "amount"}]
    checked = own.document.at(("checked_on",))
    given: Item = {
        "checked_on": day or checked,
        "duties": [{**one, "checked_on": one.get("checked_on", checked)} for one in duties] or None,
        "source": texts(form, "source", own.document.at(("source",)), own.languages),
        "year": int(year) if year.isascii() and year.isdigit() else year or None,
        "amounts": list[Data](amounts) or None,
    }
    wrong = {} if day and day <= today() else {"checked_on": say("form.day", word=form.get("checked_on", ""))}
    wrong |= {f"amounts.{number}.amount": say("fees.no-unit") for number, row in enumerate(amounts) if _is_bare(row)}
    text, found = own_facts.edited(own, {(key,): value for key, value in given.items()})
    wrong = beside(found) | wrong
    if text is None:
        wrong = {"": say("form.by-hand", path=own.file)}
    elif form.get("digest") != digest(folder() / own.file):
        wrong = {"": say("form.meanwhile")}
    elif not wrong and not own_facts.save(own, text):
        wrong = {"": say("form.by-hand", path=own.file)}
    return _page(own, amounts, given, wrong) if wrong else done("form.saved", "fees.show")


def _row(number: int, listed: list[Item], own: OwnFacts) -> Item:
    """A row as typed. An emptied row keeps only its id."""
    form, old = flask.request.form, listed[number] if number < len(listed) else {}
    what = texts(form, f"what-{number}", old.get("what"), own.languages)
    amount = " ".join(form.get(f"amount-{number}", "").split())
    row: Item = old | {"what": what, "amount": amount}
    return {key: value for key, value in row.items() if value not in (None, "")}


def _is_bare(row: Item) -> bool:
    """Whether the amount is a number alone, so that nobody knows what it is paid in."""
    return bool(_BARE.fullmatch(str(row.get("amount", ""))))


def _page(
    own: OwnFacts, amounts: list[Item], given: Item, wrong: dict[str, str] | None = None
) -> flask.typing.ResponseReturnValue:
    rows = [*amounts, *({} for _ in range(_EMPTY_ROWS))] if not wrong else amounts
    return show(
        "fees.html",
        rows=[(said(row.get("what")), row.get("amount", "")) for row in rows],
        source=said(given.get("source")),
        year=given.get("year") or "",
        checked_on=given.get("checked_on") or today(),
        duties=[in_words(one.get("text"), language()) for one in items(own.document, "duties")],
        languages=called(own.languages),
        wrong=wrong or {},
        digest=digest(folder() / own.file),
    )
