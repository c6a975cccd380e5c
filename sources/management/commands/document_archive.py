from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.addresses import IPV4_REFUSED, IPV6_PUBLIC, IPV6_REFUSED
from sources.reasons import REASONS

PAGE = Path("docs/archive.md")
HEAD = """# The archive

The tables are made from `sources/addresses.py` and `sources/reasons.py` by `python manage.py document_archive`; the
checks fail when they differ.

## What a capture holds

One file, WARC/1.1 (ISO 28500:2017), each record its own gzip member:

| record | of what |
| --- | --- |
| `warcinfo` | the software, the newsroom, the name the fetcher gave itself |
| `request` | for each hop, redirects included: the bytes that were sent |
| `response` | for each hop: the bytes that came, headers in their order and case, the body still chunked and packed |
| `response` | for each requisite: the page's style sheets, pictures and fonts, and what its sheets name in turn |
| `revisit` | in place of a response whose payload is held already: its headers, and which record has the payload |
| `resource` | `urn:text:<address>`: the text in which quotes are looked up |
| `resource` | `urn:view:<address>`: a picture of the page, JPEG, 1280 × 960; `urn:pdf:<address>`: the page as PDF, 30 pages at most; `urn:dom:<address>`: the page as its scripts had made it, HTML in UTF-8 |
| `metadata` | `urn:metadata:<address>`: how it was got, as JSON: see below |

The metadata record has `why` (`cited`, `again`, `watch`, `supplied`) and for each hop `url`, `ip`, `dns` (all answers),
`seconds` (lookup, connect, tls, first_byte, last_byte) and `tls` (protocol, cipher, valid, and the certificate `chain`
that was sent on this very connection, as PEM). `canonical` is the address that the page gives as its own; `robots` says
what the host of each hop asks of programs; `browser` has its name, `seconds`, whom it `contacted`, what was `refused`,
and `why_not` if something is missing;
`requisites` has the address, kind, `ip` and `seconds` of each, or why it was `left_out`: a code of the table below, or
`budget`, `truncated`, `type` (it is not what the page wanted) or `left_alone` (its host asked for that, Retry-After). A
page with all that it brings along is one visit of the host's bucket, as a browser's is.

A response names the address it came from (`WARC-IP-Address`), the protocol and cipher, and why its body ends early if
it does (`WARC-Truncated`: `length`, `time` or `disconnect`). Digests are `sha256:` in base32; the payload digest is
taken over the body as it came, chunks included, as warcio and FastWARC check it.

The file is named after its own SHA-256, under `sha256/` in `ARCHIVE_ROOT` or in the bucket (`ARCHIVE_S3_BUCKET`),
and is there before any row names it. The row (a snapshot) holds that digest, the payload's and the text's, and is
never changed: the database refuses it.

## Pictures

Where there is a Chromium, a capture of a web page also has a picture, a PDF and the page as its scripts had made it.
The browser is given the very bytes that were archived; what they bring along (styles, pictures, scripts) it fetches
through a gate on loopback that resolves, checks and connects as the fetcher does (`sources/gate.py`). It has no other
way to the network. A page that would lead elsewhere by itself is shown where it stands. Without a Chromium, or when
the page hangs, crashes or takes too long (`BROWSER_…`, docs/settings.md), the capture is complete without them, and its
page says why. Quotes are never looked up in what the browser made.

## How to check a copy without us

```
sha256sum archived-12.warc.gz        # the digest on the page of the copy, and in every export
warcio check archived-12.warc.gz     # every digest in the file
warcio index archived-12.warc.gz     # what it holds; any WARC viewer shows the page
```

With us, `manage.py verify_archive` does this for every page and names the first bad record (docs/running.md).

## As WACZ

`/archive/12/wacz` is the same with an index, so that it can be looked at: a zip file as WACZ 1.1.1 has it, nothing in it
compressed again. `/facts/<slug>/v2.wacz` and `/checked/<id>/v1.wacz` hold every page that a published version quotes.

| member | what it is |
| --- | --- |
| `datapackage.json` | title, date of the newest capture, and the SHA-256 and size of each file below |
| `datapackage-digest.json` | the SHA-256 of `datapackage.json` |
| `indexes/index.cdx` | where each record lies: CDXJ with SURT keys, sorted, letter for letter as pywb writes it |
| `pages/pages.jsonl` | the pages, with address, time and title |
| `archive/archived-12.warc.gz` | the file of capture 12, to the byte |
| `archive/payloads.warc.gz` | records of other captures that have a payload to which a `revisit` here refers, and no more of them |

The same captures are the same WACZ, to the byte, whenever it is made. Nothing is sent before every file was read and has
the digest that was recorded. To look at one:

```
wb-manager init cited && wb-manager add --unpack-wacz cited archived-12.wacz && wayback      # pywb, on this machine
```

or open it with ReplayWeb.page. Both show the page; the text and the facts of a capture are at `urn:text:<address>` and
`urn:metadata:<address>`.

## Which text is quoted

The text of a page is what the elements of its body contain, in the order of the source. Block elements and line
breaks end a line; inline elements add nothing, not even a space. Scripts, styles, templates, embedded frames and what
stands in for missing scripts do not count. White space within a line is one space, empty lines go, letters are
composed (NFC). Its SHA-256 is that of its UTF-8 bytes. Beside it stands the article as far as it can be told apart; a
quote says whether it stands in the article or beside it.

The text of a PDF is that of its pages, one after the other; the snapshot keeps where each begins, and a quote says its
page. A hyphen at the end of a line that divides a word is kept as a soft hyphen. It is read by a process of its own
with limits of time and memory; where it gives up, the note says which pages can be quoted. Images and other files are
archived, have no text and say so.

A quote is found when it stands in that text to the letter, or differs only in what cannot be seen or typed: curly or
straight quotation marks, kinds of dashes and spaces, line breaks, invisible characters, full-width and other
compatibility forms. Case counts. Positions are code points. Where a quote stands more than once, the first
place is taken: quote more words to name another. Nothing is guessed: what is not there is refused with the nearest
passage.

## A copy that a person supplied

Where a page cannot be fetched, or shows a wall, whoever works here may give a file they saved: HTML, PDF, MHTML, WARC,
WACZ, PNG, JPEG, GIF, WebP or AVIF, told by its bytes and not by its name. The limits are `UPLOAD_MAX_BYTES` and those of
fetching. A worker reads it (docs/decisions/0028-a-copy-supplied-by-a-person.md); nothing is fetched for it.

| file | what is recorded |
| --- | --- |
| HTML, PDF, image | a `resource` record of the source's address: the file, to the byte, dated when it was supplied |
| MHTML | the page and the parts that it shows as `resource` records, decoded, dated as the file says |
| WARC, WACZ | the newest answer of the address, redirects followed within the file, with its request and the parts that it shows: their bytes, dates and IP addresses. Their digests must hold. A request with cookies or a password is left out |

The metadata record has `supplied` in place of `robots`: `by` (the number of the account), `at`, `file` (its name),
`sha256` and `length` of the file. The file itself is not kept. The snapshot says who supplied it as which file
(`supplied_by`, `supplied_as`), has the status 0 where no server answered, and is judged for walls like any other. Pages
of the newsroom and the API say so wherever it stands; what is published says “supplied by the newsroom, not fetched by
it”, without the person's name.

## What stands in the page's place

A server that wants a login, a payment, a consent or a human being seldom says so with a status. `sources/walls.py`
tells six kinds by rules over headers, addresses, title, headings, short lines and the amount of prose: a check for
robots (`bot`), a login (`login`), a request for consent (`consent`), “page not found” sent as if all were well
(`not_found`), the beginning of an article that must be paid for (`paywall`), a page that is empty without its scripts
(`empty`). The snapshot is marked (`wall`) and says why (`note`). A quote from it is refused unless the person confirms
that the page shows this all the same; the confirmation stands with the quote, in the log and on the sign-off page, and
the database refuses such a quote without it. How many are told: bench/RESULTS.md.

## How a source is watched

From the moment a published claim cites a source it is captured again 3, 10 and 90 days later and then every 91 days
(`WATCH_DAYS`, `WATCH_THEN_EVERY_DAYS`), and whenever somebody asks; another publication begins the days anew, and the
watch ends when nothing published cites it any more. Each capture that is done or has failed is held once against every
copy that is quoted:

| outcome | when |
| --- | --- |
| `unchanged` | the same text, or the same bytes |
| `quotes_kept` | another text, in which every quote still stands |
| `quote_gone` | the page came whole and as itself, and a quote is not in it |
| `soft_404` | “page not found” with a status that says that all is well |
| `gone` | 404, 410, 451, or no such host any more |
| `unreachable` | anything else, a wall or half a page without the quote included: it proves nothing |

The outcome is a row that is never changed (an observation) and an event of the source. `quote_gone`, `soft_404` and
`gone` flag each published claim that is concerned until an editor who took no part has looked: the verdict stands,
with a reason, or the claim is re-opened or retracted. The same loss is flagged once, and again only after the page was
well in between.

## How a capture lives

```mermaid
stateDiagram-v2
    [*] --> queued: asked for
    queued --> running: leased by a worker
    running --> done: recorded, with its snapshot and its event
    running --> queued: its turn at the host has not come, or it is tried again later
    running --> failed: with its reason
    running --> running: the lease ran out, another worker takes over (3 times at most)
    failed --> [*]: try again makes a new capture
    done --> [*]
```

The row is the truth and a Celery message only a hint: every five seconds the sweeper sends again what waits without a
worker. Whoever gets a message leases the row with `FOR UPDATE SKIP LOCKED` for `CAPTURE_LEASE_SECONDS`, fetches without
a transaction and finishes in one; who comes back after the lease was lost records nothing.

A reason that may pass sets a capture back: it waits for `CAPTURE_RETRY_SECONDS`, each further time twice as long (four
hours at most, and up to half of it less by chance), keeps the last reason, and has failed for good after
`CAPTURE_RETRY_HOURS`. A person may try at once. Each setback is an event (`capture.set_back`).

## How a host is treated

All workers share one bucket per host (name and port, in the table `sources_host`): `FETCH_HOST_BURST` pages at once,
then `FETCH_HOST_PER_MINUTE`. A page with its redirects on that host is one visit; each further host that it leads to
takes a turn there. A host that asks to be left alone (`Retry-After`) is left alone, for
`FETCH_MAX_RETRY_AFTER_SECONDS` at most.
A capture whose turn has not come goes back to the queue with the time of its turn; that is no attempt, and no thread
waits for it.

Before its first page in a day a host's `robots.txt` is read by the same fetcher, as RFC 9309 has it: up to five
redirects and 500 KiB; 4xx means no rules, 5xx and no answer mean that nothing may be fetched, unless an older copy is
at hand. `robots` in the metadata record says for each request (`about`) where the rules stand (`url`), when they were
`fetched`, their `status` and `sha256`, whether they `allowed` it, and whether they were `obeyed` (`FETCH_OBEY_ROBOTS`;
people chose these pages one by one, so by default they are not).

The limits are settings (`FETCH_…`, docs/settings.md). What goes beyond them: docs/decisions/0010-h11-for-fetching.md.
"""


def addresses() -> str:
    rows = ["## Addresses that are never contacted", "", "| block | why |", "| --- | --- |"]
    rows += [f"| `{network}` | {what} |" for network, what in IPV4_REFUSED.items()]
    rows += [f"| IPv6 outside `{IPV6_PUBLIC}` | not a public IPv6 address |"]
    rows += [f"| `{network}` | {what} |" for network, what in IPV6_REFUSED.items()]
    rows += [
        "",
        "One such answer among those of a name condemns the name. `FETCH_ALLOW_PRIVATE` exempts exact hosts and",
    ]
    return "\n".join([*rows, "ports, nothing wider."]) + "\n"


def reasons() -> str:
    rows = ["## Why a capture fails", "", "| code | may work later | what the page says |", "| --- | --- | --- |"]
    for code, reason in REASONS.items():
        rows.append(f"| `{code}` | {'yes' if reason.retryable else ''} | {reason.sentence.replace('|', '/')} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    return f"{HEAD}\n{addresses()}\n{reasons()}"


class Command(BaseCommand):
    help = f"Write {PAGE} from the tables of the archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the page is not current")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        path = settings.BASE_DIR / PAGE
        if not check:
            path.write_text(page())
            self.stdout.write(f"{PAGE} is written.")
        elif not path.exists() or path.read_text() != page():
            raise CommandError(f"{PAGE} is not current: run python manage.py document_archive.")
