"""Run each of the project's commands in its own process, without a second of imports: as a fork of a warm process.

``python tests/rigs/warm.py`` is the warm process. It reads one command per line, runs the installed script in a fork,
and answers with the exit code. A command reads its folder and environment in the fork. That a fork writes the same site
as a real command is checked by ``promises/test_7_reproducible.py``, which builds its demo site without a fork. All
forks share the hash seed, umask and limits of the warm process; a test of one of these needs a real process.
"""

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO

COMMANDS = ("kokemus", "mkdocs")
SECONDS = 300


def run(folder: Path, command: str, arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Run a command in a folder. Returns its exit code, standard output and standard error."""
    with tempfile.TemporaryDirectory() as name:
        out, err = Path(name) / "out", Path(name) / "err"
        script = str(Path(sys.executable).parent / command)
        asked = [[script, *arguments], str(folder), dict(environment), str(out), str(err)]
        questions, answers = _server()
        print(json.dumps(asked), file=questions, flush=True)
        return int(answers.readline()), out.read_text("utf-8"), err.read_text("utf-8")


@cache
def _server() -> tuple[IO[str], IO[str]]:
    process = subprocess.Popen(
        [sys.executable, "-P", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert process.stdin
    assert process.stdout
    atexit.register(process.communicate)
    return process.stdin, process.stdout


def _prepare() -> None:
    """Import, read and compile everything shipped that commands use, by making the demo's pages once.

    ``fsync`` is disabled, because it only matters if the whole machine stops.
    """
    import mkdocs.__main__

    import kokemus.cli.main
    import kokemus.desk.app
    import kokemus.engine
    from kokemus.publication.inputs import gather
    from kokemus.publication.publish import publish
    from kokemus.reports.paper import PAPERS
    from kokemus.website.pages import pages

    assert kokemus.cli
    assert kokemus.desk
    assert kokemus.engine
    assert mkdocs.__main__
    for name in PAPERS.list_templates():
        PAPERS.get_template(name)
    made = publish(gather(Path(__file__).parents[2] / "mkdocs.yml"), date(2026, 11, 24))
    assert made.site
    for _ in pages(made.site, made.guides):
        pass
    os.fsync = lambda fd: None
    gc.collect()
    gc.freeze()


def _become(words: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    """Turn the fork into the command: in its folder, with its environment and empty standard input."""
    signal.alarm(SECONDS)
    for number, file, flags in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        os.dup2(os.open(file, flags | os.O_CREAT), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = words
    runpy.run_path(words[0], run_name="__main__")


def main() -> None:
    """Run a fork for each line of standard input."""
    _prepare()
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            _become(*json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
