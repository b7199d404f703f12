"""Writes the bill of materials: ``sbom.json`` (CycloneDX 1.6) and ``docs/licences.md``, from the lock file alone.

The same lock file always gives the same bytes. Licences are those that the installed packages declare.
"""

import json
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHIPPED = (
    ("Kokemus: pages, stylesheet, scripts, icon", "MIT"),
    ("Material Design Icons, through mkdocs-material, as SVG in the pages", "Apache-2.0"),
    ("Municipality classification, Statistics Finland", "CC-BY-4.0"),
    ("Concept addresses of topics: YSO, National Library of Finland", "CC-BY-4.0"),
)
# What packages declare in other words than SPDX has.
SPDX = {
    "LGPL": "LGPL-2.1-or-later",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache License 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
}
SPDX |= {
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}
SPDX |= {
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Apache License, Version 2.0": "Apache-2.0",
}


def packages() -> list[tuple[str, str, list[str]]]:
    """Name, version and hashes of all that the lock file pins."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==([^\s;\\]+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return [(name, version, re.findall(r"sha256:([0-9a-f]{64})", rest)) for name, version, rest in pinned]


def licence(name: str) -> str:
    """The licence that a package declares, in SPDX's words where there are any; empty where it is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    found = said.get("License-Expression") or (said.get("License") or "").split("\n")[0] or " ".join(classified)
    found = found if found not in ("", "UNKNOWN", "OSI Approved") else " ".join(classified)
    return SPDX.get(found, found)


def bill() -> dict[str, Any]:
    """The bill as CycloneDX has it."""
    components = []
    for name, version, hashes in packages():
        component: dict[str, Any] = {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
        }
        component["bom-ref"] = component["purl"]
        component["hashes"] = [{"alg": "SHA-256", "content": hash} for hash in hashes]
        if found := licence(name):
            component["licenses"] = [{"license": {"name": found}}]
        components.append(component)
    shipped = [
        {"type": "data", "name": what, "bom-ref": f"shipped-{number}", "licenses": [{"license": {"id": under}}]}
        for number, (what, under) in enumerate(SHIPPED)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "kokemus", "bom-ref": "kokemus"}},
        "components": [*shipped, *components],
    }


def licences() -> str:
    """The same for people."""
    lines = ["# Licences", "", "Written by `make sbom`.", "", "## Shipped to visitors", ""]
    lines += [f"- {what}: {under}" for what, under in SHIPPED]
    lines += ["", "## Runs in the build, and is not shipped", "", "| package | version | licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {licence(name) or 'only on other systems'} |" for name, version, _ in packages()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "sbom.json").write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    (ROOT / "docs" / "licences.md").write_text(licences(), "utf-8")
