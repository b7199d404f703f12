"""A desk over a copy of the demo, on the demo's day, and a test client that has entered it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kokemus import dates
from tests.conftest import DEMO_DAY
from tests.desk.test_guard import Desk


@pytest.fixture
def desk(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(DEMO_DAY))
    return Desk(demo)


@pytest.fixture
def browser(desk: Desk) -> FlaskClient:
    return desk.browser()
