"""Own topics page: the topics that the association has added to the vocabulary, each in a form."""

from collections.abc import Mapping

import flask

from kokemus import disk, vocabulary
from kokemus.desk import looking, own_facts
from kokemus.desk.facts import configuration
from kokemus.desk.own_facts import Item, said
from kokemus.desk.saying import beside, called
from kokemus.desk.shared import digest, done, folder, inputs, language, say, show
from kokemus.documents import editing, parser
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, Route, errors
from kokemus.importing import cells
from kokemus.resources import LANGUAGES
from kokemus.settings import options
from kokemus.text import fold

pages = flask.Blueprint("own_topics", __name__)
_NEW = "new"
_HEAD = "{}: {{}}\n"
"""The beginning of a file that has no topics yet."""


@pages.get("/topics", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The association's own topics by name, and a page for a new one."""
    document = _document()
    if _is_broken(document):
        return flask.redirect(flask.url_for("files.text", name=_name()), 303)
    known = inputs().vocabulary
    groups = {id: group.label(language()) for id, group in known.groups.items()}
    own = [(id, said(_labels(entry)), groups.get(str(entry.get("group")), "")) for id, entry in _own(document).items()]
    return show(
        "own_topics.html",
        topics=[(id, labels.get(language()) or id, group) for id, labels, group in own],
        is_alone=len(own) == 1,
    )


@pages.get("/topics/<id>")
def one(id: str) -> flask.typing.ResponseReturnValue:
    """The form of one topic."""
    own = _own(document := _document())
    if _is_broken(document):
        return flask.redirect(flask.url_for("files.text", name=_name()), 303)
    return _page(id, {} if id == _NEW else own.get(id) or flask.abort(404), {})


@pages.post("/topics/<id>")
def change(id: str) -> flask.typing.ResponseReturnValue:
    """Preview a topic, or save it. Other topics, and what the form does not show, stay as they are written."""
    form, document = flask.request.form, _document()
    if _is_broken(document):
        return _page(id, _typed({}), {"": say("form.by-hand", path=_name())})
    old = {} if id == _NEW else _own(document).get(id) or flask.abort(404)
    item, name, is_first = _typed(old), _name(), document is None
    at = _id(item) if id == _NEW else id
    document = document or parser.read(name, _HEAD.format(at).encode())[0]
    changed: Mapping[Route, Data] = {(at, key): item.get(key) for key in {**old, **item}} if old else {(at,): item}
    text = editing.edited(document, changed) if document else None
    typed = parser.read(name, text.encode())[0] if text else None
    if text is None or typed is None:
        return _page(id, item, {"": say("form.by-hand", path=name)})
    if "page" in form:
        return looking.shown(name, text, form["page"])
    wrong = beside(errors(_problems(typed)), (at,)) | _taken(at, item)
    if wrong:
        return _page(id, item, wrong)
    if form.get("act") == "look" and not is_first:
        return _page(id, item, {}, looking.at(name, text))
    if form.get("digest") != digest(folder() / name):
        return _page(id, item, {"": say("form.meanwhile")})
    (folder() / name).parent.mkdir(exist_ok=True)
    disk.write(folder(), name, text)
    return done("form.saved", "own_topics.show")


def _name() -> str:
    whole = configuration()
    return f"{options.folder(whole, 'terms', 'terms') if whole else 'terms'}/topics.yml"


def _document() -> Document | None:
    """The file of own topics; None if there is none or it cannot be parsed."""
    return parser.read_file(folder() / _name(), _name(), vocabulary.MAX_BYTES)[0]


def _is_broken(document: Document | None) -> bool:
    """Whether there is a file that only a person can mend. It is never overwritten."""
    return document is None and (folder() / _name()).is_file()


def _own(document: Document | None) -> dict[str, Item]:
    """The own topics, without those that only change one of the project's."""
    shipped, data = vocabulary.load()[0].topics, document.data if document else None
    entries = data.items() if isinstance(data, dict) else ()
    return {id: entry for id, entry in entries if isinstance(entry, dict) and id not in shipped}


def _labels(item: Item) -> Item:
    return {one: item[one] for one in LANGUAGES if one in item}


def _typed(old: Item) -> Item:
    """The topic as typed, with what the form does not show as it was."""
    form = flask.request.form
    words = {one: [*cells.parts(form.get(f"synonyms.{one}", ""))] for one in LANGUAGES}
    before = old.get("synonyms")
    others = {one: listed for one, listed in before.items() if one not in LANGUAGES} if isinstance(before, dict) else {}
    synonyms: Item = {**{one: list[Data](listed) for one, listed in words.items() if listed}, **others}
    new: Item = {
        "group": form.get("group", ""),
        **{one: " ".join(form.get(f"label.{one}", "").split()) for one in LANGUAGES},
        "synonyms": synonyms or None,
        "about": own_facts.texts(form, "about", old.get("about"), LANGUAGES),
    }
    return {key: value for key, value in (old | new).items() if value not in (None, "")}


def _id(item: Item) -> str:
    """An id made of the first name, which no topic has yet."""
    base = "-".join(fold(next((str(item[one]) for one in LANGUAGES if one in item), ""))) or "own-topic"
    base = base if base.isascii() else "own-topic"
    taken = {*inputs().vocabulary.topics, *_own(_document()), _NEW}
    return next(
        id for number in range(1, len(taken) + 2) if (id := base if number == 1 else f"{base}-{number}") not in taken
    )


def _problems(typed: Document) -> list[Problem]:
    own = (folder() / _name()).parent
    found = vocabulary.load(own if own.is_dir() else None, own.name, {"topics": typed})[1]
    return [one for one in found if one.path == typed.path]


def _taken(at: str, item: Item) -> dict[str, str]:
    """A name that another topic has already, as its name or one of its synonyms."""
    known = inputs().vocabulary.topics
    met = [id for one in LANGUAGES if (id := known.find(str(item.get(one, "")))) and id != at]
    return {"label": say("topics.taken", name=known[met[0]].label(language()))} if met else {}


def _page(
    id: str, item: Item, wrong: Mapping[str, str], looked: looking.Looked | None = None
) -> flask.typing.ResponseReturnValue:
    synonyms = item.get("synonyms")
    listed = synonyms if isinstance(synonyms, dict) else {}
    return show(
        "own_topic.html",
        id=id,
        is_new=id == _NEW,
        group=item.get("group", ""),
        groups=[(one.id, one.label(language())) for one in inputs().vocabulary.groups.by_label(language())],
        labels=said(_labels(item)),
        synonyms={one: ", ".join(map(str, words)) for one, words in listed.items() if isinstance(words, list)},
        about=said(item.get("about")),
        languages=called(LANGUAGES),
        wrong=wrong,
        can_look=(folder() / _name()).is_file(),
        digest=digest(folder() / _name()),
        **looking.listed(looked),
    )
