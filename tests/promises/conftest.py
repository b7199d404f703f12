"""What the tests of the promises share: emulated form services on this machine."""

from collections.abc import Iterator

import pytest

from tests.rigs.emulator import Emulator
from tests.rigs.requester import build


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulator, which also serves the request pages for every service."""
    folder = tmp_path_factory.mktemp("requests")
    with Emulator(folder) as running:
        build(running, folder)
        yield running
