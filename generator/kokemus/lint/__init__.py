"""The lint: what in a free text may identify somebody.

``patterns`` finds it by its form and ``names`` by words; ``findings`` decides which findings are problems, and where.
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
