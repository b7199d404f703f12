"""Asks the forge for what git cannot do.

``ask.py tell TITLE WORDS``: say it in the open issue of that title, or in a new one. ``ask.py once TITLE WORDS``: the
same, unless it is said already. With no words all is well, and the issue is closed.
"""

import json
import os
import sys
import urllib.request

REPOSITORY = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}"
HEADERS = {"Authorization": f"token {os.environ['TOKEN']}", "Content-Type": "application/json"}


def ask(method, path, **values):
    """The forge's answer; whatever it refuses is an error."""
    content = json.dumps(values).encode() if values else None
    request = urllib.request.Request(f"{REPOSITORY}/{path}", content, HEADERS, method=method)  # noqa: S310 (the forge's own)
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.load(answer)


def opened(title):
    """The number of the open issue of a title; None where there is none."""
    page = 1
    while found := ask("GET", f"issues?state=open&type=issues&page={page}"):
        for one in found:
            if one["title"] == title:
                return one["number"]
        page += 1
    return None


how, title, words = sys.argv[1:]
number = opened(title)
if words and not number:
    ask("POST", "issues", title=title, body=words)
elif words and how == "tell":
    ask("POST", f"issues/{number}/comments", body=words)
elif number and not words:
    ask("POST", f"issues/{number}/comments", body="Kunnossa taas. · All is well again.")
    ask("PATCH", f"issues/{number}", state="closed")
