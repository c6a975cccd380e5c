"""What coverage counts: the tests that say what must come out, not those that go everywhere or through whole paths.

A line that a browser made run on its way is not tested by that, and tracing doubles what these tests cost. So while a
test that is marked `uncounted` runs, nothing is traced, in the servers that it starts neither.

Threads begin though coverage traces them: CPython 3.11 refuses to trace a thread while another one is about to be
traced (RuntimeError: Cannot install a trace function while another trace function is being installed), and a thread
that is refused ends before its first line: now and then a browser waited for a request that nobody answered. So here a
thread asks again.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest

# Where coverage tells the processes that are started what to measure.
FOR_PROCESSES = "COVERAGE_PROCESS_CONFIG"

_plain = threading.Thread.run


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    _let_threads_ask()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    measuring = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if measuring is None or not item.get_closest_marker("uncounted"):
        return (yield)
    told = os.environ.pop(FOR_PROCESSES, None)
    measuring.pause()
    # A process of pytest-xdist began with a measurement of its own, which would go on in place of the one that pauses.
    sys.settrace(None)
    threading.settrace(None)
    threading.Thread.run = _plain  # type: ignore[method-assign]
    try:
        return (yield)
    finally:
        measuring.resume()
        _let_threads_ask()
        if told is not None:
            os.environ[FOR_PROCESSES] = told


def _let_threads_ask() -> None:
    trace = threading.gettrace()
    if trace is None:
        return

    def run(self: threading.Thread) -> None:
        while not _traces(trace):
            time.sleep(0.001)
        _plain(self)

    threading.settrace(None)
    threading.Thread.run = run  # type: ignore[method-assign]


def _traces(trace: object) -> bool:
    try:
        sys.settrace(trace)  # type: ignore[arg-type]
    except RuntimeError:
        return False
    return True
