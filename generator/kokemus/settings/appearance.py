"""Appearance: the association's own logo, accent colour and words on the front page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kokemus.vocabulary import Texts
from kokemus.vocabulary.node import Node

KEYS = ("logo", "accent", "welcome")
BEHIND = ("#ffffff", "#fdf9f3", "#f5ecdf")
"""The colours behind the accent in light mode: white in buttons, the colours of paper and sand behind links."""
LEAST_CONTRAST = 4.5
LARGEST_LOGO = 8 * 1024
"""Bytes. A logo is part of every first view, whose budget is 15 kB."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_NAME = re.compile(r"[\w-]+(?:/[\w-]+)*\.(?:svg|png)", re.ASCII)
_BEGINS = {
    "svg": re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", re.DOTALL),
    "png": re.compile(rb"\x89PNG"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """The appearance; a field is empty if the association has none. ``logo`` is a file among the hand-written pages."""

    logo: str = ""
    accent: str = ""
    welcome: Texts = field(default_factory=dict)


def read(node: Node, languages: Iterable[str]) -> Appearance:
    """The appearance in a configuration. What is wrong is reported and left out."""
    part = node.at("appearance")
    if not node.has("appearance") or not part.mapping(KEYS):
        return Appearance()
    logo, accent = (part.text(key) or "" for key in ("logo", "accent"))
    if logo and not _NAME.fullmatch(logo):
        part.report("logo-kind", "logo")
        logo = ""
    if accent and not _COLOUR.fullmatch(accent):
        part.report("accent-colour", "accent")
        accent = ""
    if accent and (worst := min(contrast(accent, other) for other in BEHIND)) < LEAST_CONTRAST:
        part.report("accent-contrast", "accent", found=f"{worst:.1f}", least=LEAST_CONTRAST)
    return Appearance(logo=logo, accent=accent, welcome=part.said("welcome", languages))


def fault(logo: Path) -> str | None:
    """The code of the problem with a logo's file; None if it can be shown."""
    if not logo.is_file():
        return "logo-missing"
    with logo.open("rb") as opened:
        return fault_of(opened.read(LARGEST_LOGO + 1), logo.suffix[1:])


def fault_of(content: bytes, kind: str) -> str | None:
    """The code of the problem with the content of a logo; ``kind`` is what its file's name ends with."""
    if kind not in _BEGINS or not _BEGINS[kind].match(content):
        return "logo-kind"
    return "logo-large" if len(content) > LARGEST_LOGO else None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rule(accent: str) -> str:
    """The accent as the last rule of a stylesheet. Dark mode keeps the stylesheet's colour, which is made for it."""
    return f"@media not (prefers-color-scheme: dark) {{ :root {{ --brand: {accent}; }} }}\n" if accent else ""
