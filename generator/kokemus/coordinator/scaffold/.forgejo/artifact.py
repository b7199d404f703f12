"""Hands a file from one job of a run to the next, as the forge documents it for its artefacts.

``artifact.py keep NAME FILE``, ``artifact.py take NAME FILE``: what is taken is written to the file and nowhere else.
"""

import base64
import hashlib
import json
import os
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

RUN = f"{os.environ['ACTIONS_RUNTIME_URL']}_apis/pipelines/workflows/{os.environ['GITHUB_RUN_ID']}/artifacts"
VERSION = {"api-version": "6.0-preview"}


def ask(method, address, content=None, query=None, **headers):
    """The forge's answer; whatever it refuses is an error."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["Authorization"] = f"Bearer {os.environ['ACTIONS_RUNTIME_TOKEN']}"
    address = f"{address}{'&' if '?' in address else '?'}{urlencode((query or {}) | VERSION)}"
    request = urllib.request.Request(address, content, headers, method=method)  # noqa: S310 (the forge's own)
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310
        return answer.read()


def keep(name, content):
    """Upload one file as an artefact."""
    json_type = {"Content_Type": "application/json"}
    wish = json.dumps({"Type": "actions_storage", "Name": name}).encode()
    address = json.loads(ask("POST", RUN, wish, **json_type))["fileContainerResourceUrl"]
    size = len(content)
    ask(
        "PUT",
        address,
        content,
        {"itemPath": f"{name}/file"},
        Content_Type="application/octet-stream",
        Content_Range=f"bytes 0-{size - 1}/{size}",
        x_tfs_filelength=str(size),
        x_actions_results_md5=base64.b64encode(hashlib.md5(content).digest()).decode(),  # noqa: S324 (asked for)
    )
    ask("PATCH", RUN, json.dumps({"Size": size}).encode(), {"artifactName": name}, **json_type)


def take(name):
    """The content of an artefact's one file."""
    (found,) = (one for one in json.loads(ask("GET", RUN))["value"] if one["name"] == name)
    (file,) = json.loads(ask("GET", found["fileContainerResourceUrl"], query={"itemPath": name}))["value"]
    return ask("GET", file["contentLocation"])


if sys.argv[1] == "keep":
    keep(sys.argv[2], Path(sys.argv[3]).read_bytes())
else:
    Path(sys.argv[3]).write_bytes(take(sys.argv[2]))
