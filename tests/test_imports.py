"""The one-way flow, read from the imports themselves."""

import ast
from functools import cache
from pathlib import Path

import pytest

import kokemus

PACKAGE = Path(kokemus.__file__).parent


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of the package and of elsewhere that a module imports directly."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def reached(module: str) -> set[str]:
    """The package's modules that a module reaches through any chain of imports."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        for name in imports(waiting.pop()):
            part = name.removeprefix("kokemus.").split(".")[0]
            if name.startswith("kokemus.") and (PACKAGE / f"{part}.py").is_file() and part not in found:
                found.add(part)
                waiting.append(part)
    return found


MODULES = sorted(file.stem for file in PACKAGE.glob("*.py") if file.stem != "__init__")


SITE = ("catalogue", "pages", "view", "site", "statement", "edition", "form")
KNOWS_NOBODY = {
    *SITE,
    *("address", "answers", "association", "calendar", "delivery", "facts", "guide", "outcome", "parameters"),
    *("questions", "search", "service", "settings", "shipped", "structured", "tilemap", "vocabulary", "wording"),
    *("own_terms", "lint", "names", "patterns", "problems", "reading", "document", "source"),
    *("anonymity", "blocks", "cells"),
}
"""What the site may be made of: no profile, no signed card, nothing that decides about a person. ``edition`` alone
computes with a crowd, of members without code, name or day."""


def test_catalogue_and_pages_cannot_know_an_expert() -> None:
    """None reaches a module that knows one, by any chain; a new module knows one until it is named here."""
    for module in SITE:
        assert reached(module) <= KNOWS_NOBODY, module


@pytest.mark.parametrize("name", ["card.SignedCard", "profile", "consent", "salvage", "crowd", "audit"])
def test_an_import_of_somebody_would_be_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The positive control: a template's view that looks at a card as signed, and so on, far down the chain."""
    really = imports
    more = {"wording": {f"kokemus.{name}"}}
    monkeypatch.setattr(f"{__name__}.imports", lambda module: really(module) | more.get(module, set()))
    assert not reached("pages") <= KNOWS_NOBODY


def test_catalogue_and_pages_do_not_read_files_of_profiles() -> None:
    """The reader of YAML is not among their own imports."""
    for module in ("catalogue", "pages", "view", "site"):
        own = {name.removeprefix("kokemus.").split(".")[0] for name in imports(module)}
        assert not own & {"source", "document", "reading", "inputs"}, module


def test_only_the_plugin_imports_mkdocs() -> None:
    """Another engine would be a second thin adapter."""
    for module in MODULES:
        outside = {name.split(".")[0] for name in imports(module)}
        assert module == "plugin" or not outside & {"mkdocs", "material"}, module


def test_only_the_calendar_reads_a_clock_and_only_the_adapters_ask_it() -> None:
    """Everything else is told the day."""
    for module in MODULES:
        text = (PACKAGE / f"{module}.py").read_text("utf-8")
        assert module == "calendar" or ".now(" not in text, module
        assert "date.today" not in text, module
        assert module in ("calendar", "cli", "terminal", "plugin") or "calendar.today" not in text, module


def test_no_module_imports_in_a_circle() -> None:
    """Each arrow of the pipeline has one direction."""
    for module in MODULES:
        assert module not in reached(module), module
