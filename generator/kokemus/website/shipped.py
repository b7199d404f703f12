"""Stylesheets and scripts as they are shipped: without what only a reader of their sources needs."""

from collections.abc import Mapping
from itertools import takewhile

from rcssmin import cssmin
from rjsmin import jsmin

from kokemus import resources
from kokemus.settings.appearance import rule

_PUBLIC = resources.PACKAGE / "public"


def styles(accent: str = "") -> Mapping[str, str]:
    """The sheet of most pages, and for each kind of page with styles of its own one that has both: one request.

    The association's accent comes last.
    """
    own = {sheet.name: sheet.read_text("utf-8") for sheet in (_PUBLIC / "styles").iterdir()}
    common = own.pop("kokemus.css")
    whole = {"kokemus.css": common, **{name: common + own[name] for name in sorted(own)}}
    return {f"assets/{name}": f"{cssmin(text)}\n{rule(accent)}" for name, text in whole.items()}


def scripts() -> Mapping[str, str]:
    """The scripts that are the same on every site."""
    return {f"assets/{file.name}": script(file.read_text("utf-8")) for file in (_PUBLIC / "scripts").iterdir()}


def script(text: str) -> str:
    """A script as it is shipped; comments at its top that speak to the browser stay."""
    spoken = "".join(takewhile(lambda line: line.startswith("//#"), text.splitlines(keepends=True)))
    return f"{spoken}{jsmin(text, keep_bang_comments=True)}\n"
