"""Inside the bed: the fetcher meets each address. Prints, for each attempt, whom it contacted and what came of it."""

import html
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict
from functools import partial
from http.client import HTTPException
from typing import Any

from sources import requisites, robots
from sources.canonical import Address, BadAddress, parse
from sources.fetcher import Fetched, Limits, fetch
from sources.reasons import FetchFailed
from sources.wire import Policy
from tests.sources.bed import cases, namespace
from tests.sources.bed.canary import Canary
from tests.sources.bed.named import RULES
from tests.sources.bed.names import PUBLIC, A, Names
from tests.sources.bed.web import Web, page, redirect

Outcome = dict[str, Any]
QUICK = Limits(connect_seconds=1, first_byte_seconds=1, total_seconds=2)
BUDGET = requisites.Budget(count=500, bytes=100_000_000, seconds=30)
A_PAGE = 40
STATUSES = (301, 302, 303, 307, 308)


class Bed:
    """What answers and what notes, and how one attempt is told."""

    def __init__(self) -> None:
        namespace.lay_out()
        self.canary, self.web, self.names = Canary(), Web(), Names(RULES)
        self.web.start()
        self.names.start()

    def attempt(self, kind: str, text: str, act: Callable[[], Outcome]) -> Outcome:
        """`sentence` is a refusal's, `hops` what was fetched, `bug` what should never be seen."""
        self.canary.heard()
        self.web.hosts.clear()
        try:
            outcome = act()
        except (FetchFailed, BadAddress) as error:
            outcome = {"reason": getattr(error, "reason", "address"), "sentence": str(error)}
        except Exception as error:  # noqa: BLE001 -- that there are none is what the test looks for
            outcome = {"bug": repr(error)}
        contacts = [[c.way, c.ip, c.port] for c in self.canary.heard() if not _is_name_service(c.port, c.source)]
        return {"kind": kind, "text": text, "contacts": contacts, "hosts": list(self.web.hosts), **outcome}


def _is_name_service(port: int, source: int) -> bool:
    return 53 in (port, source)


def _get(address: Address, limits: Limits = QUICK) -> Fetched:
    return fetch(address, Policy(), limits, "factcheck-test/1", lambda step, received: None)


def _fetched(text: str) -> Outcome:
    with closing(_get(parse(text))) as fetched:
        return {"hops": [_hop(hop.address, hop.peer.ip) for hop in fetched.hops]}


def _hop(address: Address, peer: str) -> Outcome:
    return {"peer": peer, "authority": address.authority, **asdict(address)}


def _directly(bed: Bed, texts: Iterable[cases.Case]) -> list[Outcome]:
    return [bed.attempt(case.kind, case.text, partial(_fetched, case.text)) for case in texts]


def _redirected(bed: Bed, texts: Iterable[cases.Case]) -> list[Outcome]:
    """A public page leads to each."""
    told = []
    for number, case in enumerate(texts):
        bed.web.answers["/leads"] = redirect(case.text, STATUSES[number % len(STATUSES)])
        told.append(bed.attempt(case.kind, case.text, partial(_fetched, f"http://{PUBLIC}/leads")))
    return told


def _named(bed: Bed) -> list[Outcome]:
    """Each name of the table, with how often it was looked up."""
    told = []
    for name in RULES:
        bed.names.asked.clear()
        told.append(bed.attempt("name", name, partial(_fetched, f"http://{name}/")))
        told[-1]["lookups"] = bed.names.asked[name, A]
    return told


def _rebound(bed: Bed) -> list[Outcome]:
    """A page that leads to itself on a name that by then leads to somebody else."""
    told = []
    for name in [name for name in RULES if name.startswith("rebound-")]:
        bed.names.asked.clear()
        bed.web.answers["/"] = redirect("/again")
        told.append(bed.attempt("rebinding", name, partial(_fetched, f"http://{name}/")))
    bed.web.answers.clear()
    return told


def _brought_along(bed: Bed, texts: list[cases.Case]) -> list[Outcome]:
    """Pages with some addresses each. Not all on one: the canary's queue must never be full."""
    return [_page_with(bed, texts[first : first + A_PAGE]) for first in range(0, len(texts), A_PAGE)]


def _page_with(bed: Bed, some: list[cases.Case]) -> Outcome:
    """A page with each address as picture or sheet, one as what a sheet imports and shows, and one to be led to."""
    parts = []
    for number, case in enumerate(some):
        written = html.escape(case.text)
        parts.append((f'<img src="{written}">', f'<link rel=stylesheet href="{written}">')[number % 2])
    sheet = "".join(f'@import "{case.text}"; a{{background:url("{case.text}")}}' for case in some[:1])
    bed.web.answers = {
        "/a.css": page(sheet, "text/css"),
        "/a.png": redirect(some[-1].text),
        "/page": page(
            "\n".join([*parts, '<link rel=stylesheet href="/a.css"><img src="/a.png"><img src="/there.png">'])
        ),
    }
    fetched = _get(parse(f"http://{PUBLIC}/page"))

    def collect() -> Outcome:
        with closing(fetched):
            for got in requisites.collect(fetched, _get, QUICK, BUDGET):
                if got.fetched:
                    got.fetched.close()
        return {"paths": list(bed.web.paths)}

    bed.web.paths.clear()
    return bed.attempt("requisites", some[0].text, collect)


def _followed_by_nobody(bed: Bed) -> list[Outcome]:
    """A page that leads on by itself, in ways that only browsers follow."""
    told = []
    for goal in ("http://127.0.0.1/", "http://8.8.4.4/", "//[::1]/", "http://169.254.169.254/latest/meta-data"):
        meta = page(f'<meta http-equiv=refresh content="0;url={goal}"><script>location="{goal}"</script>')
        head = page(
            "<p>here</p>", more=f"Refresh: 0; url={goal}\r\nLink: <{goal}>; rel=preload\r\nLocation: {goal}\r\n"
        )
        for bed.web.answers["/"] in (meta, head):
            told.append(bed.attempt("refresh", goal, partial(_fetched, f"http://{PUBLIC}/")))
    bed.web.answers.clear()
    return told


def _rules_read(bed: Bed, texts: Iterable[cases.Case]) -> list[Outcome]:
    """robots.txt of every host that can be written, and one that leads to it."""
    told = []
    for case in texts:
        bed.web.answers["/robots.txt"] = redirect(case.text)
        told.append(bed.attempt("robots", case.text, partial(_rules, f"http://{PUBLIC}/")))
        bed.web.answers.clear()
        told.append(bed.attempt("robots", case.text, partial(_rules, case.text)))
    return told


def _rules(text: str) -> Outcome:
    read = robots.read(parse(text), Policy(), QUICK, "factcheck-test/1")
    return {"sentence": read.why} if read.why else {"status": read.status}


def _naively(bed: Bed, texts: Iterable[cases.Case]) -> list[Outcome]:
    """What the standard library does with them."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def open_it(text: str) -> Outcome:
        try:
            opener.open(text, timeout=0.3).close()
        except (OSError, ValueError, HTTPException, urllib.error.URLError):
            return {"failed": True}
        return {}

    told = []
    for case in texts:
        bed.web.answers["/leads"] = redirect(case.text)
        told.append(bed.attempt(case.kind, case.text, partial(open_it, case.text)))
        told.append(bed.attempt("led", case.text, partial(open_it, f"http://{PUBLIC}/leads")))
    bed.web.answers.clear()
    return told


def main() -> None:
    every, bed = cases.addresses(), Bed()
    led = [case for number, case in enumerate(every) if case.kind == "unseen" or number % 4 == 0]
    told = {
        "controls": _directly(bed, cases.controls()),
        "direct": _directly(bed, every),
        "redirected": _redirected(bed, led),
        "named": _named(bed),
        "rebound": _rebound(bed),
        "refreshed": _followed_by_nobody(bed),
        "robots": _rules_read(bed, every[::20]),
        "requisites": _brought_along(bed, every[::3]),
        "naive": _naively(bed, [*cases.plain(), *every[::40]]),
    }
    json.dump({"told": told, "missed": bed.canary.missed()}, sys.stdout)


if __name__ == "__main__":
    main()
