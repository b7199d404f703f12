"""Material's icons as inline SVG."""

from functools import cache
from importlib.resources import files


@cache
def icon(name: str) -> str:
    """The icon at this path among Material's icons, such as ``material/leaf``, as inline SVG."""
    svg = (files("material") / "templates" / ".icons" / f"{name}.svg").read_text("utf-8")
    return svg.replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1)
