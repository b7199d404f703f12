"""What tests share: the vocabulary, small profiles as text, copies of the demo, and a real browser."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from kokemus import dates, vocabulary
from kokemus.publication.inputs import Inputs, gather
from kokemus.settings import together
from kokemus.settings.together import Partner
from kokemus.vocabulary import Vocabulary
from tests.rigs import grammars, warm

if TYPE_CHECKING:
    from tests.quality.sites import Shown
    from tests.quality.weight import Visit

assert grammars
os.environ.pop("CI", None)
"""Commands behave as at a coordinator's terminal, also if the tests run in CI. A test that needs CI sets it itself."""

hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

ROOT = Path(__file__).parent.parent
DEMOS = {"demo", "demo_site", "embedded_site", "small_site"}
DEMO_DAY = date(2026, 11, 24)
SETTINGS = ("init.defaultBranch=main", "init.templateDir=", "core.fsync=none", "gc.auto=0", "maintenance.auto=false")
"""Settings of git that save time: no hooks to copy, and no maintenance, which only a permanent repository needs."""
WITHOUT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "AimEnabled"),
    *("NetworkTimeServiceQuerying", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
"""Disabled features of Chromium. Ours are the last two: the pages behind the address bar's suggestions, which each new
window loads more slowly than most of our pages. The others are Playwright's own list, which this option replaces."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests: slow ones first, quick ones last, so that no core is idle at the end.

    Tests that use the demo, directly or through another fixture, are marked ``demo``.
    """
    for item in items:
        if DEMOS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("demo")
    kinds = ("long", "browser", "build", "slow", "demo")
    items.sort(key=lambda item: next((n for n, kind in enumerate(kinds) if item.get_closest_marker(kind)), len(kinds)))


@pytest.fixture(scope="session")
def whole_country() -> Vocabulary:
    """The project's own vocabulary, serving the whole country."""
    terms, problems = vocabulary.load()
    assert problems == ()
    return terms


@pytest.fixture(scope="session")
def lapland(whole_country: Vocabulary) -> Vocabulary:
    """The project's own vocabulary, serving Lapland, for two associations."""
    partners = {id: Partner(name=f"Yhdistys {id[-1].upper()} ry") for id in ("lappi-a", "lappi-b")}
    return replace(whole_country.serving(["lappi"]), associations=together.terms(partners))


@pytest.fixture(scope="session")
def inputs() -> Inputs:
    """All that is read of the demo itself."""
    return gather(ROOT / "mkdocs.yml")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of the demo to change at will: configuration, pages and profiles."""
    return copy_of_demo(tmp_path / "demo")


@pytest.fixture
def small(demo: Path) -> Path:
    """The demo in one language and serving one small sub-region, to build quickly."""
    return smaller(demo)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demo with its site, to copy."""
    return once(tmp_path_factory, "small", lambda folder: _well(build(smaller(copy_of_demo(folder)))))


@pytest.fixture
def built(tmp_path: Path, small_site: Path) -> Path:
    """The small demo to change at will, with the site that a build on the demo's day has left there."""
    return shutil.copytree(small_site, tmp_path / "demo")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder shared by all workers. The first worker that needs it makes it; the others wait and use it."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, made = base / name, base / f"{name}.made"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            made.touch()
    return folder


def smaller(demo: Path) -> Path:
    configuration = demo / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("[fi, sv, en]", "[fi]").replace("[lappi]", "[kemi-tornio]"), "utf-8")
    return demo


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change a text in a file, which must be there."""
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def copy_of_demo(folder: Path) -> Path:
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("site_src", "experts"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@dataclass(frozen=True)
class Run:
    """A finished command: its exit code and everything it printed."""

    code: int
    output: str


def kokemus(folder: Path, *arguments: str, **environment: str) -> Run:
    """Run the real command in a folder."""
    return run(folder, "kokemus", *arguments, **environment)


def _well(done: Run) -> None:
    assert done.code == 0, done.output


def run(folder: Path, command: str, *arguments: str, **environment: str) -> Run:
    """Run a command of the environment that the tests run in; a fork will do unless the environment is another."""
    if command in warm.COMMANDS and environment.keys() <= {"SOURCE_DATE_EPOCH", "CI"}:
        code, out, err = warm.run(folder, command, arguments, _clean(environment))
        return Run(code, out + err)
    return run_alone(folder, command, *arguments, **environment)


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    return {**own, "NO_MKDOCS_2_WARNING": "1", **environment}


def run_alone(folder: Path, command: str, *arguments: str, **environment: str) -> Run:
    """The same in a process that begins with nothing, as at a terminal."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / command), *arguments],
        cwd=folder,
        env=_clean(environment),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr)


def build(folder: Path, on: date = DEMO_DAY, *arguments: str) -> Run:
    """``kokemus build`` on a day."""
    return kokemus(folder, "build", "--on", on.isoformat(), *arguments)


def mkdocs(folder: Path, *arguments: str, on: date = DEMO_DAY) -> Run:
    """Plain MkDocs on a day."""
    return run(folder, "mkdocs", *arguments, SOURCE_DATE_EPOCH=dates.epoch(on))


def git(folder: Path, *arguments: str) -> str:
    """A real git command, of nobody and without anybody's settings; what it prints."""
    nobody = {
        f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *(word for setting in SETTINGS for word in ("-c", setting)), *arguments],
        cwd=folder,
        env=os.environ | nobody | {"GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site, by its path."""
    return {str(file.relative_to(site)): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's site, built once for all tests, as at a terminal."""

    def make(folder: Path) -> None:
        _well(run_alone(copy_of_demo(folder), "kokemus", "build", "--on", DEMO_DAY.isoformat()))

    return once(tmp_path_factory, "demo", make) / "site"


@pytest.fixture(scope="session")
def first_views(demo_site: Path, chromium: Browser) -> "list[tuple[Shown, Visit]]":
    """A first visit to each kind of page of the demo, on a host that compresses and sends its headers."""
    from tests.promises.test_5_everyone import PAGES
    from tests.quality import host, sites, weight

    with host.hosted(demo_site) as address:
        chosen = [page for page in sites.pages(demo_site) if page.url in PAGES]
        assert len(chosen) == len(PAGES)
        return [(page, weight.visit(chromium, address, page.url)) for page in chosen]


@dataclass
class FormService:
    """A form service on this machine: takes what is posted and sends the browser on, as the generic service does."""

    address: str = ""
    received: list[list[tuple[str, str]]] = field(default_factory=list)


@contextmanager
def taking_requests() -> Iterator[FormService]:
    """A running form service that records every submission in order."""
    service = FormService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = parse_qsl(body, keep_blank_values=True)
            service.received.append(fields)
            self.send_response(303)
            self.send_header("Location", dict(fields)["_redirect"])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with _serving(Handler) as address:
        service.address = f"{address}/kokemus"
        yield service


@dataclass
class _serving:  # noqa: N801
    handler: Callable[..., BaseHTTPRequestHandler]

    def __enter__(self) -> str:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder over real HTTP; gives the address."""
    running: list[_serving] = []

    def start(folder: Path) -> str:
        server = _serving(partial(_Quiet, directory=str(folder)))
        running.append(server)
        return server.__enter__() + "/"

    yield start
    for server in running:
        server.__exit__()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium that talks to nobody but this machine."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def browser_path() -> str:
    """Where the system's Chromium is."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.fail("The browser tests need Chromium: sudo apt-get install chromium, or your system's way")
    return path


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, told to talk to nobody by itself."""
    flags = ("no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking")
    more = ("disable-component-update", "disable-sync", f"disable-features={','.join(WITHOUT)}")
    browser = playwright.chromium.launch(executable_path=browser_path(), args=[f"--{flag}" for flag in (*flags, *more)])
    new_context = browser.new_context

    def on_the_demo_s_day(**options: Any) -> BrowserContext:
        """So that the demo never looks abandoned, however late the tests are run; timers run as ever."""
        context = new_context(**options)
        context.add_init_script(f"Date.now = () => {dates.epoch(DEMO_DAY)}000")
        return context

    browser.new_context = on_the_demo_s_day  # type: ignore[method-assign]
    browser.new_page = lambda **options: on_the_demo_s_day(**options).new_page()  # type: ignore[method-assign]
    return browser
