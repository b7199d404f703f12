"""The private part of a profile: never published, and searched for in every byte of the site."""

import re
from pathlib import PurePosixPath

from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Route
from kokemus.experts.keys import PRIVATE
from kokemus.text import fold, is_rounded
from kokemus.vocabulary.node import Node

_WITHDRAWAL = re.compile(
    r"\b(?:peru(?:i|nut|utti|ttu|u)\b[^.\n]{0,40}\b(?:suostumu|lupa|luva)\w*|(?:suostumu|lupa|luva)\w*[^.\n]{0,40}"
    r"\bperu(?:i|nut|utti|ttu|u)\b|(?:halua|tahto)\w* (?:kokonaan )?pois\b|ei (?:saa|halua) enää (?:näkyä|olla mukana)"
    r"|åter(?:kalla|tog|tag)\w*|t(?:og|agit) tillbaka (?:sitt )?samtycke\w*|vill inte (?:längre )?(?:vara med|synas)"
    r"|withdr(?:ew|awn)\b|wants? (?:to be (?:taken |left )?)?out\b|revoked\b[^.\n]{0,40}\bconsent)",
    re.IGNORECASE,
)
_SHORTEST = 3
_SHORTEST_WITHIN = 5


def read(root: Node) -> tuple[tuple[Route, str], ...]:
    """Every value of a profile's private part as typed, with its route.

    A value that YAML takes for a comment is reported, so that the audit misses nothing.
    """
    node = root.at("private")
    if not root.has("private") or not node.mapping(PRIVATE.shapes):
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
    kept = tuple(node.document.leaves("private"))
    if any(is_rounded(text) for route, text in kept if route[1] == "phone"):
        node.report("phone-rounded", "phone")
    if not root.at("consent").has("withdrawn"):
        for route in [route for route, text in kept if _WITHDRAWAL.search(text)][:1]:
            node.report("withdrawal-in-notes", route[1], expert=node.document.stem)
    if has_word_of_name(node.document.stem, [text for route, text in kept if route[1] == "name"]):
        root.report("code-names", file=node.document.path, folder=PurePosixPath(node.document.path).parent)
    return kept


def has_word_of_name(code: str, names: list[str]) -> bool:
    """Whether a code contains a word of a name."""
    parts = re.split(r"[^a-z]+", code)
    words = [word for word in fold(" ".join(names)) if len(word) >= _SHORTEST]
    return any(word in parts or (len(word) >= _SHORTEST_WITHIN and word in code) for word in words)
