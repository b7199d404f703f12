"""Writes the bill of materials: ``sbom.json`` (CycloneDX 1.6) and ``docs/licences.md``.

What is shipped is told here, file by file; what runs in the build is read off the lock file and the workflows that
publish. The same files always give the same bytes. A licence is told as it is declared: one that names no version, such
as "BSD License", is not made more exact.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SCAFFOLD = ROOT / "generator" / "kokemus" / "coordinator" / "scaffold"
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
            *("public/theme/assets/favicon.svg", "public/styles/*.css", "public/scripts/*.js"),
            *(f"public/theme/{name}" for name in ("404.html", "main.html", "sitemap.xml")),
            *("public/templates/*.html", "public/templates/*.xml"),
            *("public/templates/*.svg", "public/templates/*.js", "public/schemas/catalogue-2.json"),
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


def component(
    kind: ComponentType, name: str, version: str | None, address: str, under: str, hashes: Iterable[str] = ()
) -> Component:
    """A part of the bill."""
    return Component(
        type=kind,
        name=name,
        version=version,
        bom_ref=address or f"{name} {version}",
        purl=PackageURL.from_string(address) if address.startswith("pkg:") else None,
        licenses=[LicenseFactory().make_from_string(under)] if under else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=hash) for hash in hashes],
    )


def needed(name: str) -> set[str]:
    """The packages that one needs on this system: by our own project file, or as far as it is installed."""
    try:
        found = PROJECT["dependencies"] if name == PROJECT["name"] else requires(name) or ()
    except PackageNotFoundError:
        return set()
    told = map(Requirement, found)
    return {canonicalize_name(one.name) for one in told if not one.marker or one.marker.evaluate({"extra": ""})}


def version() -> str:
    """Which Kokemus this is."""
    return str(PROJECT["version"])


def bill() -> str:
    """The bill as CycloneDX has it, without the hour and the number of a printing."""
    own = component(ComponentType.APPLICATION, "kokemus", version(), f"pkg:pypi/kokemus@{version()}", "MIT")
    shipped = (
        component(ComponentType.DATA, part.what, None, f"shipped-{number}", part.licence)
        for number, part in enumerate(SHIPPED)
    )
    libraries = [
        component(ComponentType.LIBRARY, name, number, f"pkg:pypi/{name}@{number}", licence(name), hashes)
        for name, number, hashes in packages()
    ]
    runs = (component(ComponentType(kind), *tool) for kind, *tool in tools())
    made = Bom(components=[*shipped, *runs, *libraries], serial_number=uuid5(NAMESPACE_URL, str(own.purl)))
    made.metadata.component = own
    made.metadata.timestamp = None  # type: ignore[assignment]  # it may be missing, and would be the hour of the run
    for part in (own, *libraries):
        names = needed(part.name)
        made.register_dependency(part, [one for one in libraries if one.name in names])
    return JsonV1Dot6(made).output_as_string(indent=1) + "\n"


def licences() -> str:
    """The same for people."""
    lines = ["# Licences", "", f"For Kokemus {version()}. Written by `make sbom`.", "", "## Shipped to visitors", ""]
    lines += [f"- {part.what}: {part.licence}" for part in SHIPPED]
    lines += ["", "## Runs in the build, and is not shipped", ""]
    lines += [
        "Licences as each package declares them. «its parts»: an image, which lists the licences of its contents.",
        "",
    ]
    lines += ["| what | version | licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {under or 'its parts'} |" for _, name, version, _, under in tools()]
    lines += [f"| {name} | {version} | {licence(name) or 'only on other systems'} |" for name, version, _ in packages()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "sbom.json").write_text(bill(), "utf-8")
    (ROOT / "docs" / "licences.md").write_text(licences(), "utf-8")
