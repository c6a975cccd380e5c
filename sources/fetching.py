"""The fetcher as this installation wants it: limits, allowed hosts and the name it gives itself."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages

from factcheck.env import Misconfigured
from sources import requisites
from sources.blobs import Blobs
from sources.canonical import Address, BadAddress, endpoint
from sources.fetcher import Fetched, Limits, Watch, fetch
from sources.wire import Policy

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


def limits() -> Limits:
    return Limits(
        connect_seconds=settings.FETCH_CONNECT_SECONDS,
        first_byte_seconds=settings.FETCH_FIRST_BYTE_SECONDS,
        total_seconds=settings.FETCH_TOTAL_SECONDS,
        header_bytes=settings.FETCH_MAX_HEADER_BYTES,
        header_fields=settings.FETCH_MAX_HEADER_FIELDS,
        html_bytes=settings.FETCH_MAX_HTML_BYTES,
        body_bytes=settings.FETCH_MAX_BYTES,
        ratio=settings.FETCH_MAX_RATIO,
        redirects=settings.FETCH_MAX_REDIRECTS,
    )


def budget() -> requisites.Budget:
    return requisites.Budget(
        count=settings.FETCH_REQUISITES,
        bytes=settings.FETCH_REQUISITES_BYTES,
        seconds=settings.FETCH_REQUISITES_SECONDS,
    )


def requisites_of(
    fetched: Fetched, watch: Watch, manners: requisites.Manners = requisites.UNRULED
) -> Iterator[requisites.Got]:
    """What the page needs to look like itself, fetched by the page's rules."""
    rules, name = policy_for(fetched.hops[0].address), user_agent()

    def get(address: Address, limits: Limits) -> Fetched:
        return fetch(address, rules, limits, name, _unwatched)

    received = 0
    for number, got in enumerate(requisites.collect(fetched, get, limits(), budget(), manners), start=1):
        received += got.fetched.content_length if got.fetched else 0
        # Told from here, not from the threads that fetch: each of those would open a connection to the database.
        watch(f"fetching pictures and styles ({number})", received)
        yield got


def _unwatched(step: str, received: int) -> None:
    """Requisites are many and small; what is shown is how many came."""


def policy() -> Policy:
    """Misconfigured when FETCH_ALLOW_PRIVATE names anything but exact hosts and ports."""
    try:
        allowed = frozenset(endpoint(entry) for entry in settings.FETCH_ALLOW_PRIVATE)
    except BadAddress as error:
        raise Misconfigured(f"FETCH_ALLOW_PRIVATE: {error}") from error
    return Policy(ports=frozenset(settings.FETCH_PORTS), allow_private=allowed)


def policy_for(cited: Address) -> Policy:
    """For everything that the cited address leads to: only who cites a private host may be led to one. A page of the
    public web must not be able to put a file of the newsroom's own network into an archive that readers see."""
    rules = policy()
    return rules if cited.endpoint in rules.allow_private else replace(rules, allow_private=frozenset())


def user_agent() -> str:
    """Names the newsroom and how to reach it, so that a site's owner can complain to somebody. ASCII, as HTTP wants:
    letters of other scripts are escaped as in addresses."""
    about = f"factcheck/1 ({settings.NEWSROOM_NAME}; {settings.NEWSROOM_CONTACT or settings.PUBLIC_URL})"
    return quote(" ".join(about.split()), safe=PRINTABLE)


def blobs() -> Blobs:
    return Blobs(storages["archive"])
