"""Expressions in hand-written pages: each is one fact or one link. Nothing is computed, so nothing can hang."""

from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=_text)


@lru_cache(64)
def read(text: str) -> Template:
    """A page's text, ready to be filled in; ``TemplateSyntaxError`` if it contains anything but facts and links."""
    try:
        parsed = _ENVIRONMENT.parse(text)
    except RecursionError:
        raise TemplateSyntaxError("too deep", _first(text)) from None
    for part in parsed.body:
        shown = part.nodes if isinstance(part, nodes.Output) else [part]
        for one in shown:
            if not _is_fact(one) and not isinstance(one, nodes.TemplateData):
                raise TemplateSyntaxError("no fact", one.lineno)
    return _ENVIRONMENT.from_string(text)


def _first(text: str) -> int:
    return text[: text.find("{{")].count("\n") + 1


def _is_fact(node: nodes.Node) -> bool:
    """Whether the expression is ``name``, ``name.part`` or ``name("word")``."""
    if isinstance(node, nodes.Call):
        said = all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args)
        return said and isinstance(node.node, nodes.Name) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    while isinstance(node, nodes.Getattr) and not node.attr.startswith("_"):
        node = node.node
    return isinstance(node, nodes.Name)
