"""Asks the forge for what git cannot do.

``ask.py propose FILE``: make a proposal of the branch "edition" with a file's text, or give the open one that text.
``ask.py tell WORDS``: say what is wrong, in the open issue for it or a new one; with no words all is well, close it.
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

REPOSITORY = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}"
HEADERS = {"Authorization": f"token {os.environ['TOKEN']}", "Content-Type": "application/json"}
TITLE = "Sivusto kaipaa huomiota · The site needs attention"


def ask(method, path, **values):
    """The forge's answer; whatever it refuses is an error."""
    content = json.dumps(values).encode() if values else None
    request = urllib.request.Request(f"{REPOSITORY}/{path}", content, HEADERS, method=method)  # noqa: S310 (the forge's own)
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.load(answer)


def opened(kind, fits):
    """The number of the open issue or pull request that fits; None where there is none."""
    page = 1
    while found := ask("GET", f"{kind}?state=open&type=issues&page={page}"):
        for one in found:
            if fits(one):
                return one["number"]
        page += 1
    return None


if sys.argv[1] == "propose":
    body = Path(sys.argv[2]).read_text("utf-8")
    if number := opened("pulls", lambda one: one["head"]["ref"] == "edition"):
        ask("PATCH", f"pulls/{number}", body=body)
    else:
        ask("POST", "pulls", title="Julkaisu · Edition", head="edition", base="main", body=body)
else:
    words = sys.argv[2]
    number = opened("issues", lambda one: one["title"] == TITLE)
    if words and number:
        ask("POST", f"issues/{number}/comments", body=words)
    elif words:
        ask("POST", "issues", title=TITLE, body=words)
    elif number:
        ask("POST", f"issues/{number}/comments", body="Kunnossa taas. · All is well again.")
        ask("PATCH", f"issues/{number}", state="closed")
