"""Architecture: modules small enough to understand at a glance, and no unused code."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser

import pytest
from click import Command, Group
from flask import Request
from jinja2.runtime import Context
from markdown import Extension
from mkdocs.plugins import EVENTS, BasePlugin
from mkdocs.structure.files import File

from tests.conftest import ROOT
from tests.test_layers import MODULES, PACKAGE, file_of

MOST = 250
ORACLES = {"request_form.outcome.classify", "request_form.outcome.Outcome.retry_after"}
"""What the browser does in JavaScript. Tests compare it with the same in Python, which nothing else calls."""
SOURCES = {module: file_of(module).read_text("utf-8") for module in MODULES}
TEMPLATES = "".join(
    found
    for folder in (PACKAGE / "public", PACKAGE / "coordinator", ROOT / "site_src")
    for file in folder.rglob("*")
    if file.suffix in (".html", ".xml", ".js", ".yml", ".md")
    for found in re.findall(r"{[{%].*?[%}]}", file.read_text("utf-8"), re.DOTALL)
)
CALLED_FROM_OUTSIDE = {f"on_{event}" for event in EVENTS} | set(
    dir(BasePlugin) + dir(Command) + dir(Group) + dir(Extension) + dir(File) + dir(HTMLParser) + dir(Request)
)
CALLED_FROM_OUTSIDE |= {Context.call.__name__}
REGISTERS = re.compile(r"main\.command|pages\.(?:get|post|route)\b")
"""Decorators that register functions which click and Flask call."""


def defined(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """What a module defines: functions, classes, constants, and as ``Class.name`` methods and fields."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not any(REGISTERS.match(ast.unparse(d)) for d in node.decorator_list):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield node.name, node
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))
            if re.search("dataclass|NamedTuple", " ".join(map(ast.unparse, (*node.decorator_list, *node.bases)))):
                fields = (one for one in node.body if isinstance(one, ast.AnnAssign))
                yield from ((f"{node.name}.{ast.unparse(one.target)}", one) for one in fields)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node) for target in targets if isinstance(target, ast.Name))


def used(module: str, tree: ast.Module) -> Iterator[str]:
    """What a module uses: names as ``module.name``, outside their own definition, and attributes as ``.name``."""
    own = dict(defined(tree))
    meant = {name: f"{module}.{name}" for name in own}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kokemus"):
            prefix = (node.module or "").removeprefix("kokemus").removeprefix(".")
            meant |= {one.asname or one.name: f"{prefix}.{one.name}".removeprefix(".") for one in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in meant and isinstance(node.ctx, ast.Load):
            inside = own.get(node.id)
            if inside is None or all(node is not part for part in ast.walk(inside)):
                yield meant[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield f".{node.attr}"
            if isinstance(node.value, ast.Name) and node.value.id in meant:
                yield f"{meant[node.value.id]}.{node.attr}"


@cache
def names(module: str, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a module defines and what it uses."""
    tree = ast.parse(text)
    return frozenset(name for name, _ in defined(tree)), frozenset(used(module, tree))


def dead(sources: Mapping[str, str]) -> set[str]:
    """What no module or template uses and no library calls."""
    read = {module: names(module, text) for module, text in sources.items()}
    met = {name for _, uses in read.values() for name in uses}
    met |= {f".{name}" for name in re.findall(r"\.(\w+)", TEMPLATES)}

    def lives(module: str, name: str) -> bool:
        method = name.rpartition(".")[2] if "." in name else ""
        if method.startswith("__") or name in ("__all__", "makeExtension") or method in CALLED_FROM_OUTSIDE:
            return True
        offered = f"{module.rpartition('.')[0]}.{name}"
        return f".{method}" in met if method else not met.isdisjoint((f"{module}.{name}", offered))

    return {f"{module}.{name}" for module, (defines, _) in read.items() for name in defines if not lives(module, name)}


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_too_long(module: str) -> None:
    """Beyond some 250 lines a module contains two things, and each is easier to find in its own module."""
    assert len(SOURCES[module].splitlines()) <= MOST


@pytest.mark.slow
def test_there_is_no_unused_code() -> None:
    """Code that only a test calls is dead, too: a reader would take it for part of the program."""
    assert dead(SOURCES) == ORACLES


@pytest.mark.parametrize(
    ("module", "code", "name"),
    [
        ("publication.crowd", "def unused() -> None: ...", "unused"),
        ("publication.crowd", "def loops() -> None: loops()", "loops"),
        ("publication.crowd", "UNUSED = 1", "UNUSED"),
        ("publication.crowd", "class Box:\n    def unused(self) -> None: ...\nBox()", "Box.unused"),
        ("plugin", "class Box:\n    def on_nothing(self) -> None: ...\nBox()", "Box.on_nothing"),
        ("plugin", "@dataclass(frozen=True)\nclass Box:\n    untold: int\nBox(untold=1)", "Box.untold"),
        ("plugin", "class Box(NamedTuple):\n    untold: int\nBox(untold=1)", "Box.untold"),
    ],
)
def test_unused_code_is_found(module: str, code: str, name: str) -> None:
    """A function, a constant and a method that only call themselves; a field that is set and never read."""
    assert dead({**SOURCES, module: f"{SOURCES[module]}\n{code}\n"}) == ORACLES | {f"{module}.{name}"}
