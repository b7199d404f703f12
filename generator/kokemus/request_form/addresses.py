"""Checks the addresses of a request: where the site is, and where its form posts."""

import re
from urllib.parse import SplitResult, quote, urlsplit

from kokemus.request_form.services import SERVICES, Service
from kokemus.vocabulary.node import Node

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = r"(?P<host>(?:[a-z0-9-]+\.)*[a-z0-9-]+|\[[0-9a-f:.]+\])"
_URL = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:(?P<user>[^\s/?#\\]*)@)?{_HOST}(?::\d{{1,5}})?(?:[/?#][^\s\"<>\\]*)?",
    re.ASCII | re.IGNORECASE,
)
_SITE = re.compile(r"https?://[^\s/?#@\"<>\\]+(?:[/?#][^\s\"<>\\]*)?$", re.IGNORECASE)
_FILE = re.compile(r"[^/]*\.(?:x?html?|php|aspx?)/?$", re.IGNORECASE)
_PAGES = {
    **dict.fromkeys(("docs.google.com", "forms.gle"), "Google"),
    **dict.fromkeys(("forms.office.com", "forms.microsoft.com", "forms.cloud.microsoft"), "Microsoft"),
    **dict.fromkeys(("webropolsurveys.com", "webropol.com"), "Webropol"),
    **dict.fromkeys(("lyyti.fi", "lyyti.in"), "Lyyti"),
    "typeform.com": "Typeform",
    "surveymonkey.com": "SurveyMonkey",
}
"""Services whose forms are pages of their own, by host: anything that another page posts there is lost."""
_DIRECT = re.compile(r"mailto:[^\s\"<>\\@,?&]+@[^\s\"<>\\@,?&]+|tel:\+?[0-9]+(?:-[0-9]+)*", re.ASCII)


def of_service(node: Node, id: str | None, at_home: bool) -> str:
    """The address to post to: https, at the service's host, without a user name or password.

    If the site itself is only shown on this machine, as by ``kokemus serve`` and in tests, http on this machine may
    stand in for any service. A site with a public address would lose every request there.
    """
    service = SERVICES[id or "generic"]
    if service.here or (service.keyed and not node.has("url")):
        if service.here and node.has("url"):
            node.report("form-url-here", "url", service=id)
        return service.address
    if not node.has("url"):
        node.report("no-form-url")
    text = (node.text("url") or "").strip()
    if not text or (id == "link" and _DIRECT.fullmatch(text)):
        return text
    url = _URL.fullmatch(text)
    if not url:
        node.report("form-url", "url")
        return ""
    scheme, host = url["scheme"].lower(), url["host"].lower()
    if url["user"] is not None:
        node.report("form-url-user", "url")
    if at_home and host in _LOOPBACK and scheme in ("http", "https"):
        return text
    if host in _LOOPBACK:
        node.report("form-url-loopback", "url")
    elif scheme != "https":
        node.report("form-url-not-https", "url")
    elif id and not _belongs(service, text):
        node.report("form-url-elsewhere", "url", service=id, address=service.address)
    elif id == "generic":
        _any(node, host, text)
    return text


def _any(node: Node, host: str, text: str) -> None:
    """Reports an address that belongs to a service with its own preset, or to a form that is a page of its own."""
    if whose := known(text):
        node.report("form-url-known", "url", service=whose)
    elif _page(host):
        node.report("form-url-page", "url")


def _belongs(service: Service, url: str) -> bool:
    """Whether an address is one of the service's: its common beginning with something after it."""
    if service.keyed:
        return url == service.address
    return url.lower().startswith(service.address) and len(url) > len(service.address) if service.address else True


def _page(host: str) -> str:
    """The service that has pages of forms at a host; empty if it is not known to have any."""
    return next((whose for known, whose in _PAGES.items() if f".{host}".endswith(f".{known}")), "")


def keeper(url: str) -> str:
    """The name of the service that gets what is sent to an address; empty if its host is not a known one."""
    return SERVICES[whose].name if (whose := known(url)) else _page(urlsplit(url).hostname or "")


def known(url: str) -> str | None:
    """The known service at whose host an address is; None if there is none."""
    found = _URL.fullmatch(url)
    host = found["host"].lower() if found else ""
    return next((name for name, one in SERVICES.items() if host and urlsplit(one.address).hostname == host), None)


def of_site(node: Node, url: str) -> bool:
    """Whether the site is only shown on this machine. An address that cannot have pages below it is a problem.

    Addresses of pages are appended to it, so nothing may follow its path.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or not _SITE.match(url):
        node.report("site-url-not-absolute")
        return False
    if parts.query or parts.fragment or "?" in url or "#" in url:
        node.report("site-url-query")
    elif (front := _front(parts)) is None:
        node.report("site-url-not-absolute")
    elif front != (parts.netloc, parts.path):
        node.report("site-url-front", front=f"{parts.scheme}://{''.join(front)}")
    return host in {known.strip("[]") for known in _LOOPBACK}


def _front(parts: SplitResult) -> tuple[str, str] | None:
    """The host and path of the front page as a server receives them; None if the host is not a valid name."""
    host, colon, port = parts.netloc.partition(":")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    folder = _FILE.sub("", re.sub("/{2,}", "/", parts.path))
    return host + colon + port, quote(folder, safe="/%!$&'()*+,;=:@~")


def origin(url: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
