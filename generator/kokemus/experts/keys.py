"""The keys of a profile and the shapes of their values. The reader and the JSON Schema both use them."""

import re
from datetime import date

from kokemus.vocabulary.node import Keys

PERSPECTIVES = ("own", "relative")
LEAVING = ("build", "month")
MONTHS = 24
CONSENT_TEXTS = ("2026-1", "2026-2")
"""The versions of the project's consent text, newest last. Earlier versions were the associations' own texts."""
MISTAKEN = Keys(shapes={"withdrawn": "day", "asked": "day"}, required=("withdrawn", "asked"))
"""A withdrawal that was marked for the wrong person: its day, and the day on which the expert said so themself."""
CONSENT = Keys(
    shapes={
        "given": "signature",
        "text": "text",
        "review": "day",
        "withdrawn": "day",
        "solo": ["topics"],
        "leaving": LEAVING,
        "mistaken": MISTAKEN,
    },
)
"""Without ``given`` a profile waits for its signature, which is no mistake."""
PAUSE = Keys(shapes={"from": "day", "until": "day"}, required=("from",))
OFFER = Keys(
    shapes={"topic": "topics", "perspective": PERSPECTIVES, "formats": ["formats"], "audiences": ["audiences"]},
    required=("topic",),
)
PRIVATE = Keys(shapes=dict.fromkeys(("name", "email", "phone", "limits", "notes"), "anything"))
CARD = Keys(
    shapes={
        "consent": "signature",
        "name": "card-text",
        "text": "card-texts",
        "topics": ["topics"],
        "places": ["places"],
        "accepted": ["detail"],
    },
    required=("consent", "name", "text"),
)
PROFILE = Keys(
    shapes={
        "consent": CONSENT,
        "paused": PAUSE,
        "admitted": "day",
        "languages": ["languages"],
        "places": ["places"],
        "remote": "truth",
        "formats": ["formats"],
        "audiences": ["audiences"],
        "offers": [OFFER],
        "card": CARD,
        "association": "associations",
        "private": PRIVATE,
    },
    required=("consent", "languages", "offers"),
)
HOMES = {
    **dict.fromkeys(OFFER.shapes, "offers"),
    "perspective": "- topic",
    **{key: home for home, keys in PROFILE.shapes.items() if isinstance(keys, Keys) for key in keys.shapes},
    **dict.fromkeys(PROFILE.shapes, ""),
}
"""The part to which each key belongs; none for those at the left margin. ``name`` is in two, and is more often private
than a card's. One that begins with a hyphen is written for each item of a list."""


def consent_text(version: str, given: date | None) -> str | None:
    """The code of what is wrong with a version of the consent text: it is unknown, or later than the signature.

    It may be one of ours, or an earlier one of an association.
    """
    is_earlier = bool(re.fullmatch(r"20\d\d-\d{1,2}", version)) and version < CONSENT_TEXTS[0]
    if version not in CONSENT_TEXTS and not is_earlier:
        return "consent-text"
    return "consent-text-later" if given and given.year < int(version[:4]) else None
