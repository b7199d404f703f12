"""``mkdocs.yml`` → Document: MkDocs' own YAML as far as Kokemus reads it, with the positions of its keys.

Duplicate keys, which YAML would resolve silently, are problems here. So are impossible dates, which MkDocs cannot read.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from kokemus.documents import source, stray, syntax
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Mark, Problem, Route, problem

MAX_DEPTH = 32
MAX_ALIASES = 20
_LANGUAGE = "coordinator_language"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class _Loader(yaml.CSafeLoader):
    """Safe loading with ``!ENV``, without other plugins' Python objects. A key is always text, as in every Document."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "found unhashable key", key.start_mark)
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


def _or_text(kind: str) -> Callable[[Any, Any], Any]:
    """Constructs a plain scalar; keeps its text if it only looks like a value of this kind, as 2026-02-31 does."""

    def construct(loader: Any, node: Any) -> Any:
        try:
            return yaml.CSafeLoader.yaml_constructors[kind](loader, node)
        except (ValueError, OverflowError):
            return node.value

    return construct


_PYTHON = "tag:yaml.org,2002:python/"
"""Tags with which MkDocs creates Python objects. ``name:`` is usual in extension options; others can run any code."""
_INHERITED = ("INHERIT",)
_MISREAD = {"tag:yaml.org,2002:timestamp": "no-date", "tag:yaml.org,2002:int": "not-text"}
_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor(_PYTHON, lambda loader, suffix, node: None)
for _kind in _MISREAD:
    _Loader.add_constructor(_kind, _or_text(_kind))


def read(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The whole configuration; None with the reason if it cannot be read."""
    content = source.read(path, path.name)
    return (None, (content,)) if isinstance(content, Problem) else parsed(path.name, content)


def parsed(name: str, content: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """The whole configuration from a file's bytes; None with the reason if it cannot be read."""
    try:
        text = content.decode("utf-8-sig")
        if spoilt := tuple(stray.spoilt(name, text)):
            return None, spoilt
        if wrong := _too_much(text, name):
            return None, (wrong,)
        data = yaml.load(text, _Loader)  # noqa: S506 (a safe loader with one constructor more)
        root = yaml.compose(text, yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        return None, (problem("not-utf-8", name, (), Mark.after(content[: error.start].decode("utf-8-sig"))),)
    except yaml.MarkedYAMLError as error:
        return None, (syntax.broken(error, text, name),)
    except yaml.YAMLError:
        return None, (problem("control-character", name, (), stray.printable(text)),)
    marks = dict(_marks((), root, ())) if root else {}
    found = list(_wrong(name, (), root, ()) if root else ())
    if _INHERITED in marks:
        found.append(problem("configuration-inherits", name, _INHERITED))
    if isinstance(root, yaml.MappingNode) and [key.value for key, _ in root.value].count("plugins") > 1:
        return None, tuple(found)  # with only one of two lists, what is below the other would seem to be missing
    return Document(path=name, data=data, marks=marks, raw={}, text=text), tuple(found)


def remains(path: Path) -> Document:
    """What can be read of a broken configuration: the coordinator's language, if a line says it."""
    content = source.read(path, path.name)
    whole = content if isinstance(content, bytes) else b""
    text = whole.decode("utf-16" if whole.startswith(_WIDE) else "utf-8", "replace")
    said = language(text)
    options: Data = {_LANGUAGE: said}
    return Document(path=path.name, data={"plugins": [{"kokemus": options}]} if said else {}, marks={}, raw={})


def language(text: str) -> str | None:
    """The coordinator's language, if any line of a configuration says it."""
    said = re.search(rf"^[ \t]+{_LANGUAGE}:[ \t]*[\"']?(\w+)", text, re.MULTILINE)
    return said[1] if said else None


def _too_much(text: str, name: str) -> Problem | None:
    """Nesting so deep that it could crash the interpreter, since the loader recurses in C, or too many aliases.

    Aliases can stand for more data than fits into memory.
    """
    depth = aliases = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > MAX_DEPTH:
            return problem("too-deep", name, (), _mark(event), limit=MAX_DEPTH)
        if aliases > MAX_ALIASES:
            return problem("too-many-aliases", name, (), _mark(event), limit=MAX_ALIASES)
    return None


def _marks(route: Route, node: Any, above: tuple[Any, ...]) -> Iterator[tuple[Route, Mark]]:
    if any(node is one for one in above):  # an alias of a node that contains it
        return
    above = (*above, node)
    yield route, _mark(node)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _marks((*route, index), item, above)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _marks((*route, key.value), value, above)
                yield (*route, key.value), _mark(key)


def _wrong(path: str, route: Route, node: Any, above: tuple[Any, ...]) -> Iterator[Problem]:
    """Duplicate keys (merge keys excepted), odd characters in keys, false dates and numbers, and tags that run code."""
    if any(node is one for one in above):
        return
    if node.tag.startswith(_PYTHON) and not node.tag.startswith(f"{_PYTHON}name:"):
        yield problem("configuration-runs", path, (), _mark(node))
    if isinstance(node, yaml.ScalarNode):
        if node.tag in _MISREAD and isinstance(_construct(node), str):
            yield problem(_MISREAD[node.tag], path, route)
        return
    seen: dict[str, int] = {}
    for index, part in enumerate(node.value):
        key, value = part if isinstance(node, yaml.MappingNode) else (None, part)
        if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
            if (at := stray.in_word(key.value)) is not None:
                yield stray.odd(path, key.value[at], _mark(key))
            if key.value in seen:
                yield problem("duplicate-key", path, (), _mark(key), first=seen[key.value])
            seen.setdefault(key.value, _mark(key).line)
        yield from _wrong(path, (*route, key.value if key else index), value, (*above, node))


def _construct(node: Any) -> Any:
    return _Loader("").construct_object(node)


def _mark(node: Any) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)
