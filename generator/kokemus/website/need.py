"""The script that recognises somebody who may be in need, with the weights in ``public/search/need.json``.

Like the search's index, it is the same whatever is published.
"""

import json

from kokemus import resources
from kokemus.website import shipped


def script() -> str:
    """The script with its weights. They serve every language, since people do not always type in the page's."""
    public = resources.PACKAGE / "public"
    learned = json.loads((public / "search" / "need.json").read_text("utf-8"))
    written = (public / "templates" / "need.js").read_text("utf-8")
    return f"const BIAS = {learned['bias']}, WEIGHTS = {json.dumps(learned['weights'])};\n{shipped.script(written)}"
