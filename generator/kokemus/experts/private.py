"""The private part of a profile: never published, and looked for in every byte of the site."""

from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Route
from kokemus.experts.keys import PRIVATE
from kokemus.vocabulary.node import Node


def read(node: Node) -> tuple[tuple[Route, str], ...]:
    """Every value as it was typed, with its route; nothing of it may be lost as a remark."""
    if not node.mapping(PRIVATE.shapes):
        return ()
    for key in filter(node.has, PRIVATE.shapes):
        part = node.at(key)
        if part.is_comment():
            part.report("yaml-comment")
        elif key in ("name", "email", "phone") and isinstance(part.data, list | dict):
            part.report("not-one")
    email = node.at("email").data
    if isinstance(email, str) and "@" not in email and not is_open(email):
        node.report("private-email", "email")
    return tuple(node.document.leaves("private"))
