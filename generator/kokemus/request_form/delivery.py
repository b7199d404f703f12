"""Where an association's requests go: its choice of service, checked, and who handles the requests there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kokemus.documents.placeholder import is_open
from kokemus.request_form import addresses, processors
from kokemus.request_form.addresses import origin
from kokemus.request_form.outcome import accepted_where
from kokemus.request_form.processors import Processor
from kokemus.request_form.questions import EVALUATION, REQUEST
from kokemus.request_form.services import SERVICES, Names, Service
from kokemus.resources import LANGUAGES
from kokemus.vocabulary.node import Node


@dataclass(frozen=True, slots=True)
class Form:
    """The chosen service, checked. ``action`` is where the answers go; empty if that is the site's own host."""

    id: str
    service: Service
    action: str
    key: str
    processor: Processor
    site_url: str

    @property
    def form_hosts(self) -> tuple[str, ...]:
        """The origins to which the security policy must let the form post, other than ``'self'``."""
        return (origin(self.action),) if self.action and self.id != "link" else ()

    @property
    def script_hosts(self) -> tuple[str, ...]:
        """The origins that the security policy must let a script ask, other than ``'self'``."""
        return self.form_hosts if self.service.encoding else ()


KEYS = ("service", "url", "key", "names", "hidden", "success", "processor")
CONTROLS = ("subject", "reply_to", "redirect", "honeypot")
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_KEPT = r"(?:(?:api|auth|private)[_-]?key|(?:[a-z]+[_-]?)?(?:secret|token)(?:[_-]?key)?|password|passwd)"
_CALLED_SECRET = re.compile(_KEPT, re.IGNORECASE)
_SECRET = re.compile(rf"(?<![a-z0-9])(?:[rs]k_\w|sk-\w{{16}}|gh[opsu]_\w{{16}}|{_KEPT}=)", re.ASCII | re.IGNORECASE)


def settings(node: Node, site_url: str, languages: Iterable[str] = LANGUAGES) -> Form | None:
    """The form that a configuration describes. If it cannot be used, every reason is reported and the result is None.

    ``languages`` are those of the site; the processor must be described in each. No problem quotes the address or
    anything that looks like a secret.
    """
    before = len(node.problems)
    for part in _secrets(node):
        part.report("form-secret")
    if not node.mapping(KEYS):
        return None
    at_home = addresses.of_site(Node(node.document, node.problems, ("site_url",)), site_url)
    id = _service(node)
    action = addresses.of_service(node, id, at_home)
    processor = processors.of_form(node, SERVICES.get(id or ""), languages)
    service = SERVICES[id or "generic"]
    key = _key(node, service) if id else ""
    service = _named(node, service, id or "generic")
    if len(node.problems) > before or not id or processor is None:
        return None
    processors.compare(node, processor, service.name or addresses.keeper(action), service.country)
    return Form(id, service, action, key, processor, site_url)


def _secrets(node: Node) -> Iterator[Node]:
    """The parts that are called a secret or look like one. Every browser would receive them."""
    if isinstance(node.data, dict):
        for key in node.data:
            if _CALLED_SECRET.fullmatch(key):
                yield node.at(key)
            else:
                yield from _secrets(node.at(key))
    elif isinstance(node.data, str) and _SECRET.search(node.data):
        yield node


def _service(node: Node) -> str | None:
    if not node.has("service"):
        node.report("no-service", known=", ".join(SERVICES))
    service = node.text("service")
    if service and service not in SERVICES and not _SECRET.search(service):
        node.report("unknown-service", "service", word=service, known=", ".join(SERVICES))
    return service if service in SERVICES else None


def _key(node: Node, service: Service) -> str:
    """The public key, for services that have one."""
    if not service.keyed:
        if node.has("key"):
            node.report("form-key-unused", "key")
        return ""
    if not node.has("key"):
        node.report("no-form-key", service=service.name)
    key = (node.text("key") or "").strip()
    if key and not _KEY.fullmatch(key) and not is_open(key):
        node.report("form-key", "key", service=service.name)
    return key


def _named(node: Node, service: Service, id: str) -> Service:
    """The service with the configured names, hidden pairs and sign of success.

    No name may be that of a question, or one would overwrite the other. What a service documents cannot be changed.
    """
    for key in ("hidden", "success"):
        if node.has(key) and not service.own:
            node.report("form-contract", key, service=id)
    names, part = service.names, node.at("names")
    if node.has("names") and part.mapping((*CONTROLS, "fields")):
        chosen = {key: text.strip() for key in (*CONTROLS, "fields") if (text := part.text(key))}
        if not service.own and set(chosen) - {"fields"}:
            part.report("form-contract", service=id)
        names = replace(names, **chosen)
        if names.fields not in ("labels", "keys"):
            part.report("form-fields", "fields")
    pairs = node.at("hidden")
    if node.has("hidden") and not isinstance(pairs.data, dict):
        pairs.report("not-a-mapping", keys="name: value", example="fields: {name: value}")
    own = {name: pairs.text(name) or "" for name in (pairs.data if isinstance(pairs.data, dict) else ())}
    hidden = {**service.hidden, **own}
    _names_apart(node, part, names, hidden)
    service = replace(service, names=names, hidden=hidden)
    if marker := node.text("success"):
        encoding = service.encoding or "urlencoded"
        service = replace(service, encoding=encoding, rules=accepted_where(marker.strip()))
    return service


def _names_apart(node: Node, part: Node, names: Names, hidden: Mapping[str, str]) -> None:
    sheets = (REQUEST, EVALUATION)
    labels = [(key, entry["label"]) for sheet in sheets for key, entry in sheet.fields.items()]
    labels += [pair for sheet in sheets for pair in sheet.hidden.items()]
    taken = {word.casefold() for key, texts in labels for word in (key, *texts.values())}
    for control in CONTROLS:
        name: str = getattr(names, control)
        if name.casefold() in taken and (control, name) != ("reply_to", "email"):
            part.report("form-name-taken", control if part.has(control) else None, name=name, control=control)
        taken |= {name.casefold()} - {""}
    for name in hidden:
        if name.casefold() in taken:
            node.at("hidden").report("form-name-taken", name, name=name, control="hidden")
