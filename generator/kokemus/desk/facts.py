"""Association's facts page: a form for what an association decides, instead of the configuration as text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import flask

from kokemus import disk, settings
from kokemus.desk import fields, looking
from kokemus.desk.fields import FIELDS, GROUPS, SAID, Parts
from kokemus.desk.saying import called, sentence
from kokemus.desk.shared import (
    CONFIGURATION,
    TEXTS,
    compared,
    digest,
    done,
    fields_of,
    folder,
    inputs,
    language,
    problems,
    say,
    show,
)
from kokemus.documents import editing, mkdocs_yml
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, errors
from kokemus.request_form.services import SERVICES
from kokemus.settings import appearance

pages = flask.Blueprint("facts", __name__)
_PLAIN = re.compile(r"[^\w-]+", re.ASCII)


@pages.get("/facts", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The form as the configuration has it; the configuration as text if it cannot be parsed."""
    document = configuration()
    if document is None:
        return flask.redirect(flask.url_for("files.text", name=CONFIGURATION), 303)
    return _page(document, _written(document))


@pages.post("/facts")
def change() -> flask.typing.ResponseReturnValue:
    """Preview the changes, or save them. Every other line of the configuration stays as it was."""
    form, document = flask.request.form, configuration() or flask.abort(404)
    was = _written(document)
    now = {name: fields.typed(field, form, was[name]) for name, field in FIELDS.items()}
    found, wrong = fields.differences(document, was, now, inputs().vocabulary)
    text = editing.edited(document, found, mkdocs_yml.parsed)
    if text is None:
        return _page(document, now, wrong, say("form.by-hand", path=CONFIGURATION))
    if "page" in form:
        return looking.shown(CONFIGURATION, text, form["page"])
    wrong = _faults(document, text, {name for name in now if now[name] != was[name]}) | wrong
    if form.get("act") == "look" and not wrong:
        return _page(document, now, looked=looking.at(CONFIGURATION, text))
    if wrong:
        return _page(document, now, wrong, say("facts.wrong"))
    if form.get("digest") != digest(folder() / CONFIGURATION):
        return _page(document, now, problem=say("form.meanwhile"), differences=compared(document.text, text))
    if text == document.text:
        return done("form.same", "facts.show")
    disk.rewrite(folder(), CONFIGURATION, text)
    return done("form.saved", "facts.show")


@pages.post("/facts/logo")
def logo() -> flask.typing.ResponseReturnValue:
    """Save a logo beside the hand-written pages, or take it off the site."""
    document, upload = configuration() or flask.abort(404), flask.request.files.get("logo")
    at = (*fields.base(document), "appearance", "logo")
    if "remove" in flask.request.form:
        name = None
    elif upload is None or not upload.filename:
        return _page(document, _written(document), {"appearance.logo": say("import.none")})
    else:
        content, kind = upload.read(), upload.filename.rpartition(".")[2].lower()
        name = f"{_PLAIN.sub('-', upload.filename.rpartition('.')[0]).strip('-') or 'logo'}.{kind}"
        if code := appearance.fault_of(content, kind):
            return _page(document, _written(document), {"appearance.logo": _said(Problem(code=code, path=""))})
        disk.write(folder(), f"{inputs().docs}/{name}", content)
    text = editing.edited(document, {at: name}, mkdocs_yml.parsed)
    if text is None:
        return _page(document, _written(document), problem=say("form.by-hand", path=CONFIGURATION))
    disk.rewrite(folder(), CONFIGURATION, text)
    return done("form.saved", "facts.show", _anchor="appearance.logo")


def configuration() -> Document | None:
    """The configuration; None if it cannot be parsed or has no part of Kokemus's own, in which the form writes."""
    found, _ = mkdocs_yml.read(folder() / CONFIGURATION)
    return found if found and isinstance(found.at(fields.base(found)), dict) and fields.base(found) else None


def _written(document: Document) -> dict[str, Parts]:
    known = inputs().vocabulary
    return {name: fields.written(field, document, known, language()) for name, field in FIELDS.items()}


def _faults(document: Document, text: str, changed: set[str]) -> dict[str, str]:
    """By field, what is wrong with the typed values; under ``""`` what the changes break elsewhere."""
    known = inputs().vocabulary
    typed, unread = mkdocs_yml.parsed(CONFIGURATION, text.encode())
    before = {(one.code, one.route) for one in errors(settings.read(document, known)[1])}
    after = settings.read(typed, known)[1] if typed else unread
    found: dict[str, str] = {}
    for one in errors(after):
        name = next((name for name in fields_of(one) if name in FIELDS), "")
        if name in changed or (one.code, one.route) not in before:
            found.setdefault(name, _said(one))
    return found


def _said(one: Problem) -> str:
    values = {"folder": inputs().docs, "kilobytes": str(appearance.LARGEST_LOGO // 1024), **dict(one.values)}
    return sentence(replace(one, values=tuple(values.items())))


def _field(name: str, document: Document, parts: Parts, wrong: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows of a field."""
    field, said = FIELDS[name], fields.languages(document)
    ready = [*fields.choices(field, said)]
    listed = inputs().vocabulary
    return {
        "name": name,
        "kind": field.kind,
        "parts": {part or "": value for part, value in parts.items()},
        "hint": say(f"facts.{name}.hint") if f"facts.{name}.hint" in TEXTS else "",
        "wrong": wrong.get(name, ""),
        "open": not field.optional and field.kind not in ("boxes", "truth", "places") and not all(parts.values()),
        "languages": called(parts) if field.kind in SAID else {},
        "ready": [(id, in_words[said[0]], in_words == parts) for id, in_words in ready],
        "terms": getattr(listed, name.rpartition(".")[2]).by_label(language()) if field.kind == "boxes" else [],
    }


def _page(
    document: Document,
    typed: Mapping[str, Parts],
    wrong: Mapping[str, str] | None = None,
    problem: str = "",
    looked: looking.Looked | None = None,
    differences: list[str] | None = None,
) -> flask.typing.ResponseReturnValue:
    wrong = wrong or {}
    service = SERVICES.get(typed["form.service"][""])
    return show(
        "facts.html",
        groups=[
            (group, [_field(field.name, document, typed[field.name], wrong) for field in listed])
            for group, listed in GROUPS.items()
        ],
        problem=" ".join(filter(None, (problem, wrong.get("", "")))),
        wrong=[(name, say(f"facts.{name}")) for name in wrong if name],
        units=fields.UNITS,
        services=[(id, one.name or say(f"facts.service.{id}")) for id, one in SERVICES.items()],
        documented=service.name if service and service.country else "",
        logo=str(document.at((*fields.base(document), "appearance", "logo")) or ""),
        logo_wrong=wrong.get("appearance.logo", ""),
        digest=digest(folder() / CONFIGURATION),
        differences=differences or [],
        **looking.listed(looked),
        others=len({one for one in problems() if one.path == CONFIGURATION and not fields_of(one)}),
        configuration=CONFIGURATION,
    )
