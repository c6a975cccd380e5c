"""robots.txt, as RFC 9309 has it: how it is read, and what it says about an address. Plain Python, no Django."""

import re
from contextlib import closing
from dataclasses import dataclass, replace

from protego import Protego

from sources.canonical import Address
from sources.fetcher import Limits, fetch
from sources.reasons import FetchFailed
from sources.wire import Policy

#: What the rules call us.
PRODUCT = "factcheck"
MOST_BYTES = 500 * 1024
MOST_REDIRECTS = 5
# The share of a capture's time that reading the rules may take: a host that dawdles over them delays no page for long.
SHARE = 4

_AGENT = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]*")


@dataclass(frozen=True)
class Robots:
    """What a host answered: `status` is None when it gave no answer at all, and `why` says what was in the way."""

    status: int | None
    text: str = ""
    why: str = ""

    @property
    def is_unreachable(self) -> bool:
        """No answer and errors of the server's own: then nothing may be fetched, says the RFC."""
        return self.status is None or self.status >= 500

    def allows(self, url: str) -> bool:
        if self.is_unreachable:
            return False
        return not self.text or Protego.parse(_narrowed(self.text)).can_fetch(url, PRODUCT)


def read(address: Address, policy: Policy, limits: Limits, user_agent: str) -> Robots:
    """The rules of the address's host, by the same fetcher and policy as its pages. Raises nothing about the host.

    4xx and a redirect too many mean that there are no rules; a file that is too long counts up to its limit.
    """
    own = replace(address, target="/robots.txt")
    try:
        fetched = fetch(own, policy, _smaller(limits), user_agent, _unwatched)
    except FetchFailed as failure:
        return _without(failure)
    with closing(fetched):
        fetched.content.seek(0)
        text = fetched.content.read(MOST_BYTES).decode("utf-8-sig", errors="replace")
        # PostgreSQL keeps no NUL in a text.
        return Robots(fetched.page.status, text.replace("\0", "\ufffd"))


def _unwatched(step: str, received: int) -> None:
    """The page shows what is done about the page; its rules are a moment."""


def _smaller(limits: Limits) -> Limits:
    return replace(
        limits,
        total_seconds=limits.total_seconds / SHARE,
        html_bytes=MOST_BYTES,
        body_bytes=MOST_BYTES,
        redirects=MOST_REDIRECTS,
        cut=True,
    )


def _without(failure: FetchFailed) -> Robots:
    if failure.reason in ("redirects", "redirect_loop", "redirect_nowhere", "redirect_address"):
        return Robots(404, why=failure.sentence)
    status = failure.facts.get("status")
    return Robots(status if isinstance(status, int) else None, why=failure.sentence)


def _narrowed(text: str) -> str:
    """The same rules with everybody else's name made one: each rule is kept for each name of its group, so a hostile
    file with ten thousand names before ten thousand rules would fill the memory."""
    lines, names = [], set[str]()
    for line in text.splitlines():
        agent = _AGENT.match(line)
        if agent is None:
            if line.strip() and not line.lstrip().startswith("#"):
                names.clear()
            lines.append(line)
        elif (name := _name(agent[1])) not in names:
            names.add(name)
            lines.append(f"User-agent: {name}")
    return "\n".join(lines)


def _name(agent: str) -> str:
    agent = agent.strip().lower()
    token = _TOKEN.match(agent)
    if agent.startswith("*"):
        return "*"
    return PRODUCT if token and token[0] == PRODUCT else "somebody-else"
