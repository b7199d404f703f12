"""The three answers to what a visitor selects: yes, likely, or ask us. Never no, and never how many.

The browser gives the same answers in ``theme/assets/answers.js``; both are held to the same cases.
"""

from collections.abc import Set
from typing import Literal

from kokemus.statement import DIMENSIONS, Statement

Answer = Literal["yes", "likely", "ask"]


def answer(selected: Statement, published: Set[Statement]) -> Answer:
    """What the published statements, with all their generalisations, say to a selection of any dimensions.

    Yes: one statement contains the whole selection. Likely: each part of it is published with the topic on its own.
    Ask: anything else, whether too few stand behind it or nobody.
    """
    if selected in published:
        return "yes"
    parts = [
        Statement(selected.topic, **{name: selected.dimensions[name]}) for name in DIMENSIONS if getattr(selected, name)
    ]
    return "likely" if parts and all(part in published for part in parts) else "ask"
