"""The form on the page of a topic, a visit or an audience, with that page preselected."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from kokemus.request_form.form import CHOICES, NOT_SENT, Field, FormView


def choosing(form: FormView, chosen: Mapping[str, str], page: str) -> FormView:
    """The form with a page's choices selected: ids by ``topic``, ``format`` and ``audience``.

    ``page`` is its absolute address. Where several can be chosen, the selected options are shown apart from the groups.
    If the form is a mail address, the subject names the topic.
    """
    topics: list[str] = []

    def field(asked: Field) -> Field:
        kind = CHOICES.get(asked.key, asked.key)
        if kind not in chosen:
            return asked
        id = f"{kind}-{chosen[kind]}"
        groups = [(legend, [replace(one, chosen=one.id == id) for one in options]) for legend, options in asked.groups]
        if asked.control == "checkboxes":
            brought = [one for _, options in groups for one in options if one.chosen]
            topics.extend(one.label for one in brought)
            groups = [
                (legend, left) for legend, options in groups if (left := [one for one in options if not one.chosen])
            ]
            asked = replace(asked, brought=tuple(brought))
        return replace(asked, groups=tuple((legend, tuple(options)) for legend, options in groups))

    def value(key: str, value: str) -> str:
        return page + NOT_SENT if key == "failure" else value

    sections = tuple(replace(one, fields=tuple(map(field, one.fields))) for one in form.sections)
    return replace(
        form,
        sections=sections,
        hidden=tuple((key, name, value(key, given)) for key, name, given in form.hidden),
        action=form.action + quote("".join(f": {label}" for label in topics if form.action.startswith("mailto:"))),
    )
