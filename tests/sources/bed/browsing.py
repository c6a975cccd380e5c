"""Inside the bed: a real Chromium behind the gate shows pages that try the addresses in every way a page can.

Prints whom anybody contacted, what the browser itself makes of each address, and what its own gate was asked for.
"""

import html
import json
import sys
from itertools import islice
from typing import Any

from sources import browser, chromium
from sources.browser import Limits, Page, see
from sources.chromium import BrowserGone, Chromium
from sources.gate import Gate
from sources.wire import Deadline, Policy, system_resolver
from tests.sources import ways_out
from tests.sources.bed import cases, namespace
from tests.sources.bed.canary import Canary
from tests.sources.bed.named import RULES
from tests.sources.bed.names import PUBLIC, Names
from tests.sources.bed.web import Web

URL = f"http://{PUBLIC}/page"
LIMITS = Limits(seconds=30)
MOST_OF_A_PAGE = 470
MOST_CHANCES = 4
# Of the hostile addresses, each so-many-th, the ways by turns.
STEP = 20
HTTP = "http://{to}/{way}"
WAYS = ways_out.MARKUP | {way: f"<script>{{{{{code}}}}}</script>" for way, code in ways_out.SCRIPT.items()}
ALL_WAYS = WAYS | ways_out.SILENT
# Whoever wants away stops the rest of the page, and may leave it waiting: these get a page of their own, for a while.
STAYING = [way for way in ALL_WAYS if way != "away"]
LEAVING = Limits(seconds=2)
AWAY = ("http://127.0.0.1/", "//[::1]/")


class Bed:
    def __init__(self) -> None:
        namespace.lay_out()
        self._canary, self.web, self.names = Canary(), Web(), Names(RULES)
        self.web.start()
        self.names.start()
        self.gates: set[int] = set()
        self.looked_up: set[str] = set()
        self.policy = Policy(resolver=self._resolve)

    def _resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.add(host)
        return system_resolver(host, port)

    def told(self) -> dict[str, Any]:
        """What was heard since the last time, but not between browser and gates, nor between gates and name service."""
        others = {
            (one.way, one.ip, one.port)
            for one in self._canary.heard()
            if not (one.ip == "127.0.0.1" and one.way == "tcp" and one.port in self.gates)
            and not (one.way == "udp" and 53 in (one.port, one.source))
            and (one.way, one.ip, one.port) != ("tcp", "127.0.0.1", 53)
        }
        by_others = {name for name, _ in list(self.names.asked)} - self.looked_up
        return {"contacts": sorted(others), "missed": self._canary.missed(), "asked_by_others": sorted(by_others)}


def _known_gates(bed: Bed) -> None:
    class Known(Gate):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            bed.gates.add(self.port)

    for module in (browser, chromium):
        setattr(module, "Gate", Known)  # noqa: B010 -- a class in place of another is no matter of types


def _pages() -> list[str]:
    every = cases.addresses()
    tries = [(way, address) for address in (f"http://{host}/" for host in cases.FEW) for way in STAYING]
    for number, case in enumerate(every[::STEP]):
        tries.append((STAYING[number % len(STAYING)], case.text))
    tries += [("img", f"http://{name}/") for name in islice(RULES, 0, None, 5)]
    return [_page(tries[first : first + MOST_OF_A_PAGE]) for first in range(0, len(tries), MOST_OF_A_PAGE)]


def _page(tries: list[tuple[str, str]]) -> str:
    attempts = [_attempt(number, way, address) for number, (way, address) in enumerate(tries)]
    return "\n".join(
        ["<!doctype html><meta charset=utf-8><body>", ways_out.RTC, *attempts, "<p>All was tried.</p></body>"]
    )


def _attempt(number: int, way: str, address: str) -> str:
    """The way with the address in place of its own, written so that it arrives as it is."""
    scripted = way in ways_out.SCRIPT or "<script>" in ALL_WAYS[way]
    written = _in_script(address) if scripted else html.escape(address)
    authority = written.partition("//")[2].partition("/")[0] or written
    code = ALL_WAYS[way].replace(HTTP, "{address}").replace("https://{to}/{way}", "https://{to}/")
    return code.format(address=written, to=authority, way=way, id=number, allowed=PUBLIC)


def _in_script(text: str) -> str:
    quoted = json.dumps(text)[1:-1].replace('\\"', "\\u0022")
    return quoted.replace("'", "\\u0027").replace("<", "\\u003c").replace("&", "\\u0026")


def _shown(bed: Bed, fresh: Chromium, page: str, limits: Limits = LIMITS) -> dict[str, Any]:
    content = page.encode("utf-8", "surrogatepass")
    sight = see(fresh, Page(URL, 200, [("Content-Type", "text/html; charset=utf-8")], content), bed.policy, limits)
    return {
        "whole": b"<p>All was tried.</p>" in sight.dom,
        "why_not": sight.why_not,
        "contacted": sight.facts["contacted"],
        "refused": sorted({one["reason"] for one in sight.facts["refused"]}),
    }


def _control(bed: Bed, fresh: Chromium) -> dict[str, Any]:
    """Each way to a public address. Films and sounds may come after the page is at rest: they get another chance."""
    page, shown = _page([(way, f"http://{PUBLIC}/{way}") for way in WAYS]), 0
    while shown < MOST_CHANCES and not {f"/{way}" for way in WAYS} <= set(bed.web.paths):
        _shown(bed, fresh, page)
        shown += 1
    return {"paths": sorted(set(bed.web.paths)), **bed.told()}


def _understood(fresh: Chromium, texts: list[str]) -> list[Any]:
    """Scheme, host and port of each as the browser reads it alone, and as a public page leads to it; None for none."""
    with fresh.channel(Deadline(30)) as root:
        target = root.call("Target.createTarget", url="about:blank")["targetId"]
        session = root.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        with fresh.channel(Deadline(30), session) as tab:
            read = "try { const u = new URL(t, b); return [u.protocol, u.hostname, u.port] } catch { return null }"
            script = f"{json.dumps(texts)}.map(t => [undefined, '{URL}'].map(b => {{ {read} }}))"
            return list(tab.call("Runtime.evaluate", expression=script, returnByValue=True)["result"]["value"])


def _started(program: str) -> Chromium:
    # Inside a user namespace some machines allow no second one, which its own sandbox needs.
    try:
        return Chromium(program, "factcheck-test/1")
    except BrowserGone:
        return Chromium(program, "factcheck-test/1", sandbox=False)


def _without_switches(bed: Bed, program: str) -> dict[str, Any]:
    """A browser that may use UDP, for comparison: what the canary hears of it."""
    fewer = tuple(one for one in chromium.SWITCHES if "webrtc" not in one)
    setattr(chromium, "SWITCHES", fewer)  # noqa: B010 -- fewer than its type says
    fresh = _started(program)
    _shown(bed, fresh, _page([("stun", "http://10.0.0.1:3478/"), ("stun", "http://[fd00:ec2::254]:3478/")]))
    fresh.close()
    return bed.told()


def main(program: str) -> None:
    bed = Bed()
    _known_gates(bed)
    browser._QUIET = ""  # The gate must hold by itself.
    fresh = _started(program)
    texts = [case.text for case in cases.addresses()]
    told = {
        "understood": list(zip(texts, _understood(fresh, texts), strict=True)),
        "control": _control(bed, fresh),
        "pages": [_shown(bed, fresh, page) for page in _pages()],
        "away": _shown(bed, fresh, _page([("away", address) for address in AWAY]), LEAVING),
    }
    told |= {"let_through": fresh.let_through, **bed.told()}
    fresh.close()
    json.dump(told | {"comparison": _without_switches(bed, program)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
