"""``python -m tests.bench.ours FILE``: run ``kokemus build`` in this folder, and write the times of its stages to FILE.

«check» reads and checks everything and decides what is listed; «pages» fills the templates; «audit» searches every byte
for private values. The rest is Python's imports, and MkDocs, which writes the files.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kokemus import plugin
from kokemus.cli.main import main
from kokemus.plugin import KokemusPlugin
from kokemus.publication import publish

STAGES = {"check": ((plugin, "gather"), (publish, "publish")), "pages": ((KokemusPlugin, "on_files"),)}
STAGES["audit"] = ((KokemusPlugin, "is_clean"),)
took = dict.fromkeys(STAGES, 0.0)


def timed(stage: str, does: Callable[..., Any]) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return does(*given, **named)
        finally:
            took[stage] += time.perf_counter() - began

    return run


if __name__ == "__main__":
    for stage, parts in STAGES.items():
        for owner, name in parts:
            setattr(owner, name, timed(stage, getattr(owner, name)))
    try:
        main(["build"], standalone_mode=False)
    finally:
        Path(sys.argv[1]).write_text(json.dumps(took), "utf-8")
