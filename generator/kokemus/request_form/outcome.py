"""What a form service's answer means: ``classify``, written once, as a table that Python and the browser both read.

The browser gets the table as JSON and interprets it in ``public/scripts/outcome.js``. The same cases test both.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal[
    "accepted", "invalid", "not-active", "blocked", "captcha", "quota", "rate-limited", "unavailable", "unknown"
]


@dataclass(frozen=True, slots=True)
class Rule:
    """An outcome, and the conditions that an answer must meet for it; omitted conditions always hold.

    ``status`` is the beginning of the status code. ``form`` is ``html``, ``json`` (an object that refuses nothing),
    ``refusal`` (a status 4xx, or an object that names an error or whose marker is false) or ``other``. ``at`` are
    dotted paths into the object, at least one of which must lead to a value; ``*`` is every item. That value must be
    one of ``values``, with the same type, or match the regular expression ``like``. Without ``at`` the whole body must
    match.
    """

    outcome: Kind
    status: str = ""
    form: str = ""
    at: tuple[str, ...] = ()
    values: tuple[bool | str, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``fields`` are the service's messages by the name of the refused field; ``retry_after`` is in seconds."""

    kind: Kind
    fields: Mapping[str, str] = field(default_factory=dict)
    retry_after: int | None = None


_SAID = ("error", "message", "body.message", "errors.*.message", "errors.*.code")
REFUSALS = (
    Rule("rate-limited", "429"),
    Rule("quota", "402"),
    Rule("unavailable", "503"),
    Rule("captcha", form="refusal", at=_SAID, like="captcha|turnstile"),
    Rule("rate-limited", form="refusal", at=_SAID, like="rate.?limit|too many requests"),
    Rule("quota", form="refusal", at=_SAID, like="quota|limit|upgrade"),
    Rule(
        "not-active",
        form="refusal",
        at=_SAID,
        like="inactive|not (yet )?(active|activated|verified|found)|not_found|activat|access.?key|disabled",
    ),
    Rule("invalid", form="refusal", at=("errors.*.field",)),
    Rule("invalid", "422"),
    Rule("not-active", "404"),
    Rule("not-active", "405"),
    Rule("not-active", "410"),
    Rule("blocked", "4"),
    Rule("blocked", "2", "refusal"),
)
"""The rules after a service's own. Anything else is unknown, also most 5xx: a failure may have come after delivery."""


def accepted_where(marker: str) -> tuple[Rule, ...]:
    """The rule for services that put ``true`` under a name, as a boolean or as text."""
    return (Rule("accepted", "2", "json", (marker,), (True, "true")),)


def classify(
    rules: Iterable[Rule], status: int, content_type: str, body: str, retry_after: str | None = None
) -> Outcome:
    """The outcome of an answer by a service's rules; the first rule that fits decides.

    A status of 0 means that no answer could be read; the outcome is always unknown.
    """
    data = _object(content_type, body)
    form = _form(status, content_type, data)

    def fits(rule: Rule) -> bool:
        if not str(status).startswith(rule.status) or rule.form not in ("", form):
            return False
        if not rule.at:
            return bool(re.search(rule.like, body, re.IGNORECASE))
        found = [value for path in rule.at for value in _reach(data, path)]
        if rule.values:
            return any(type(value) is type(wanted) and value == wanted for value in found for wanted in rule.values)
        return any(re.search(rule.like, value if isinstance(value, str) else "", re.IGNORECASE) for value in found)

    kind: Kind = next((rule.outcome for rule in (*rules, *REFUSALS) if fits(rule)), "unknown") if status else "unknown"
    seconds = int(retry_after) if retry_after and re.fullmatch(r"\d{1,6}", retry_after.strip()) else None
    return Outcome(kind, _fields(data) if kind == "invalid" else {}, seconds if kind == "rate-limited" else None)


def table(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """The service's rules and then the common ones, as the browser gets them: without omitted conditions."""
    return [{key: value for key, value in asdict(rule).items() if value} for rule in (*rules, *REFUSALS)]


def _object(content_type: str, body: str) -> Any:
    try:
        data = None if "html" in content_type.lower() else json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _form(status: int, content_type: str, data: Any) -> str:
    if status >= 400:
        return "refusal" if status < 500 else "other"
    if data is not None:
        says_no = any(data.get(marker) is False or data.get(marker) == "false" for marker in ("success", "ok"))
        return "refusal" if says_no or _reach(data, "error") or _reach(data, "errors") else "json"
    return "html" if "html" in content_type.lower() else "other"


def _reach(data: Any, path: str) -> list[Any]:
    """Every value to which a path leads, except null and empty texts, lists and objects."""
    found = [data]
    for step in path.split("."):
        inner: list[Any] = []
        for value in found:
            if step == "*":
                inner += value if isinstance(value, list) else []
            elif isinstance(value, dict) and step in value:
                inner.append(value[step])
        found = inner
    return [value for value in found if value not in (None, "", [], {})]


def _fields(data: Any) -> dict[str, str]:
    """Messages by field, from ``errors`` as a list of objects or as an object of texts or lists of texts."""
    errors = data.get("errors") if isinstance(data, dict) else None
    if isinstance(errors, list):
        pairs = [(item.get("field"), item.get("message")) for item in errors if isinstance(item, dict)]
    elif isinstance(errors, dict):
        pairs = [(key, text[0] if isinstance(text, list) and text else text) for key, text in errors.items()]
    else:
        pairs = []
    return {key: text if isinstance(text, str) else "" for key, text in pairs if isinstance(key, str) and key}
