"""Sources of the measured sites: the demo, with more topics, or with an invented population instead of its experts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import yaml

from kokemus import dates, vocabulary
from kokemus.resources import LANGUAGES
from tests.bench import population

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
SERVED, CARE = ("lappi",), 300
ENVIRONMENT: Mapping[str, str] = os.environ | {
    "NO_MKDOCS_2_WARNING": "1",
    "PATH": f"{BIN}:{os.environ['PATH']}",
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}",
    "SOURCE_DATE_EPOCH": dates.epoch(population.DAY),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A site with a number of invented experts and of own topics. Without invented experts it has the demo's."""

    name: str
    experts: int = 0
    topics: int = 0


def prepare(kind: Kind, folder: Path) -> Path:
    """Write the sources of a site: configuration, pages, profiles, own terms, and an edition of the day."""
    folder.mkdir(parents=True)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    if f"serves: [{', '.join(SERVED)}]" not in text:
        raise ValueError("the demo serves another area than the invented experts")
    shutil.copytree(ROOT / "site_src", folder / "site_src")
    own = _own_topics(kind.topics)
    if own:
        (folder / "terms").mkdir()
        # JSON is valid YAML, and never uses anchors for repeated values.
        (folder / "terms" / "topics.yml").write_text(json.dumps(own, ensure_ascii=False, indent=1), "utf-8")
        text = text.replace("      arranges:\n", f"      house_topics: [{', '.join([*own][::2])}]\n      arranges:\n")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    if kind.experts:
        terms, _ = vocabulary.load()
        population.write(folder / "experts", kind.experts, terms.serving(SERVED), seed=7)
        command = [str(BIN / "kokemus"), "edition", "--write"]
        done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
    else:
        shutil.copytree(ROOT / "experts", folder / "experts")
    return folder


def _own_topics(number: int) -> dict[str, dict[str, object]]:
    """The association's own topics, each a copy of a shipped one under another name.

    Only the first have a care note; with one each, a thousand would exceed the size limit of a file of terms.
    """
    shipped = yaml.safe_load((ROOT / "generator" / "kokemus" / "terms" / "topics.yml").read_text("utf-8"))
    own = {}
    for copy, (id, term) in zip(range(number), cycle(shipped.items()), strict=False):
        labels = {language: f"{term[language]} {copy}" for language in LANGUAGES}
        own[f"{id}-{copy}"] = {
            key: term[key] for key in ("group", "about", "care")[: 3 if copy < CARE else 2] if key in term
        } | labels
    return own
