"""The settings: what the association decides, read from ``mkdocs.yml``.

``association`` says how it is reached, ``together`` who shares a catalogue, ``arrangement`` what is arranged,
``dated_facts`` fees and crisis lines.
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
