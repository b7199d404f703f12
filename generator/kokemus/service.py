"""The form service: where the answers go, under which names, and who handles them. A service is data, no class."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from kokemus.questions import FIELDS, HIDDEN
from kokemus.reading import Node
from kokemus.vocabulary import Texts


@dataclass(frozen=True, slots=True)
class Names:
    """What a service calls its own fields; an empty name is a field that it has not.

    ``reply_to`` is the name under which the requester's address is sent. ``fields`` says how answers are named: by the
    form's stable ``keys``, or by their ``labels`` in the coordinator's language.
    """

    subject: str
    reply_to: str
    redirect: str
    honeypot: str
    fields: str = "keys"


CONTROLS = ("subject", "reply_to", "redirect", "honeypot")
SERVICES: Mapping[str, Names] = {"generic": Names("_subject", "", "_redirect", "second_remark")}


@dataclass(frozen=True, slots=True)
class Processor:
    """Who runs the service; country and retention are texts by language."""

    name: str
    country: Texts
    retention: Texts


@dataclass(frozen=True, slots=True)
class Form:
    """The chosen service, checked: where the answers go, under which names, and who handles them there."""

    service: str
    action: str
    names: Names
    processor: Processor
    site_url: str

    @property
    def csp_hosts(self) -> tuple[str, ...]:
        """The origins that the Content-Security-Policy has to allow as ``form-action`` beside ``'self'``."""
        return (origin(self.action),)


_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:(?P<user>[^\s/?#\\]*)@)?"
    r"(?P<host>(?:[a-z0-9-]+\.)*[a-z0-9-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#][^\s\"<>\\]*)?",
    re.ASCII | re.IGNORECASE,
)
_KEPT = r"(?:(?:api|auth|private)[_-]?key|(?:[a-z]+[_-]?)?(?:secret|token)(?:[_-]?key)?|password|passwd)"
_CALLED_SECRET = re.compile(_KEPT, re.IGNORECASE)
_SECRET = re.compile(rf"(?<![a-z0-9])(?:[rs]k_\w|sk-\w{{16}}|gh[opsu]_\w{{16}}|{_KEPT}=)", re.ASCII | re.IGNORECASE)


def settings(node: Node, site_url: str, languages: Iterable[str] = ("fi", "sv", "en")) -> Form | None:
    """The form that a configuration describes; None, with every reason reported, where it cannot be used.

    ``languages`` are those of the site: the processor is described in each. No problem quotes the address, nor what
    looks like a secret.
    """
    before = len(node.problems)
    for part in _secrets(node):
        part.report("form-secret")
    if not node.mapping(("service", "url", "names", "processor")):
        return None
    if not re.match(r"https?://[^/?#]", site_url):
        Node(node.document, node.problems, ("site_url",)).report("site-url-not-absolute")
    service, action, processor = _service(node), _action(node), _processor(node, languages)
    names = SERVICES[service or "generic"]
    if node.has("names"):
        names = _names(node.at("names"), names)
    if len(node.problems) > before or not (service and action and processor):
        return None
    return Form(service, action, names, processor, site_url)


def _secrets(node: Node) -> Iterator[Node]:
    """The parts that are called a secret or look like one: what every browser is told is none."""
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


def _action(node: Node) -> str | None:
    """The address to post to: https, or http on this machine to try it out, without a user's name or password."""
    if not node.has("url"):
        node.report("no-form-url")
    text = (node.text("url") or "").strip()
    if text and not (url := _URL.fullmatch(text)):
        node.report("form-url", "url")
    elif text and url:
        scheme, host = url["scheme"].lower(), url["host"].lower()
        if scheme != "https" and not (scheme == "http" and host in _LOOPBACK):
            node.report("form-url-not-https", "url")
        if url["user"] is not None:
            node.report("form-url-user", "url")
    return text or None


def _names(node: Node, default: Names) -> Names:
    """The service's names, or those configured instead; none may be a field's, or one would overwrite the other."""
    if not node.mapping((*CONTROLS, "fields")):
        return default
    names = replace(default, **{key: text.strip() for key in (*CONTROLS, "fields") if (text := node.text(key))})
    if names.fields not in ("labels", "keys"):
        node.report("form-fields", "fields")
    labels = {**{key: entry["label"] for key, entry in FIELDS.items()}, **HIDDEN}
    taken = {word.casefold() for key, texts in labels.items() for word in (key, *texts.values())}
    for control in CONTROLS:
        name: str = getattr(names, control)
        if name.casefold() in taken and (control, name) != ("reply_to", "email"):
            node.report("form-name-taken", control if node.has(control) else None, name=name, control=control)
        taken |= {name.casefold()} - {""}
    return names


def _processor(node: Node, languages: Iterable[str]) -> Processor | None:
    part = node.at("processor")
    if not node.has("processor"):
        node.report("missing-fact", fact="form.processor")
        return None
    if not part.mapping(("name", "country", "retention")):
        return None
    for key in ("name", "country", "retention"):
        if not part.has(key):
            part.report("missing-fact", fact=f"form.processor.{key}")
    texts = {key: part.texts(key) for key in ("country", "retention") if part.has(key)}
    for key in texts:
        for language in languages if isinstance(part.at(key).data, dict) else ():
            if not part.at(key).has(language):
                part.report("missing-fact", key, fact=f"form.processor.{key}.{language}")
    return Processor((part.text("name") or "").strip(), texts.get("country", {}), texts.get("retention", {}))


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
