"""Icons of the theme as inline SVG."""

from functools import cache
from importlib.resources import files


@cache
def icon(name: str) -> str:
    """An icon of Material's as inline SVG, by its path there, such as ``material/leaf``."""
    svg = (files("material") / "templates" / ".icons" / f"{name}.svg").read_text("utf-8")
    return svg.replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1)
