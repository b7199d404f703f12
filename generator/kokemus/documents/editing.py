"""Edits of a YAML file's own text: one value changes, and every other line stays as it was written."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date

import yaml

from kokemus.documents import parser
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, Route

Reader = Callable[[str, bytes], tuple[Document | None, tuple[Problem, ...]]]

_PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|y|n|null)$)[a-z][a-z0-9-]*", re.IGNORECASE)

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def edited(document: Document, changes: Mapping[Route, Data], read: Reader = parser.read) -> str | None:
    """The document's text with these values at their routes; a value of None removes what is there.

    Routes end at a key of a mapping, and lead through mappings and existing list items. The result is None if reading
    the new text with ``read`` would not give exactly these changes: then only a person can edit the file.
    """
    wanted, text = document.data, document.text
    for route, value in changes.items():
        if document.at(route) != value:
            wanted = _with(wanted, route, value)
            try:
                text = _edit(text, route, value)
            except yaml.YAMLError:
                return None
    again, _ = read(document.path, text.encode())
    return text if again and again.data == wanted else None


def _with(data: Data, route: Route, value: Data) -> Data:
    """The data with a value at a route. A mapping that becomes empty is removed too."""
    if not route:
        return value
    if isinstance(data, list) and isinstance(route[0], int) and route[0] < len(data):
        return [_with(one, route[1:], value) if index == route[0] else one for index, one in enumerate(data)]
    key, old = str(route[0]), data if isinstance(data, dict) else {}
    new = _with(old.get(key), route[1:], value)
    return {name: one for name, one in (old | {key: new}).items() if name != key or new not in (None, {})}


def _edit(text: str, route: Route, value: Data) -> str:
    root = yaml.compose(text, yaml.CSafeLoader)
    parent: yaml.Node | None = root
    done = 0
    while done < len(route) - 1 and (inner := _child(parent, route[done])):
        parent, done = inner, done + 1
    key = str(route[done])
    for outer in reversed(route[done + 1 :]):
        value = {str(outer): value} if value is not None else None
    if not isinstance(parent, yaml.MappingNode):
        return text
    pair = next((pair for pair in parent.value if pair[0].value == key), None)
    if pair and value is None and len(parent.value) == 1 and done:
        return _edit(text, route[:done], None)
    if pair:
        return _removed(text, parent, pair) if value is None else _replaced(text, parent, pair, value)
    return text if value is None else _added(text, parent, key, value)


def _child(node: yaml.Node | None, key: object) -> yaml.CollectionNode | None:
    """The mapping under a key of a mapping, the list there, or an item of a list."""
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        return node.value[key] if key < len(node.value) else None
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key and isinstance(value, yaml.CollectionNode)), None)


def _end(text: str, node: yaml.Node) -> int:
    """The position after the last character of a node's text. A block ends with its last part."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[: node.end_mark.index].rstrip())
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _replaced(text: str, parent: yaml.MappingNode, pair: tuple[yaml.Node, yaml.Node], value: Data) -> str:
    key, old = pair
    if isinstance(old, yaml.SequenceNode) and not old.flow_style and _is_block(value):
        return _items(text, old, value)
    colon = text.index(":", key.end_mark.index) + 1
    new = f" {_inline(value)}" if parent.flow_style else _value(value, key.start_mark.column, _ending(text))
    return text[:colon] + new + text[max(_end(text, old), colon) :]


def _items(text: str, old: yaml.SequenceNode, value: Data) -> str:
    """A list whose items stand on lines of their own. Items that stay keep their lines and comments."""
    starts = [text.rindex("\n", 0, item.start_mark.index) + 1 for item in old.value]
    ends = [*starts[1:], _line_end(text, _end(text, old))]
    kept = [
        (yaml.load(yaml.serialize(item), yaml.SafeLoader), text[start:end])
        for item, start, end in zip(old.value, starts, ends, strict=True)
    ]
    column, lines = old.start_mark.column, []
    for item in value if isinstance(value, list) else []:
        same = next((one for one in kept if one[0] == item), None)
        lines.append(same[1] if same else as_item(item, column, _ending(text)))
        if same:
            kept.remove(same)
    return text[: starts[0]] + "".join(lines) + text[ends[-1] :]


def _added(text: str, parent: yaml.MappingNode, key: str, value: Data) -> str:
    if parent.flow_style:
        at = _end(text, parent.value[-1][1]) if parent.value else parent.start_mark.index + 1
        return f"{text[:at]}{', ' if parent.value else ''}{key}: {_inline(value)}{text[at:]}"
    ending, column = _ending(text), parent.start_mark.column
    at = _line_end(text, _end(text, parent))
    before = text[:at] if text[:at].endswith("\n") else text[:at] + ending
    return f"{before}{' ' * column}{key}:{_value(value, column, ending)}{ending}{text[at:]}"


def _removed(text: str, parent: yaml.MappingNode, pair: tuple[yaml.Node, yaml.Node]) -> str:
    key, old = pair
    start, end = key.start_mark.index, _end(text, old)
    if not parent.flow_style:
        return text[: text.rfind("\n", 0, start) + 1] + text[_line_end(text, end) :]
    if pair is not parent.value[-1]:
        return text[:start] + text[parent.value[parent.value.index(pair) + 1][0].start_mark.index :]
    before = _end(text, parent.value[-2][1]) if len(parent.value) > 1 else start
    return text[:before] + text[end:]


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _is_block(value: Data) -> bool:
    """Whether a value needs lines of its own: a mapping, or a list of mappings."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))


def _value(value: Data, column: int, ending: str) -> str:
    """The text after the colon of a key in this column."""
    if isinstance(value, dict) and value:
        lines = (f"{' ' * (column + 2)}{key}:{_value(one, column + 2, ending)}" for key, one in value.items())
        return ending + ending.join(lines)
    if isinstance(value, list) and _is_block(value):
        return ending + "".join(as_item(item, column + 2, ending) for item in value).removesuffix(ending)
    return f" {_inline(value)}"


def as_item(item: Data, column: int, ending: str) -> str:
    """A list item on lines of its own, with its dash in this column."""
    if not isinstance(item, dict):
        return f"{' ' * column}- {_inline(item)}{ending}"
    lines = [f"{key}:{_value(value, column + 2, ending)}" for key, value in item.items()]
    return f"{' ' * column}- {(ending + ' ' * (column + 2)).join(lines)}{ending}"


def _inline(value: Data) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_inline(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date) or not isinstance(value, str):
        return str(value)
    return value if _PLAIN.fullmatch(value) else quoted(value)


def quoted(text: str) -> str:
    """A text in double quotes on one line. Characters that YAML would fold or refuse are escaped."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
