"""An example of how each key is written, for the message shown if the key is wrong or missing."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "consent": "consent: {given: 2026-03-02}",
    "given": "given: 2026-03-02",
    "card": "card: {consent: 2026-03-02, name: Aino, text: {fi: …}}",
    "card.consent": "consent: 2026-03-02",
    "languages": "languages: [fi]",
    "card.text": "text: {fi: …, sv: …, en: …}",
    "offers": "offers: [{topic: depression}]",
    "topic": "topic: depression",
    "solo": "solo: [psychosis]",
    "serves": "serves: [lappi]",
    "places": "places: [kemi, tornio]",
    "paused": "paused: {from: 2026-03-02, until: 2026-09-01}",
    "mistaken": "mistaken: {withdrawn: 2026-03-02, asked: 2026-03-03}",
    "asked": "asked: 2026-03-03",
    "from": "from: 2026-03-02",
    "source": "source: {fi: …, sv: …, en: …}",
    "lines.name": "name: {fi: …, sv: …, en: …}",
    "chats.name": "name: {fi: …, sv: …, en: …}",
    "hours": "hours: {fi: …, sv: …, en: …}",
    "checked_on": "checked_on: 2026-03-02",
    "signed": "signed: 2026-03-02",
    "embed": "embed: [https://www.example.fi]",
    "slug": "slug: jarjestajan-opas",
}
"""By key, or by the path to it."""
