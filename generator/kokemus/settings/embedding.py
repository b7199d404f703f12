"""Embedding: the web sites whose pages may show the list in a frame."""

import re

from kokemus.vocabulary.node import Node

_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^\s/:@?#]{1,253})(?P<port>:[1-9]\d{0,4})?/?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*")
_LOOPBACK = ("localhost", "127.0.0.1")
_USUAL = {"http": ":80", "https": ":443"}


def read(node: Node) -> tuple[str, ...]:
    """The origins under ``embed``, as browsers write them. Anything else is reported and left out."""
    found: dict[str, None] = {}
    for item in node.items("embed"):
        if (text := item.value()) is None:
            continue
        if one := origin(text):
            found[one] = None
        else:
            item.report("embed-origin")
    return tuple(found)


def origin(text: str) -> str | None:
    """The origin that the text names; None if the text also has a path, or if it is not https.

    Only a site on this machine may use http, so that a site can be tried before it is published.
    """
    given = _ORIGIN.fullmatch(text.strip())
    if not given:
        return None
    scheme, port = given["scheme"].lower(), given["port"] or ""
    try:
        host = given["host"].encode("idna").decode().lower()
    except UnicodeError:
        return None
    if host not in _LOOPBACK and not (scheme == "https" and _HOST.fullmatch(host)):
        return None
    return f"{scheme}://{host}{'' if port == _USUAL[scheme] else port}"
