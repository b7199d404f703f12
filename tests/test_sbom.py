"""The bill of materials is that of the lock file, in CycloneDX's form, and every licence is known."""

import runpy

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT


def test_the_bill_of_materials_is_fresh_and_valid() -> None:
    """After a change of dependencies: make sbom. Each package with its version, hashes and licence."""
    made = runpy.run_path(str(ROOT / ".ci" / "sbom.py"))
    text = (ROOT / "sbom.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"library"', '"libary"')) is not None
    bill = made["bill"]()
    fresh = {part["bom-ref"]: part for part in bill["components"]}
    written = {part["bom-ref"]: part for part in made["json"].loads(text)["components"]}
    assert fresh.keys() == written.keys()
    for name, part in written.items():
        assert part.get("hashes") == fresh[name].get("hashes"), name
        assert fresh[name].get("licenses") in (None, part.get("licenses")), name
    assert len(made["packages"]()) == (ROOT / "requirements.lock").read_text("utf-8").count("==")


def test_every_licence_is_named() -> None:
    """None is left for a person to find out, but of what is installed on other systems alone."""
    listed = (ROOT / "docs" / "licences.md").read_text("utf-8")
    assert "| mkdocs | " in listed
    assert "|  |" not in listed
    assert "UNKNOWN" not in listed
    assert listed.count("only on other systems") < 3
