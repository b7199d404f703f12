"""Writes the bill of materials: ``sbom.json`` (CycloneDX 1.6) and ``docs/licences.md``.

What is shipped is told here, file by file; what runs in the build is read off the lock file and the workflows that
publish. The same files always give the same bytes. A licence is told as it is declared: one that names no version, such
as "BSD License", is not made more exact.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

ROOT = Path(__file__).parent.parent
SCAFFOLD = ROOT / "generator" / "kokemus" / "scaffold"
WORKFLOWS = (".github/workflows/site.yml", ".gitlab-ci.yml", ".forgejo/workflows/site.yml")


class Shipped(NamedTuple):
    """What visitors get, its licence, and the files of the package that bring it, for those that are ours or copied."""

    what: str
    licence: str
    files: tuple[str, ...] = ()


SHIPPED = (
    Shipped(
        "Kokemus: pages, stylesheets, scripts, icon",
        "MIT",
        (
            *(f"theme/assets/{name}.js" for name in ("answers", "combine", "outcome", "request")),
            *("theme/assets/favicon.svg", "styles/*.css"),
            *("theme/404.html", "theme/main.html", "theme/sitemap.xml", "templates/*.html", "templates/*.xml"),
            *("templates/_scene.svg", "templates/*.js", "schemas/catalogue-1.json"),
        ),
    ),
    Shipped("Material Design Icons, through mkdocs-material, as SVG in the pages", "Apache-2.0"),
    Shipped("Municipality classification, Statistics Finland", "CC-BY-4.0", ("terms/places.yml",)),
    Shipped("Concept addresses of topics: YSO, National Library of Finland", "CC-BY-4.0", ("terms/topics.yml",)),
    Shipped(
        "Names of languages and forms of dates: Unicode CLDR, through Babel", "Unicode-3.0", ("terms/languages.yml",)
    ),
)
# What classifiers say and SPDX has by another name. Those that leave the version open are not here.
SPDX = {
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def packages() -> list[tuple[str, str, list[str]]]:
    """Name, version and hashes of all that the lock file pins."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==([^\s;\\]+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return [(name, version, re.findall(r"sha256:([0-9a-f]{64})", rest)) for name, version, rest in pinned]


def licence(name: str) -> str:
    """The licence that a package declares: an expression of SPDX's, or the declared words; empty if not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    for words in (said.get("License-Expression"), (said.get("License") or "").split("\n")[0]):
        if found := spdx(words or ""):
            return found
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    return " or ".join(SPDX.get(words, words) for words in classified)


def spdx(words: str) -> str:
    """An expression of SPDX's as it is written there; empty where the words are none."""
    try:
        return canonicalize_license_expression(words) if words else ""
    except InvalidLicenseExpression:
        return ""


def tools() -> Iterator[tuple[str, str, str, str, str]]:
    """What the publishing workflows run beside the packages: kind, name, version, address, declared licence."""
    text = "".join((SCAFFOLD / name).read_text("utf-8") for name in WORKFLOWS)
    for name, sha, version in sorted(set(re.findall(r"uses: ([\w/-]+)@(\w+) # v(\S+)", text))):
        yield "application", name, version, f"pkg:github/{name}@{sha}", "MIT"
    for name, tag in sorted(set(re.findall(r"image: (\w+):(\S+)", text))):
        yield "container", name, tag, f"pkg:docker/{name}@{tag}", ""
    for tag in sorted(set(re.findall(r"runs-on: (ubuntu-\S+)", text))):
        yield "container", "GitHub's runner", tag, "", ""
    for version in sorted(set(re.findall(r"image: python:([\d.]+)", text))):
        yield "platform", "CPython", version, f"pkg:generic/cpython@{version}", "PSF-2.0"


def component(kind: str, name: str, version: str, address: str, under: str) -> dict[str, Any]:
    """A part of the bill."""
    part = {"type": kind, "name": name, "version": version, "bom-ref": address or f"{name} {version}"}
    if address:
        part["purl"] = address
    return part | ({"licenses": declared(under)} if under else {})


def declared(under: str) -> list[dict[str, Any]]:
    """A licence in CycloneDX's form."""
    return [{"expression": under}] if spdx(under) else [{"license": {"name": under}}]


def version() -> str:
    """Which Kokemus this is."""
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return found


def bill() -> dict[str, Any]:
    """The bill as CycloneDX has it."""
    shipped = [
        {"type": "data", "name": part.what, "bom-ref": f"shipped-{number}", "licenses": declared(part.licence)}
        for number, part in enumerate(SHIPPED)
    ]
    libraries = [
        component("library", name, version, f"pkg:pypi/{name}@{version}", licence(name))
        | {"hashes": [{"alg": "SHA-256", "content": hash} for hash in hashes]}
        for name, version, hashes in packages()
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": component("application", "kokemus", version(), f"pkg:pypi/kokemus@{version()}", "MIT")
        },
        "components": [*shipped, *(component(*tool) for tool in tools()), *libraries],
    }


def licences() -> str:
    """The same for people."""
    lines = ["# Licences", "", f"Of Kokemus {version()}. Written by `make sbom`.", "", "## Shipped to visitors", ""]
    lines += [f"- {part.what}: {part.licence}" for part in SHIPPED]
    lines += ["", "## Runs in the build, and is not shipped", ""]
    lines += ["A licence stands here as it is declared; container images list those of all that is in them.", ""]
    lines += ["| what | version | licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {under or 'of its parts'} |" for _, name, version, _, under in tools()]
    lines += [f"| {name} | {version} | {licence(name) or 'only on other systems'} |" for name, version, _ in packages()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "sbom.json").write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    (ROOT / "docs" / "licences.md").write_text(licences(), "utf-8")
