"""Everything that the configuration names, read and checked."""

from pathlib import Path

import pytest

from kokemus.publication import publish
from kokemus.publication.inputs import gather
from tests.conftest import DEMO_DAY, change


@pytest.mark.parametrize("name", ["x7k2m.yml", "experts/2026/x7k2m.yml", "expert/x7k2m.yaml"])
def test_a_profile_in_a_folder_that_is_not_read_is_an_error(demo: Path, name: str) -> None:
    """Otherwise its expert would be missing, and the advice would be to arrange less."""
    assert not any(found.code == "stray-profile" for found in gather(demo / "mkdocs.yml").problems)
    (demo / name).parent.mkdir(parents=True, exist_ok=True)
    (demo / "experts" / "e05.yml").rename(demo / name)
    assert [found.path for found in gather(demo / "mkdocs.yml").problems if found.code == "stray-profile"] == [name]


@pytest.mark.parametrize("name", ["experts-2025", "experts/vanhat", "old/experts"])
def test_a_folder_of_copied_profiles_is_one_error(demo: Path, name: str) -> None:
    """Not one for each file, and no advice to move a copy in. So is the folder of a former association."""
    (demo / name).parent.mkdir(exist_ok=True)
    copied = sorted((demo / "experts").glob("e0*.yml"))
    (demo / name).mkdir()
    for file in copied:
        (demo / name / file.name).write_bytes(file.read_bytes())
    (found,) = [one for one in gather(demo / "mkdocs.yml").problems if one.code.startswith("stray-profile")]
    assert (found.code, found.path, dict(found.values)["count"]) == ("stray-profiles", name, "9")
    for file in copied[2:]:
        (demo / name / file.name).unlink()
    for file in copied[:2]:
        (demo / name / file.name).rename(demo / name / f"x{file.name}")
    found_one_by_one = [one for one in gather(demo / "mkdocs.yml").problems if one.code.startswith("stray-profile")]
    assert [one.path for one in found_one_by_one] == [f"{name}/x{file.name}" for file in copied[:2]]


@pytest.mark.parametrize("name", ["old/experts/_example.yml", "copy/_example.yml"])
def test_an_example_in_another_folder_is_no_profile_until_it_is_signed(demo: Path, name: str) -> None:
    """A copy of a new folder, as an installation has it, holds examples; somebody may have filled one in."""
    (demo / name).parent.mkdir(parents=True)
    (demo / name).write_bytes((demo / "experts" / "e05.yml").read_bytes())
    assert [one.path for one in gather(demo / "mkdocs.yml").problems if one.code == "stray-profile"] == [name]
    change(demo, name, "given: 2026", "given: …")
    assert not [one for one in gather(demo / "mkdocs.yml").problems if one.code == "stray-profile"]


def test_a_signed_profile_whose_name_begins_with_an_underscore_is_reported(demo: Path) -> None:
    """The audit does not know its private values. The template, which is unsigned, is ignored silently."""

    def told() -> list[str]:
        return [one.path for one in gather(demo / "mkdocs.yml").problems if one.code == "profile-passed-over"]

    assert told() == []
    text = (demo / "experts" / "e05.yml").read_text("utf-8")
    (demo / "experts" / "_new.yml").write_text(text.replace("given: 2026-04-13", "given:"), "utf-8")
    assert told() == []
    (demo / "experts" / "e05.yml").rename(demo / "experts" / "_e05.yml")
    assert told() == ["experts/_e05.yml"]


@pytest.mark.parametrize("name", ["e99.docx", "e99.pdf", "Kuvitteellinen.odt"])
def test_a_document_among_the_profiles_is_reported(demo: Path, name: str) -> None:
    """Nothing reads it, and git keeps it."""
    (demo / "experts" / name).write_bytes(b"PK")
    assert [one.path for one in gather(demo / "mkdocs.yml").problems if one.code == "not-plain-text"] == [
        f"experts/{name}"
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("  - kokemus:", "  kokemus:", "plugin-dash"), ("  - kokemus:", "  - kokemu:", "no-plugin")],
)
def test_a_mistake_above_all_settings_is_one_problem(demo: Path, old: str, new: str, code: str) -> None:
    """The settings are all there, so they are not reported as missing."""
    change(demo, "mkdocs.yml", old, new)
    found = gather(demo / "mkdocs.yml").problems
    assert [one.code for one in found if one.path == "mkdocs.yml"] == [code]


@pytest.mark.parametrize("name", ["e05.jpg", "Suostumus e05.HEIC", "scan.tiff"])
def test_a_scanned_sheet_among_the_profiles_is_reported(demo: Path, name: str) -> None:
    """Git would keep the signature."""
    (demo / "experts" / name).write_bytes(b"\xff\xd8")
    (found,) = [one for one in gather(demo / "mkdocs.yml").problems if one.code == "scan"]
    assert (found.path, found.severity) == (f"experts/{name}", "error")


def test_a_consent_text_that_is_newer_than_the_signature_is_the_only_message(demo: Path) -> None:
    """A typing error in the year must not lead to «erase this profile», and an admission that moved is its effect."""
    change(demo, "experts/e05.yml", "given: 2026-04-13", "given: 2016-04-13")
    found = publish.publish(gather(demo / "mkdocs.yml"), DEMO_DAY).problems
    assert [(one.code, one.route) for one in found if one.path == "experts/e05.yml"] == [
        ("consent-text-later", ("consent", "text"))
    ]
    change(demo, "experts/e05.yml", '  text: "2026-1"', '  text: "2015-1"')
    found = publish.publish(gather(demo / "mkdocs.yml"), DEMO_DAY).problems
    assert [one.code for one in found if one.path == "experts/e05.yml"] == ["kept-too-long"]


def test_a_copy_of_the_edition_is_no_profile(demo: Path) -> None:
    """Whatever it is called."""
    for name in ("edition-vanha.yml", "edition (1).yml"):
        (demo / "experts" / name).write_bytes((demo / "experts" / "edition.yml").read_bytes())
    found = gather(demo / "mkdocs.yml").problems
    assert [(one.code, one.severity) for one in found] == [("file-copy", "error")] * 2


@pytest.mark.parametrize(
    ("name", "to"), [("topics.yml", "topics.yml"), ("formats.yml", "formats.yml"), ("omat aiheet.yml", "topics.yml")]
)
def test_own_terms_among_the_profiles_are_told_once_and_no_profile(demo: Path, name: str, to: str) -> None:
    """Nothing else is said of the file. The control is a profile that has the name."""
    before = {found.code for found in gather(demo / "mkdocs.yml").problems}
    file = demo / "experts" / name
    file.write_text("stammering: {group: identity, fi: änkytys, sv: stamning, en: stammering}\n", "utf-8")
    (found,) = [one for one in gather(demo / "mkdocs.yml").problems if one.code not in before]
    assert (found.code, found.path) == ("terms-among-profiles", f"experts/{name}")
    assert found.help.endswith(f" terms/{to}")
    (demo / "experts/e05.yml").rename(file)
    assert not any(one.code == "terms-among-profiles" for one in gather(demo / "mkdocs.yml").problems)
