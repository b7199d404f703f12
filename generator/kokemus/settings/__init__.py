"""The settings: what the association decides, read from ``mkdocs.yml``.

``association`` is its contact details, ``together`` the associations that share a catalogue, ``arrangement`` what they
arrange, ``dated_facts`` fees and crisis lines.
"""

from kokemus.settings.keys import KEYS
from kokemus.settings.period import PERIOD, Period
from kokemus.settings.settings import Settings, read

__all__ = [
    "KEYS",
    "PERIOD",
    "Period",
    "Settings",
    "read",
]
