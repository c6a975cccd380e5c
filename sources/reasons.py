"""Why a capture failed, in words for the person who cited the page: what happened, then what to do."""

from dataclasses import dataclass

ELSEWHERE = "Cite another copy of it, such as one at an archive."


@dataclass(frozen=True)
class Reason:
    """`sentence` is a format string; `retryable` says that the same request may work later with nothing changed."""

    sentence: str
    retryable: bool = False


REASONS: dict[str, Reason] = {
    "address": Reason("{why}"),
    "not_found": Reason("There is no host named {host}. Check the address for a typing error."),
    "name_service": Reason("The address of {host} could not be looked up in time. Try again in some minutes.", True),
    "private": Reason(
        "{where} not a public address ({what}). factcheck fetches public addresses only. Cite the page's public "
        "address, or ask the administrator to allow {endpoint} (FETCH_ALLOW_PRIVATE)."
    ),
    "port": Reason(
        "factcheck does not fetch from port {port}, only from {ports}. Cite the page at its usual address, or ask the "
        "administrator to allow the port (FETCH_PORTS)."
    ),
    "refused": Reason("{host} refused the connection. Check the address, or try again later.", True),
    "unreachable": Reason("{host} could not be reached. Check the address, or try again later.", True),
    "connect_timeout": Reason("{host} did not answer within {seconds} seconds. Try again later.", True),
    "wrong_peer": Reason(
        "The connection to {host} ended at an address that was not checked. Tell the administrator: something on the "
        "network redirects connections."
    ),
    "certificate": Reason(
        "The certificate of {host} is not valid ({why}), so the page could have been altered on its way. " + ELSEWHERE
    ),
    "tls": Reason(
        "No secure connection to {host} could be made ({why}). Try again later, or " + "cite another copy.", True
    ),
    "first_byte_timeout": Reason(
        "{host} took the request and sent nothing for {seconds} seconds. Try again later.", True
    ),
    "timeout": Reason("{host} sent no page within {seconds} seconds. Try again later.", True),
    "broken_off": Reason("{host} broke the connection off before it sent a page. Try again later.", True),
    "headers": Reason("{host} sent more headers than a page has ({limit}). " + ELSEWHERE),
    "malformed": Reason("What {host} sent is not a web page as the web's rules (HTTP) have it. " + ELSEWHERE),
    "too_large": Reason(
        "The file is {size}; factcheck keeps at most {limit} of one. Cite the page that describes it, or an excerpt."
    ),
    "bomb": Reason(
        "The page unpacks to more than {ratio} times the size in which it was sent, as pages made to fill disks do. "
        "It was not kept. " + ELSEWHERE
    ),
    "garbled": Reason("The page's compression is broken, so that it cannot be read. Try again later.", True),
    "encoding": Reason(
        "{host} packed the page in a way nobody asked for ({coding}), and it cannot be read. " + ELSEWHERE
    ),
    "redirect_loop": Reason("The address leads round in a circle, as sites do that insist on cookies. " + ELSEWHERE),
    "redirects": Reason("The address leads on and on, more than {limit} times. Cite the page where it ends."),
    "redirect_address": Reason("The address leads to “{location}”, which cannot be fetched. {why}"),
    "redirect_nowhere": Reason("{host} answered {status}, but did not say where the page has gone. Check the address."),
    "http_401": Reason("{host} asks for a login (401). Cite a page that readers can open, or another copy of it."),
    "http_403": Reason(
        "{host} does not let factcheck see the page (403). Cite another copy, such as one at an archive."
    ),
    "http_404": Reason("The server answered 404 (page not found). Check the address, or cite an archived copy."),
    "http_410": Reason("The server answered 410: the page was taken down. Cite an archived copy."),
    "http_429": Reason("{host} says that it was asked too often (429). Try again in an hour.", True),
    "http_451": Reason("The server answered 451: the page is withheld for legal reasons. Cite another copy of it."),
    "http_4xx": Reason("The server answered {status} and no page. Check the address, or cite an archived copy."),
    "http_5xx": Reason("The server answered {status}: an error of its own. Try again later.", True),
    "http_other": Reason("The server answered {status}, which is no page. Check the address."),
    "robots": Reason(
        "{host} asks programs not to fetch this page (robots.txt). Cite another copy of it, or ask the administrator "
        "whether factcheck has to obey (FETCH_OBEY_ROBOTS)."
    ),
    "robots_unread": Reason(
        "{host} did not say whether programs may fetch its pages (robots.txt could not be read). Try again later.", True
    ),
    "no_turn": Reason(
        "So many pages of {host} are being fetched that this one did not get its turn within {hours} hours. Try again "
        "when fewer wait.",
        True,
    ),
    "file": Reason("{why} Upload another file."),
    "not_in_file": Reason("The file does not hold {url}. Upload another file."),
    "gave_up": Reason(
        "The worker stopped {attempts} times in the middle of this page. Try again; if it fails again, tell the "
        "administrator."
    ),
    "internal": Reason("An error in factcheck itself stopped this capture ({why}). Tell the administrator.", True),
}


class FetchFailed(Exception):
    """`reason` is a key of REASONS; `str(error)` is its sentence, filled in with the facts.

    Of a server's answer, `facts` has the `status`, the `authority` that gave it and its `retry_after` ("" for none).
    """

    def __init__(self, reason: str, /, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        self.retryable = REASONS[reason].retryable
        self.sentence = REASONS[reason].sentence.format(**facts)
        super().__init__(self.sentence)


def for_status(status: int) -> str:
    """The reason for a response that is neither a page nor a redirect."""
    exact = f"http_{status}"
    if exact in REASONS:
        return exact
    return {4: "http_4xx", 5: "http_5xx"}.get(status // 100, "http_other")


def size(count: int) -> str:
    """1,234,567 bytes as people say it: "1.2 MB"."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}".replace(".0 ", " ")
    return f"{count} bytes"
