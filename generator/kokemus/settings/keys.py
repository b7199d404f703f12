"""The keys of Kokemus's own part of ``mkdocs.yml``, and where each key of its parts belongs."""

from kokemus.anonymity import parameters
from kokemus.request_form import delivery, processors
from kokemus.settings import appearance, arrangement, association, closing, host
from kokemus.vocabulary.own_terms import DATED

KEYS = (
    "experts",
    "terms",
    "association",
    "together",
    "languages",
    "coordinator_language",
    "anonymity",
    "house_topics",
    "arranges",
    "serves",
    "embed",
    "form",
    "host",
    "appearance",
    "answer_within",
    "requests_kept",
    "profiles_kept",
    "processors",
    "refresh_days",
    "accessibility",
    "looked_at",
    "closed",
    *DATED,
)
_PARTS = {
    "anonymity": parameters.NAMES,
    "accessibility": ("assessed_on",),
    "processors": processors.KINDS,
    "closed": closing.KEYS,
    "form": delivery.KEYS,
    "host": host.KEYS,
    "arranges": arrangement.KEYS,
    "appearance": appearance.KEYS,
    "association": association.FACTS,
}
_MKDOCS = ("site_name", "site_url", "docs_dir", "plugins", "markdown_extensions")
HOMES = {
    **{key: home for home, keys in _PARTS.items() for key in keys},
    **dict.fromkeys(KEYS, "kokemus"),
    **dict.fromkeys(_MKDOCS, ""),
}
"""Where each key belongs, none for those at the left margin; ``name`` is the association's."""
