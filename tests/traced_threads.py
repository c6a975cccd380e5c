"""Threads begin though coverage traces them.

CPython 3.11 refuses to trace a thread while another one is about to be traced (RuntimeError: Cannot install a trace
function while another trace function is being installed), and a thread that is refused ends before its first line: now
and then a browser waited for a request that nobody answered. So here a thread asks again.
"""

import sys
import threading
import time

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    trace = threading.gettrace()
    if trace is None:
        return
    plain = threading.Thread.run

    def run(self: threading.Thread) -> None:
        while not _traces(trace):
            time.sleep(0.001)
        plain(self)

    threading.settrace(None)
    threading.Thread.run = run  # type: ignore[method-assign]


def _traces(trace: object) -> bool:
    try:
        sys.settrace(trace)  # type: ignore[arg-type]
    except RuntimeError:
        return False
    return True
