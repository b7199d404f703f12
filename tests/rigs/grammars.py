"""Forty grammars of addresses, each compiled when it is first asked: all at once they take every worker seconds.

``jsonschema`` imports them to check one format. Imported before it, so that it finds these.
"""

from functools import cache, partial
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import lark


def _on_demand(*words: Any, **named: Any) -> SimpleNamespace:
    made = cache(partial(lark.Lark, *words, **named))
    return SimpleNamespace(parse=lambda *text, **start: made().parse(*text, **start))


with patch.object(lark, "Lark", _on_demand):
    import rfc3987_syntax

assert rfc3987_syntax
