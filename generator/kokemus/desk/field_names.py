"""Which fields of the form for the association's facts belong to a problem in the configuration."""

from collections.abc import Container

from kokemus.documents.problems import Problem

_OF_CODES = {
    "host-missing": "host.name",
    "form-missing": "form.service",
    "no-service": "form.service",
    "no-form-url": "form.url",
    "no-form-key": "form.key",
    "no-site-url": "site_url",
    "arranges-missing": "arranges.formats",
}
"""By the code of a problem with no place of its own, the field in which it is fixed."""


def of(one: Problem, labels: Container[str]) -> tuple[str, ...]:
    """The names of the fields: those that the problem names, or the one at its place. ``labels`` has ``facts.name``."""
    values = dict(one.values)
    named = (values.get("facts") or values.get("fact") or _OF_CODES.get(one.code, "")).split(", ")
    route = [part for part in one.route if isinstance(part, str)]
    below = ".".join(route[route.index("kokemus") + 1 :] if "kokemus" in route else route)
    found = tuple(field for name in named if (field := _field(name, labels)))
    return found or tuple(filter(None, (_field(below, labels),)))


def _field(name: str, labels: Container[str]) -> str:
    """The field with this name, or the one in which it is; empty if there is none."""
    while name and f"facts.{name}" not in labels:
        name = name.rpartition(".")[0]
    return name
