"""Papers page: the association's papers and each expert's, to read and print. The pages themselves are not stored."""

import flask

from kokemus.desk.requests import kept
from kokemus.desk.shared import folder, in_words, inputs, printed, show
from kokemus.desk.shared import today as day
from kokemus.documents.problems import errors
from kokemus.experts import profile as profiles
from kokemus.publication import crowd, publish
from kokemus.reports import demand, explanation, officer, paper, particulars
from kokemus.reports.people import people as everybody
from kokemus.text import fold

pages = flask.Blueprint("papers", __name__)


@pages.get("/papers", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The list of all papers, and the facts that the association has not filled in."""
    found = inputs()
    known, wrong = particulars.of_papers(folder())
    people = [one for one in everybody(found, day()) if profiles.CODE.fullmatch(one.code)]
    return show(
        "papers.html",
        papers=[
            (name, content["title"][officer.spoken(name, found.language)]) for name, content in officer.PAPERS.items()
        ],
        people=sorted(people, key=lambda one: (fold(one.name), one.code)),
        missing=[fact.key for fact in known.values() if isinstance(fact, particulars.Missing)],
        problems=in_words(wrong),
    )


@pages.get("/papers/<name>", endpoint="one")
def of_association(name: str) -> flask.typing.ResponseReturnValue:
    """A paper of the association, filled in with its facts."""
    if name not in officer.PAPERS:
        flask.abort(404)
    found = inputs()
    if found.settings is None:
        return show("problems.html", problems=in_words(errors(found.problems)))
    known, wrong = particulars.of_papers(folder())
    if wrong:
        return show("problems.html", problems=in_words(wrong))
    return printed(officer.made(name, found, found.settings, known, crowd.on_the_day(found, day())))


@pages.get("/report")
def report() -> flask.typing.ResponseReturnValue:
    """The coordinator's report, with charts."""
    found = inputs()
    published = publish.publish(found, day())
    if found.settings is None or errors(published.problems):
        return show("problems.html", problems=in_words(errors(published.problems)))
    situation = explanation.situation(found, day())
    asked = [*demand.lines(kept(), found, day())]
    return printed(paper.report(situation, found.settings.languages, published.problems, asked, found.language))
