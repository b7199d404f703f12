"""The form services, as data: where each takes answers, under which names, and how its answers are read.

What a service documents about itself is here and nowhere else; ``outcome`` reads its answers, and ``delivery`` checks
an association's choice. A preset is a service whose contract is only partly documented. The rest is left to the
service's own pages, and we claim nothing about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kokemus.request_form.outcome import Rule, accepted_where
from kokemus.request_form.questions import Sheet

Encoding = Literal["", "multipart", "urlencoded", "json"]


@dataclass(frozen=True, slots=True)
class Names:
    """What a service calls its own fields; an empty name means that it has no such field.

    ``reply_to`` is the name under which the requester's address is sent, ``reply_copy`` one under which it is sent
    again. ``fields`` says how all other answers are named: by their ``labels`` in the coordinator's language, for
    reading in an e-mail, or by the form's stable English ``keys``, for machines.
    """

    subject: str = ""
    reply_to: str = "email"
    redirect: str = ""
    honeypot: str = ""
    key: str = ""
    failure: str = ""
    reply_copy: str = ""
    fields: str = "labels"


@dataclass(frozen=True, slots=True)
class Service:
    """One form service.

    ``address`` is the beginning of its addresses; empty if any address may be given. ``own`` means that the association
    chooses the names. ``hidden`` pairs are always sent, and ``attributes`` are always set on the form. ``encoding`` is
    that of a request by script; empty if the browser must send the form, because a script could not read the answer.
    ``rules`` are its own, before those of ``outcome.REFUSALS``. ``country`` is where it keeps what it receives, as an
    ISO 3166 code; empty if it does not say. A service that is ``here`` is the site's own host. One that is ``keyed``
    identifies associations by a public key instead of an address.
    """

    name: str
    address: str
    names: Names
    own: bool = False
    here: bool = False
    keyed: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    encoding: Encoding = ""
    rules: tuple[Rule, ...] = ()
    country: str = ""


_CAPTCHA_PAGE = Rule("captcha", form="html", like="captcha")

SERVICES: Mapping[str, Service] = {
    "generic": Service("", "", Names("_subject", "email", "_redirect", "second_remark"), own=True),
    "formward": Service(
        "Formward",
        "https://forms.formward.eu/f/",
        Names("_subject", "email", "_redirect", "_gotcha", reply_copy="_replyto"),
        encoding="urlencoded",
        rules=accepted_where("ok"),
        country="SE",
    ),
    "formspark": Service(
        "Formspark",
        "https://submit-form.com/",
        Names("_email.subject", "email", "_redirect", "_honeypot", failure="_error"),
        hidden={"_append": "false"},
        encoding="json",
        rules=(Rule("accepted", "2", "json", ("email",)),),
        country="BE",
    ),
    "formspree": Service(
        "Formspree",
        "https://formspree.io/f/",
        Names("_subject", "email", "_next", "_gotcha"),
        encoding="multipart",
        rules=(_CAPTCHA_PAGE, Rule("accepted", "2", "json", ("next",)), *accepted_where("ok")),
        country="US",
    ),
    "netlify": Service(
        "Netlify Forms",
        "",
        Names("subject", "email", honeypot="second_remark"),
        here=True,
        hidden={"form-name": "kokemus"},
        attributes={"name": "kokemus", "data-netlify": "true", "netlify-honeypot": "second_remark"},
        encoding="urlencoded",
        rules=(Rule("accepted", "200", "html", like="page--thanks"), _CAPTCHA_PAGE),
        country="US",
    ),
    "web3forms": Service(
        "Web3Forms",
        "https://api.web3forms.com/submit",
        Names("subject", "email", "redirect", "botcheck", key="access_key"),
        keyed=True,
        encoding="json",
        rules=accepted_where("success"),
    ),
    "formspring": Service(
        "Formspring",
        "https://formspring.io/f/",
        Names(honeypot="_gotcha"),
        own=True,
        encoding="json",
        rules=(Rule("unknown", "2", "json", ("status",), ("spam",)), *accepted_where("ok")),
        country="DE",
    ),
    "basin": Service(
        "Basin",
        "https://usebasin.com/f/",
        Names(honeypot="_gotcha"),
        own=True,
        encoding="multipart",
        rules=accepted_where("success"),
    ),
    "formbackend": Service("FormBackend", "https://www.formbackend.com/f/", Names(), own=True),
    "link": Service("", "", Names()),
}
"""``generic`` fits any service that takes a plain HTML form over https. ``link`` posts nothing and only links there."""


def of_form(service: Service, sheet: Sheet, coordinator_language: str) -> Service:
    """The service for one form: with its own name for the form, if it names forms, and its own sign of success.

    If a form does not ask for an e-mail address, the answer is recognised by the form's kind, which is always sent.
    """
    if "email" in sheet.fields:
        return service
    kind = sheet.hidden["kind"]
    echoed = "kind" if service.names.fields == "keys" else kind.get(coordinator_language) or kind["fi"]

    def own(pairs: Mapping[str, str]) -> Mapping[str, str]:
        return {
            name: f"{value}-{sheet.id}" if service.here and name in ("form-name", "name") else value
            for name, value in pairs.items()
        }

    rules = tuple(
        replace(rule, at=(echoed,)) if rule.at == (service.names.reply_to,) else rule for rule in service.rules
    )
    return replace(service, hidden=own(service.hidden), attributes=own(service.attributes), rules=rules)
