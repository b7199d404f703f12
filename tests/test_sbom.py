"""The bill of materials matches the lock file and the workflows, is valid CycloneDX, and names every licence."""

import json
import re
import runpy
from importlib.resources import files
from pathlib import Path, PurePosixPath

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT

PACKAGE = ROOT / "generator" / "kokemus"


def test_the_bill_of_materials_is_fresh_and_valid() -> None:
    """After changing dependencies: make sbom. Each package has its version, hashes and licence."""
    made = runpy.run_path(str(ROOT / ".ci" / "sbom.py"))
    text = (ROOT / "sbom.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"library"', '"libary"')) is not None
    bill, shown = json.loads(made["bill"]()), json.loads(text)
    fresh = {part["bom-ref"]: part for part in bill["components"]}
    written = {part["bom-ref"]: part for part in shown["components"]}
    assert fresh.keys() == written.keys()
    assert (bill["metadata"], bill["serialNumber"]) == (shown["metadata"], shown["serialNumber"])
    needs = {one["ref"]: one.get("dependsOn", ()) for one in shown["dependencies"]}
    assert any(ref.startswith("pkg:pypi/mkdocs@") for ref in needs[bill["metadata"]["component"]["bom-ref"]])
    assert bill["metadata"]["component"]["version"] == made["version"]()
    names = {part["name"] for part in written.values()}
    assert names >= {"CPython", "python", "GitHub's runner", "actions/checkout", "actions/deploy-pages", "mkdocs"}
    for name, part in written.items():
        assert part.get("hashes") == fresh[name].get("hashes"), name
        assert fresh[name].get("licenses") in (None, part.get("licenses")), name
    assert len(made["packages"]()) == (ROOT / "requirements.lock").read_text("utf-8").count("==")


def test_every_licence_is_named() -> None:
    """None is left to find out by hand, except for packages that are only installed on other systems."""
    listed = (ROOT / "docs" / "licences.md").read_text("utf-8")
    assert "| mkdocs | " in listed
    assert "|  |" not in listed
    assert "UNKNOWN" not in listed
    assert listed.count("only on other systems") < 3


def test_a_licence_is_reported_as_declared() -> None:
    """If a licence is declared without a version, none is added."""
    licence = runpy.run_path(str(ROOT / ".ci" / "sbom.py"))["licence"]
    assert licence("mkdocs") == "BSD-2-Clause"
    assert licence("jinja2") == "BSD License"
    assert licence("python-stdnum") == "LGPL-2.0-or-later"
    assert licence("no-such-package") == ""


def test_every_file_that_pages_are_made_of_is_named_under_a_licence() -> None:
    """A new asset must be declared, whoever made it. No declared asset is missing."""
    globs = [glob for part in runpy.run_path(str(ROOT / ".ci" / "sbom.py"))["SHIPPED"] for glob in part.files]
    shipped = [
        str(file.relative_to(PACKAGE))
        for folder in ("public/theme", "public/scripts", "public/styles", "public/templates")
        for file in sorted((PACKAGE / folder).rglob("*"))
        if file.is_file()
    ]
    assert len(shipped) > 30
    assert not [name for name in shipped if not any(PurePosixPath(name).match(glob) for glob in globs)]
    assert not [glob for glob in globs if not list(PACKAGE.glob(glob))]
    assert not any(PurePosixPath("public/theme/assets/new.js").match(glob) for glob in globs)


@pytest.mark.build
def test_a_built_site_holds_nothing_else(demo_site: Path) -> None:
    """No assets but those of the theme, and no icons but Material Design's."""
    assert {file.name for file in (demo_site / "assets").iterdir()} == {
        file.name
        for folder in ("theme/assets", "scripts", "styles")
        for file in (PACKAGE / "public" / folder).iterdir()
    }
    kinds = {file.suffix for file in demo_site.rglob("*") if file.is_file()}
    assert kinds == {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ""}
    icons = files("material") / "templates" / ".icons" / "material"
    known = {re.sub(r"^<svg [^>]*>", "", file.read_text("utf-8")).strip() for file in icons.iterdir()}
    pages = "".join(file.read_text("utf-8") for file in demo_site.rglob("*.html"))
    used = {found.strip() for found in re.findall(r'<svg class="icon"[^>]*>(.*?</svg>)', pages, re.DOTALL)}
    assert len(used) > 20
    assert used <= known
