"""The settings: what the association decides, read from ``mkdocs.yml``.

``association`` says how it is reached, ``arrangement`` what it arranges, ``dated_facts`` its fees and crisis lines.
"""

from kokemus.settings.period import PERIOD, Period
from kokemus.settings.settings import KEYS, Settings, read

__all__ = [
    "KEYS",
    "PERIOD",
    "Period",
    "Settings",
    "read",
]
