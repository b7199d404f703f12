"""What a new association has not filled in yet."""

import re

from kokemus.documents.document import Data

OPEN = "…"
PLACEHOLDERS = (OPEN, "...")
_INVALID_HOST = re.compile(r"\.invalid(?![\w.-])", re.IGNORECASE)


def is_open(data: Data) -> bool:
    """Whether this is a placeholder that ``kokemus init`` leaves for the association: «…», or a host that cannot exist.

    Names under ``.invalid`` are reserved for this (RFC 2606): nothing is ever delivered there.
    """
    return isinstance(data, str) and (data.strip() in PLACEHOLDERS or bool(_INVALID_HOST.search(data)))
