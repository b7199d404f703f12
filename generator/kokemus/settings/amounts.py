"""Amounts of fees as they are typed: with their unit, and not cut in two by a comma."""

import re

from kokemus.vocabulary.node import Node

_BARE = re.compile(r"[\d\s.,–-]+")
_KEYS = ("id", "what", "amount")


def is_amount(item: Node) -> bool:
    """Whether this is an amount for something. In braces, YAML ends an amount without quotes at its comma."""
    data = item.data if isinstance(item.data, dict) else {}
    rest = [key for key, value in data.items() if value is None and str(key)[:1].isdigit()]
    if not item.mapping((*_KEYS, *rest), required=("what", "amount")):
        return False
    if rest:
        item.report("amount-cut", rest[0], amount=",".join((str(data.get("amount", "")), *rest)))
    return not rest


def amount(item: Node) -> str:
    """What is paid, as a text. A number alone is reported, whatever it counts."""
    text = item.text("amount") or ""
    if text and _BARE.fullmatch(text):
        item.report("amount-bare", "amount", amount=text.strip())
    return text
