"""Settings from the environment, each through a typed helper that fails loudly.

Every call also enters the setting in `DECLARED`, from which docs/settings.md is generated, so that no
setting can exist without a sentence that explains it.
"""

import importlib.util
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import available_timezones

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SHORTEST_SECRET = 32
LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}


class Misconfigured(Exception):
    """A setting that cannot be right; str() names the variable and says what to write."""


@dataclass(frozen=True)
class Declared:
    """One documented setting: its variable, what it takes, the default in words, what it is for."""

    name: str
    kind: str
    default: str
    about: str


DECLARED: dict[str, Declared] = {}


def text(name: str, default: str | Callable[[], str], about: str, *, shown: str = "") -> str:
    """The variable's value, or the default; `shown` describes a default that is worked out at start."""
    _declare(name, "text", shown or (default if isinstance(default, str) else ""), about)
    given = os.environ.get(name, "").strip()
    if given:
        return given
    return default if isinstance(default, str) else default()


def boolean(name: str, default: bool, about: str, *, shown: str = "") -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else is refused."""
    _declare(name, "yes or no", shown or ("yes" if default else "no"), about)
    given = os.environ.get(name, "").strip().lower()
    if not given:
        return default
    if given not in TRUE | FALSE:
        raise Misconfigured(f"{name} is {given!r}, which is neither yes nor no. Write yes or no.")
    return given in TRUE


def integer(name: str, default: int, about: str, *, least: int = 0, most: int | None = None) -> int:
    """A whole number of at least `least`, and of at most `most` where there is a most."""
    upper = f" to {most}" if most else ""
    _declare(name, f"whole number from {least}{upper}", str(default), about)
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or int(given) < least or (most and int(given) > most):
        range_ = f"from {least} to {most}" if most else f"of at least {least}"
        raise Misconfigured(f"{name} is {given!r}. Write a whole number {range_}.")
    return int(given)


def words(name: str, default: list[str], about: str) -> list[str]:
    """A comma-separated list; blanks round the items do not count."""
    _declare(name, "list with commas", ", ".join(default), about)
    given = os.environ.get(name)
    if given is None or not given.strip():
        return list(default)
    return [word.strip() for word in given.split(",") if word.strip()]


def integers(name: str, default: list[int], about: str) -> list[int]:
    """A comma-separated list of whole numbers."""
    found = words(name, [str(number) for number in default], about)
    for word in found:
        if not word.isascii() or not word.isdigit():
            raise Misconfigured(f"{name} has {word!r} in it. Write whole numbers with commas.")
    return [int(word) for word in found]


def choice(name: str, default: str, allowed: list[str], about: str) -> str:
    """One of the allowed words."""
    _declare(name, " or ".join(allowed), default, about)
    given = os.environ.get(name, "").strip() or default
    if given not in allowed:
        raise Misconfigured(f"{name} is {given!r}. Write one of: {', '.join(allowed)}.")
    return given


def require_package(name: str, module: str, package: str) -> None:
    """Misconfigured when the setting `name` needs a package that is not there."""
    if importlib.util.find_spec(module) is None:
        raise Misconfigured(f"{name} needs a package that is not installed. Install it: pip install '{package}'.")


def web_address(name: str, default: str, about: str, *, shown: str = "") -> str:
    """An http or https address without a slash at its end."""
    given = text(name, default, about, shown=shown).rstrip("/")
    if not given.startswith(("http://", "https://")):
        raise Misconfigured(f"{name} is {given!r}. Write an address that starts with http:// or https://.")
    if not re.fullmatch(r"https?://[^\s/?#@]+", given):
        raise Misconfigured(f"{name} is {given!r}. Write the scheme and the host alone: https://facts.example.org.")
    return given


def server_address(name: str, default: Callable[[], str], about: str, schemes: list[str], *, shown: str) -> str:
    """An address of a server that we can talk to; others are refused here rather than by a worker that cannot start."""
    address = text(name, default, about, shown=shown)
    if given(name) and urlsplit(address).scheme not in schemes:
        *most, last = [f"{scheme}://" for scheme in schemes]
        raise Misconfigured(f"{name} is no address of a server we know. Write {', '.join(most)} or {last}.")
    return address


def time_zone(name: str, default: str, about: str) -> str:
    """A time zone as the IANA names them."""
    zone = text(name, default, about)
    if zone not in available_timezones():
        raise Misconfigured(f"{name} is {zone!r}, which is no time zone. Write one such as Europe/Berlin.")
    return zone


def is_public(host: str) -> bool:
    """Whether the host name (as in ALLOWED_HOSTS) can be reached by others than this machine."""
    return host.lower() not in LOOPBACK and not host.lower().endswith(".localhost")


def _declare(name: str, kind: str, default: str, about: str) -> None:
    DECLARED[name] = Declared(name, kind, default, about)


def given(name: str) -> bool:
    """Whether the variable was set to something."""
    return bool(os.environ.get(name, "").strip())


def public_names(**listed: list[str]) -> list[str]:
    """The hosts that others can reach, each with the variable that names it: "facts.example.org in ALLOWED_HOSTS"."""
    return [f"{host} in {name}" for name, hosts in listed.items() for host in hosts if is_public(host)]


def refuse_unsafe(*, public: list[str], debug: bool, own_secret: bool, secret: str) -> None:
    """Refuses to serve others with error pages for all, or with a secret that is not of this place alone."""
    if not public:
        return
    names = ", ".join(public)
    if debug:
        raise Misconfigured(f"DEBUG is on and others can reach the site ({names}). Set DEBUG to no.")
    if not own_secret:
        raise Misconfigured(
            f"others can reach the site ({names}) and SECRET_KEY is not set. Set it to "
            f"{SHORTEST_SECRET} random characters or more."
        )
    if len(secret) < SHORTEST_SECRET or secret.startswith("django-insecure-"):
        raise Misconfigured(
            f"others can reach the site ({names}) and SECRET_KEY is too weak. Set it to "
            f"{SHORTEST_SECRET} random characters or more."
        )


def refuse_public_sample(*, public: list[str], sample: bool) -> None:
    """Refuses to give everybody the sample's logins, whose password is written in the source."""
    if public and sample:
        raise Misconfigured(
            f"SAMPLE_NEWSROOM is on and others can reach the site ({', '.join(public)}). Set SAMPLE_NEWSROOM to no."
        )


def host_alone(host: str) -> str:
    """The host without its port."""
    return re.sub(r":[0-9]+$", "", host)


def refuse_shared_snapshots(*, snapshot_host: str, public_url: str, hosts: list[str]) -> None:
    """Refuses to show archived pages under a name of the site: cookies know hosts, and not their ports."""
    if not snapshot_host:
        return
    if not re.fullmatch(r"([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?", snapshot_host):
        raise Misconfigured(f"SNAPSHOT_HOST is {snapshot_host!r}. Write a host alone, such as snapshots.example.org.")
    own = {host_alone(public_url.partition("//")[2].partition("/")[0]).lower()}
    # Listed as an own host is any that could be asked for the site and carry its cookies.
    if host_alone(snapshot_host) in own | {host.lower() for host in hosts if is_public(host)}:
        raise Misconfigured(
            f"SNAPSHOT_HOST is {snapshot_host}, and the site itself is served there. Give archived pages a host of "
            "their own, best one of another domain, and leave it out of ALLOWED_HOSTS."
        )
