"""The adapter to MkDocs: what it keeps between two builds of a preview, and what it leaves to MkDocs."""

from dataclasses import replace
from pathlib import Path

import pytest

from kokemus.audit import Wanted
from kokemus.audit.needles import Secret
from kokemus.plugin import KokemusPlugin
from kokemus.publication import publish
from kokemus.publication.day import on_the_day
from kokemus.publication.inputs import Inputs, gather
from kokemus.publication.publish import Publication
from tests.conftest import DEMO_DAY, ROOT


def looking_for(inputs: Inputs, secret: Secret) -> Publication:
    day = replace(on_the_day(inputs, DEMO_DAY), secrets=Wanted((secret,)))
    return Publication(day=day, site=None, guides=(), problems=())


@pytest.fixture
def plugin() -> KokemusPlugin:
    """A plugin in the middle of a preview, with one secret."""
    plugin = KokemusPlugin()
    plugin.inputs = gather(ROOT / "mkdocs.yml")
    plugin.publication = looking_for(plugin.inputs, Secret("e01.yml", (), "Mallila"))
    return plugin


@pytest.mark.slow
def test_a_preview_looks_through_what_changed_and_only_that(
    plugin: KokemusPlugin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was clean is not searched again while its bytes stay the same; a changed file is."""
    looked_through: list[str] = []
    really = publish.leaks
    monkeypatch.setattr(publish, "leaks", lambda files, made: really((*map(noted, files),), made))

    def noted(file: tuple[str, bytes]) -> tuple[str, bytes]:
        looked_through.append(file[0])
        return file

    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("Tervetuloa")
    assert plugin.is_clean(tmp_path)
    assert sorted(looked_through) == ["a.html", "b.html"]
    looked_through.clear()
    assert plugin.is_clean(tmp_path)
    assert looked_through == []
    (tmp_path / "b.html").write_text("Tervetuloa, sanoo Mallila")
    assert not plugin.is_clean(tmp_path)
    assert not plugin.is_clean(tmp_path)
    assert looked_through == ["b.html", "b.html"]


def test_a_value_that_is_new_among_the_secrets_is_looked_for_everywhere(plugin: KokemusPlugin, tmp_path: Path) -> None:
    """A file without the old secrets may contain the new one."""
    (tmp_path / "a.html").write_text("Venla tervehtii")
    assert plugin.is_clean(tmp_path)
    plugin.publication = looking_for(plugin.inputs, Secret("e01.yml", ("private", "name"), "Venla"))
    assert not plugin.is_clean(tmp_path)


@pytest.mark.parametrize(
    ("preview", "writes", "kept"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_after_a_failed_build_only_a_preview_keeps_its_last_good_pages(
    plugin: KokemusPlugin, tmp_path: Path, preview: bool, writes: bool, kept: bool
) -> None:
    """Only if the build has not overwritten them yet: a leak is found after everything is written."""
    (tmp_path / "index.html").write_text("Tervetuloa")
    plugin.site_dir, plugin.preview, plugin.writes = str(tmp_path), preview, writes
    plugin.on_build_error(ValueError())
    assert (tmp_path / "index.html").exists() is kept
