"""A request that never ends stops nobody: 200 connections stall at the real server at once."""

import os
import signal
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.families import children, family, wait_until_gone
from tests.faults.slow_clients import (
    CLOSED_WITHIN,
    FORM,
    connect,
    drip_until_closed,
    stalled_clients,
)
from tests.live_site import LiveSite, request_to, start

pytestmark = pytest.mark.thorough

PATIENCE = 60  # seconds: the machine may be busy
STOPS_WITHIN = 10  # seconds


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[LiveSite]:
    one = start(request.node.name)
    yield one
    one.stop()


def assert_others_are_answered(site: LiveSite) -> None:
    for address in (f"{site.url}/livez", f"{site.url}/", site.portal("/inloggen/")):
        with urllib.request.urlopen(request_to(address), timeout=PATIENCE) as answer:
            assert answer.status == 200


def test_stalled_connections_stop_nobody_and_no_end(site: LiveSite):
    clients = stalled_clients(site.url)
    assert_others_are_answered(site)
    web, worker = children(site.process.pid)
    os.kill(web, signal.SIGKILL)
    clients += stalled_clients(site.url)  # they wait for the next one
    assert_others_are_answered(site)
    assert children(site.process.pid)[0] == worker
    everybody = family(site.process.pid)
    begun = time.monotonic()
    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(PATIENCE) == 0
    assert time.monotonic() - begun < STOPS_WITHIN
    wait_until_gone(*everybody)


@pytest.mark.long
def test_stalled_and_dripping_connections_are_closed(site: LiveSite):
    dripping = [connect(site.url, FORM) for _ in range(10)]
    taken = drip_until_closed(stalled_clients(site.url), dripping)
    assert taken < CLOSED_WITHIN
    assert_others_are_answered(site)
