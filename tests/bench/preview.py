"""Seconds until a changed card, and a changed hand-written page, are visible in ``kokemus serve``."""

import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from socket import socket
from statistics import median

from tests.bench.sites import BIN, ENVIRONMENT, Kind, prepare

QUIET = subprocess.DEVNULL
CHANGED = (
    ("a changed card", "experts/e06.yml", "esittelyt/", "Revontuli"),
    ("a changed page of text", "site_src/fi/about.md", "tietoa-sivustosta/", "\n## "),
)


def measure(rounds: int) -> None:
    """Measure several rounds, and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = prepare(Kind("demo"), Path(scratch, "kokemus"))
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        configuration = folder / "mkdocs.yml"
        configuration.write_text(f"{configuration.read_text('utf-8')}\ndev_addr: 127.0.0.1:{port}\n", "utf-8")
        served = subprocess.Popen([BIN / "kokemus", "serve"], cwd=folder, env=ENVIRONMENT, stdout=QUIET, stderr=QUIET)
        try:
            print(f"\nPreview of the demo, seconds until it is on the screen, median of {rounds}; goal 0.7\n")
            print(f"{'the first page':34}{_until(port, '', '</html>'):8.2f}")
            for what, name, page, old in CHANGED:
                text, took = (folder / name).read_text("utf-8"), []
                for number in range(rounds):
                    time.sleep(1)
                    (folder / name).write_text(text.replace(old, f"{old}Uusi{number}", 1), "utf-8")
                    took.append(_until(port, page, f"Uusi{number}"))
                print(f"{what:34}{median(took):8.2f}", flush=True)
        finally:
            served.terminate()
            served.wait()


def _until(port: int, page: str, said: str) -> float:
    began = time.perf_counter()
    while said not in _got(f"http://127.0.0.1:{port}/{page}"):
        if time.perf_counter() - began > 60:
            raise SystemExit(f"{said} was never on the screen")
        time.sleep(0.01)
    return time.perf_counter() - began


def _got(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""
