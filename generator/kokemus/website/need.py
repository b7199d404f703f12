"""Signs that somebody who searches may be in need: ``public/search/need.yml``, ready for ``public/templates/need.js``.

Like the search's index, they are the same whatever is published.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from kokemus import resources
from kokemus.website import shipped
from kokemus.website.names import folded

WORDS: Mapping[str, Mapping[str, Any]] = resources.texts("public/search/need")


def script() -> str:
    """The script with the signs of every language, since people do not always type in the page's."""
    signs = json.dumps([told(language) for language in WORDS], separators=(",", ":"))
    written = (resources.PACKAGE / "public" / "templates" / "need.js").read_text("utf-8")
    return f"const TOLD = {signs};\n{shipped.script(written)}"


def told(language: str) -> str:
    """The groups and signs of a language on a line each, with an empty line between, as the script folds them.

    FILLER and OTHER come first, and a group is named by a letter for its place: A, B and so on. Sorted words compress
    better.
    """
    groups: Mapping[str, str] = WORDS[language]["words"]
    letters = {name: chr(ord("A") + place) for place, name in enumerate(groups)}
    lines = (*(" ".join(sorted(words.split())) for words in groups.values()), "", *signs(language))
    return "\n".join(re.sub(r"[^\W\d_]+", lambda word: letters.get(word[0]) or folded(word[0]), line) for line in lines)


def signs(language: str) -> tuple[str, ...]:
    """The signs of a language, whatever kind of need they tell of."""
    return tuple(sign for kind in WORDS[language]["signs"].values() for sign in kind)
