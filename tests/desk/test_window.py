"""The built site is shown at a port of its own, to the opened browser alone; its scripts reach nothing of the desk."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client, TestResponse

from kokemus.desk.window import Window
from tests.desk.test_guard import Desk
from tests.desk.test_waiting import ask, served

assert served
HOST = "127.0.0.1:4322"


@pytest.fixture
def window(tmp_path: Path, demo_site: Path) -> Window:
    shutil.copytree(demo_site, tmp_path / "folder" / "site")
    made = Window(tmp_path / "folder")
    made.host = HOST
    return made


def get(window: Window, name: str = "", host: str = HOST, method: str = "GET") -> TestResponse:
    return Client(window).open(f"{urlsplit(window.address).path}{name}", method=method, headers={"Host": host})


def test_the_site_is_shown_as_it_was_built(window: Window, demo_site: Path) -> None:
    """With its styles and scripts, and folders as pages."""
    assert get(window).data == (demo_site / "index.html").read_bytes()
    assert get(window, "en/").data == (demo_site / "en" / "index.html").read_bytes()
    assert get(window, "en").headers["Location"].endswith("/en/")
    (sheet, *_) = (demo_site / "assets").glob("*.css")
    assert get(window, f"assets/{sheet.name}").mimetype == "text/css"
    assert get(window, "nothing").status_code == 404


def test_only_who_knows_the_word_sees_it_and_nothing_is_sent(window: Window) -> None:
    """Each attack as an attacker would try it; the control is the test above."""
    other = Client(window)
    for path in ("/", "/index.html", "/x/", "/x/index.html"):
        assert other.get(path, headers={"Host": HOST}).status_code == 403
    assert get(window, host="evil.example:4322").status_code == 421
    assert get(window, method="POST").status_code == 405
    policy = get(window).headers["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "name",
    ["../secret.yml", "%2e%2e/secret.yml", "..%2fsecret.yml", "link.yml", "..\\secret.yml", "inside/../../secret.yml"],
)
def test_nothing_outside_the_site_is_shown(window: Window, name: str) -> None:
    """Neither by dots in the address nor by a link in the site."""
    folder = window.site.parent
    (folder / "secret.yml").write_text("secret", "utf-8")
    (window.site / "link.yml").symlink_to(folder / "secret.yml")
    answer = get(window, name)
    assert answer.status_code in (403, 404)
    assert b"secret" not in answer.data


def test_a_folder_that_is_no_site_is_not_shown(window: Window) -> None:
    """Such as a folder of that name with papers in it."""
    address = window.address
    for file in window.site.glob("catalogue-*.json"):
        file.unlink()
    assert window.address == ""
    assert Client(window).get(urlsplit(address).path, headers={"Host": HOST}).status_code == 403


def test_the_publish_page_leads_to_the_site(served: Desk, demo_site: Path) -> None:
    """At another port, without a referrer and with no way back into the desk's window."""
    assert "Avaa sivusto" not in ask(served, "GET", "/publish")
    shutil.copytree(demo_site, served.folder / "site")
    page = ask(served, "GET", "/publish", 30)
    (address,) = re.findall(r'href="(http://127[^"]*)" target="_blank" rel="noopener noreferrer"', page)
    parts = urlsplit(address)
    assert parts.netloc != served.app.config["HOST"]
    assert served.keys.home not in address
    with closing(HTTPConnection(parts.netloc, timeout=5)) as link:
        link.request("GET", parts.path)
        assert link.getresponse().read() == (demo_site / "index.html").read_bytes()


def test_the_desk_s_cookie_is_kept_from_the_site(desk: Desk, browser: FlaskClient) -> None:
    """Cookies are shared by all ports of a host: this one is limited to the desk's word and hidden from scripts."""
    cookie = browser.get_cookie("kokemus", "127.0.0.1", f"/{desk.keys.home}/")
    assert cookie
    assert (cookie.path, cookie.http_only, cookie.same_site) == (f"/{desk.keys.home}/", True, "Strict")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_end_button_ends_a_desk_that_ignores_ctrl_c(demo: Path) -> None:
    """As one that a shell started in the background does."""
    command = [str(Path(sys.executable).parent / "kokemus"), "desk", "--no-browser"]
    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    process = subprocess.Popen(
        command,
        cwd=demo,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    try:
        assert process.stdout
        (address,) = re.findall(r"http://\S+", process.stdout.readline())
        parts = urlsplit(address)
        home = f"/{parts.path.split('/')[1]}"
        with closing(HTTPConnection(parts.netloc, timeout=60)) as link:
            link.request("GET", parts.path)
            entered = link.getresponse()
            cookie = str(entered.headers["Set-Cookie"]).partition(";")[0]
            entered.read()
            link.request("GET", f"{home}/publish", headers={"Cookie": cookie})
            key = re.findall(r'name="form" value="([^"]*)"', link.getresponse().read().decode("utf-8"))[0]
            headers = {"Cookie": cookie, "Origin": f"http://{parts.netloc}"}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            link.request("POST", f"{home}/end", urlencode({"form": key}), headers)
            assert "suljettu" in link.getresponse().read().decode("utf-8")
        process.wait(10)
    finally:
        process.kill()
        process.communicate()
