"""Every text with placeholders gets its values in each call: read from the calls, not from the text itself."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from string import Formatter
from typing import Any

import pytest
from jinja2 import nodes

from kokemus import resources
from kokemus.documents.problems import TEXTS as PROBLEMS
from kokemus.website.pages import ENVIRONMENT
from kokemus.website.wording import UI
from tests.test_layers import MODULES, PACKAGE, file_of

SOURCES = {module: file_of(module).read_text("utf-8") for module in MODULES}
TEMPLATES = {file.name: file.read_text("utf-8") for file in (PACKAGE / "public" / "templates").iterdir()}
EXPLAIN: Mapping[str, Mapping[str, str]] = resources.texts("coordinator/texts/explain")


CARRIED = "reason."
"""The beginnings of keys whose values are passed as data. ``tests/reports/test_messages.py`` formats each of them."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call with a text, or with one of the texts whose keys match an open pattern, and the names of its values."""

    where: str
    keys: str
    values: frozenset[str]
    open: bool = False


def calls(sources: Mapping[str, str], functions: Set[str]) -> Iterator[Call]:
    """The calls of functions, with the names of the values that they pass."""
    for module, text in sources.items():
        tree = ast.parse(text)
        assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
        given = {ast.unparse(node.targets[0]): node.value for node in assigned}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in functions:
                key = next((part.value for part in node.keywords if part.arg == "key"), *node.args[:1])
                values = frozenset(_names(node.keywords, given))
                yield from (Call(f"{module}:{node.lineno}", keys, values, open) for keys, open in _keys(key))


def _keys(node: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Constant):
        yield re.escape(str(node.value)), False
    elif isinstance(node, ast.IfExp):
        yield from (*_keys(node.body), *_keys(node.orelse))
    else:
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts), True


def _names(keywords: list[ast.keyword], given: Mapping[str, ast.expr]) -> Iterator[str]:
    for keyword in keywords:
        spread = given.get(ast.unparse(keyword.value), keyword.value)
        if isinstance(spread, ast.Dict) and keyword.arg in (None, "values"):
            yield from (str(key.value) for key in spread.keys if isinstance(key, ast.Constant))
        elif keyword.arg:
            yield keyword.arg


def in_templates(templates: Mapping[str, str]) -> Iterator[Call]:
    """The calls of ``t`` in templates."""
    for name, text in templates.items():
        for node in ENVIRONMENT.parse(text).find_all(nodes.Call):
            if isinstance(node.node, nodes.Name) and node.node.name == "t" and isinstance(node.args[0], nodes.Const):
                values = frozenset(one.key for one in node.kwargs)
                yield Call(f"{name}:{node.lineno}", re.escape(node.args[0].value), values)


def waits_for(text: str) -> frozenset[str]:
    """The names of the values in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def unfilled(made: Iterable[Call], texts: Mapping[str, Any]) -> set[str]:
    """The texts with a value that no call with their key passes; without such a call, that no open one passes."""
    made, found = tuple(made), set()
    for key, said in texts.items():
        fitting = [call for call in made if re.fullmatch(call.keys, key)]
        fixed = [call for call in fitting if not call.open]
        lacking = [call for call in fixed or fitting if not _wanted(said, call.values) <= call.values]
        if lacking and (fixed or len(lacking) == len(fitting)) and not key.startswith(CARRIED):
            found.add(f"{key} at {lacking[0].where}")
    return found


def _wanted(said: Mapping[str, Any], given: Set[str]) -> frozenset[str]:
    """The values that an entry's texts need, in all languages; of two variants, those of the one that is chosen."""
    near = said.get("near") if "near" in given else None
    texts = near or {name: text for name, text in said.items() if name != "near"}
    inner = (_wanted(text, given) if isinstance(text, dict) else waits_for(text) for text in texts.values())
    own = frozenset(name for names in inner for name in names)
    return own | (_wanted(said["fi"], given) if near and "fi" in said else frozenset())


SAID: Mapping[str, tuple[Callable[[Mapping[str, str]], Iterable[Call]], Mapping[str, Any]]] = {
    "problems": (lambda sources: calls(sources, {"problem", "report", "_refuse"}), PROBLEMS),
    "explain": (lambda sources: calls(sources, {"say", "warn", "refuse", "Refusal"}), EXPLAIN),
    "ui": (lambda sources: (*calls(sources, {"ui", "t"}), *in_templates(TEMPLATES)), UI),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAID)
def test_every_text_gets_the_values_that_it_waits_for(name: str) -> None:
    """In every language. A missing value stops the program, or its name is shown in braces."""
    made, texts = SAID[name]
    assert unfilled(made(SOURCES), texts) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "call", "key"),
    [
        ("problems", 'problem("unknown-key", path)', "unknown-key"),
        ("problems", 'node.report("unknown-topic", near="")', "unknown-topic"),
        ("explain", 'say("erase.kept", code=code)', "erase.kept"),
        ("explain", 'Refusal(key="edition.used", values={"look": 1})', "edition.used"),
        ("ui", 'ui("topic.title", language)', "topic.title"),
    ],
)
def test_a_call_that_forgets_a_value_is_found(name: str, call: str, key: str) -> None:
    """Wherever it is, and even if other calls with the same text are right."""
    made, texts = SAID[name]
    (found,) = unfilled(made({**SOURCES, "new": call}), texts)
    assert found == f"{key} at new:1"
