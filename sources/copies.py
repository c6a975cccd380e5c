"""A copy of a page that a person supplied: whether it is taken, and what is recorded of it. No row is written here."""

import tempfile
from contextlib import ExitStack, closing
from typing import Any, BinaryIO, cast

from django.conf import settings

from factcheck.errors import Invalid
from sources import fetching, recording, requisites, supplied
from sources.browser import Sight
from sources.canonical import Address
from sources.fetcher import Watch
from sources.models import Capture
from sources.reasons import FetchFailed, size
from sources.recording import Recorded

LONGEST_NAME = 200
PIECE = 1024 * 1024
#: What stands round a file in the body of a form.
FORM_BYTES = 64 * 1024
# A browser would fetch what the file does not have, and mix what is there today with what somebody saved.
UNSEEN = Sight(why_not="There is no picture of the page: a person supplied this copy, and no browser was shown it.")


def refuse_by_length(content_length: object) -> None:
    """Before a byte of the body was read: Invalid when it says that it is larger than any file that is taken."""
    announced = str(content_length or "")
    # Of a number that long the size is of no interest.
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > settings.UPLOAD_MAX_BYTES + FORM_BYTES):
        raise TooLarge(_too_large(settings.UPLOAD_MAX_BYTES))


class TooLarge(Invalid):
    """The file, or the body that it comes in, is larger than what is taken."""

    code = "too_large"
    status = 413
    title = "Too large"

    def __init__(self, sentence: str) -> None:
        super().__init__({"file": sentence})


def check(file: BinaryIO) -> None:
    """Invalid when it is of no kind that is taken, or too large. Only its beginning is looked at."""
    length = file.seek(0, 2)
    file.seek(0)
    try:
        kind = supplied.kind_of(file.read(supplied.START_BYTES))
    except FetchFailed as failure:
        raise Invalid({"file": str(failure.facts["why"])}) from failure
    limit = min(settings.UPLOAD_MAX_BYTES, supplied.limit_of(kind, fetching.limits()))
    if length > limit:
        raise TooLarge(_too_large(limit))


def keep(file: BinaryIO) -> str:
    """Its digest, once it is in the archive."""
    return fetching.blobs().put(file)[0].hex()


def cleaned(name: str) -> str:
    """The name of the file as it is shown: one line, of any script, without what turns it round."""
    name = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(shown.split())[:LONGEST_NAME].strip() or "a file without a name"


def recorded(capture: Capture, address: Address, watch: Watch) -> Recorded:
    """The page as the file has it. FetchFailed when it does not, or when the file is not sound."""
    with ExitStack() as stack:
        file = stack.enter_context(closing(_opened(capture)))
        length = file.seek(0, 2)
        watch("reading the file", length)
        copy = supplied.read(file, address, capture.requested_at, fetching.limits())
        stack.callback(copy.close)
        fetched = stack.enter_context(closing(copy.fetched))
        # The limits that a page's parts have on their way hold for those in a file.
        got = requisites.collect(fetched, copy.get, fetching.limits(), fetching.budget())
        about = _about(capture, length)
        done = recording.record(
            fetched, fetching.blobs(), purpose=capture.purpose, sight=UNSEEN, requisites=got, supplied=about
        )
    done.snapshot.note = " ".join(filter(None, [copy.note, done.snapshot.note]))
    return done


def _opened(capture: Capture) -> BinaryIO:
    """A copy of the file on disk, for wherever the archive lies one must be able to seek in it."""
    file = cast(BinaryIO, tempfile.TemporaryFile(prefix="factcheck-"))  # noqa: SIM115 -- the caller closes it
    try:
        with fetching.blobs().open(bytes.fromhex(capture.supplied_sha256)) as kept:
            while piece := kept.read(PIECE):
                file.write(piece)
    except BaseException:
        file.close()
        raise
    return file


def _about(capture: Capture, length: int) -> dict[str, Any]:
    """Who supplied what, in the metadata record. The file is for everybody, so a person is an account's number."""
    return {
        "by": {"account": capture.requested_by_id},
        "at": capture.requested_at.isoformat(),
        "file": capture.supplied_as,
        "sha256": capture.supplied_sha256,
        "length": length,
    }


def _too_large(limit: int) -> str:
    return (
        f"This file is too large: at most {size(limit)} of one are taken. Save the page as PDF, or without its films."
    )
