"""The lint: what in a free text may identify somebody.

``patterns`` finds it by shape, ``names`` by word, and ``findings`` says which of it is a problem where.
"""

from kokemus.lint.findings import KINDS, NEVER, Finding, blanked, every_pattern, findings, in_name, report

__all__ = [
    "KINDS",
    "NEVER",
    "Finding",
    "blanked",
    "every_pattern",
    "findings",
    "in_name",
    "report",
]
