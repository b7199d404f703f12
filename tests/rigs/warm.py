"""Run each of the project's commands in its own process, without a second of imports: as a fork of a warm process.

``python tests/rigs/warm.py`` is the warm process. It reads one command per line, runs the installed script in a fork,
and answers with the exit code. A command reads its folder and environment in the fork. That a fork writes the same site
as a real command is checked by ``promises/test_7_reproducible.py``, which builds its demo site without a fork. All
forks share the hash seed, umask and limits of the warm process; a test of one of these needs a real process.

With a socket as standard input it is the warm process of an environment in which ``kokemus`` is installed. The command
in the folder that ``installed`` makes hands its words, folder, variables, files and limits over the socket, and ends as
the fork ends; if it is killed, so is the fork.
"""

import atexit
import gc
import json
import os
import resource
import runpy
import select
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO

COMMANDS = ("kokemus", "mkdocs")
SECONDS = 300
CLIENT = """#!{python} -IS
import json, os, resource, signal, socket, sys
with socket.socket(socket.AF_UNIX) as warm:
    warm.connect("{address}")
    asked = ["{script}", *sys.argv[1:]], os.getcwd(), dict(os.environ), resource.getrlimit(resource.RLIMIT_FSIZE)
    socket.send_fds(warm, [b" "], [0, 1, 2])
    warm.sendall(json.dumps(asked).encode() + b"\\n")
    code = int(warm.recv(16) or 1)
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


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


@contextmanager
def installed(environment: Path) -> Iterator[Path]:
    """An environment with the same command, which does not import anything; ``kokemus-alone`` is the real one."""
    with tempfile.TemporaryDirectory() as name, socket.socket(socket.AF_UNIX) as heard:
        address, script = f"{name}/warm", environment / "bin" / "kokemus"
        heard.bind(address)
        heard.listen()
        warm = subprocess.Popen([environment / "bin" / "python", "-I", __file__], stdin=heard.fileno())
        made = Path(name) / "bin"
        made.mkdir()
        (made / "kokemus").write_text(CLIENT.format(python=sys.executable, address=address, script=script))
        (made / "kokemus").chmod(0o755)
        (made / "kokemus-alone").symlink_to(script)
        yield Path(name)
        warm.kill()
        warm.wait()


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
    from kokemus.website.pages import document

    assert kokemus.cli
    assert kokemus.desk
    assert kokemus.engine
    assert mkdocs.__main__
    for name in PAPERS.list_templates():
        PAPERS.get_template(name)
    made = publish(gather(Path(__file__).parents[2] / "mkdocs.yml"), date(2026, 11, 24))
    assert made.site
    for page in made.pages():
        document(made.site, page, page.content)
    assert made.data
    os.fsync = lambda fd: None
    gc.collect()
    gc.freeze()


def _become(words: list[str], folder: str, environment: dict[str, str]) -> None:
    """Turn the fork into the command: in its folder, with its environment."""
    signal.alarm(SECONDS)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = words
    runpy.run_path(words[0], run_name="__main__")


def _answer(client: socket.socket) -> bool:
    """Run what an installed command asks for, with its files and its limit, as long as it lives. True in the fork."""
    _, files, _, _ = socket.recv_fds(client, 1, 3)
    with client.makefile() as lines:
        words, folder, environment, limit = json.loads(lines.readline())
    child = os.fork()
    for number, file in enumerate(files):
        if not child:
            os.dup2(file, number)
        os.close(file)
    if not child:
        client.close()
        resource.setrlimit(resource.RLIMIT_FSIZE, tuple(limit))
        _become(words, folder, environment)
        return True
    ended = os.pidfd_open(child)
    if ended not in select.select([client.fileno(), ended], [], [])[0]:
        os.kill(child, signal.SIGKILL)
    os.close(ended)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(BrokenPipeError):
        client.sendall(str(code).encode())
    return False


def _asked(line: str) -> bool:
    """Run the command that a line names. True in the fork."""
    child = os.fork()
    if not child:
        words, folder, environment, out, err = json.loads(line)
        for number, file, flags in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
            os.dup2(os.open(file, flags | os.O_CREAT), number)
        _become(words, folder, environment)
        return True
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return False


def main() -> None:
    """Run a fork for each line of standard input, or for each client if standard input is a socket."""
    _prepare()
    if not stat.S_ISSOCK(os.fstat(0).st_mode):
        any(map(_asked, sys.stdin))
        return
    caller = os.getppid()
    with socket.socket(fileno=os.dup(0)) as heard:
        while os.getppid() == caller:
            if select.select([heard.fileno()], [], [], 1)[0]:
                client, _ = heard.accept()
                with client:
                    if _answer(client):
                        return


if __name__ == "__main__":
    main()
