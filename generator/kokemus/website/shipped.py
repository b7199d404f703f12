"""Stylesheets and scripts as they are shipped: minified."""

from collections.abc import Mapping
from itertools import takewhile

from rcssmin import cssmin
from rjsmin import jsmin

from kokemus import resources
from kokemus.settings.appearance import rule

_PUBLIC = resources.PACKAGE / "public"


def styles(accent: str = "") -> Mapping[str, str]:
    """The stylesheet of most pages, and one for each kind of page that has styles of its own.

    The latter contains both, so that one request suffices. The association's accent colour comes last.
    """
    own = {sheet.name: sheet.read_text("utf-8") for sheet in (_PUBLIC / "styles").iterdir()}
    common = own.pop("kokemus.css")
    whole = {"kokemus.css": common, **{name: common + own[name] for name in sorted(own)}}
    return {f"assets/{name}": f"{cssmin(text)}\n{rule(accent)}" for name, text in whole.items()}


def scripts() -> Mapping[str, str]:
    """The scripts that are the same on every site."""
    return {f"assets/{file.name}": script(file.read_text("utf-8")) for file in (_PUBLIC / "scripts").iterdir()}


def script(text: str) -> str:
    """The minified script. Comments at its top that address the browser (``//#``) are kept."""
    spoken = "".join(takewhile(lambda line: line.startswith("//#"), text.splitlines(keepends=True)))
    return f"{spoken}{jsmin(text, keep_bang_comments=True)}\n"
