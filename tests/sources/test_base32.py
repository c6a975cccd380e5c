import base64
import hashlib
import random

import pytest

from sources.base32 import base32


def test_base32_is_what_readers_know() -> None:
    assert base32(hashlib.sha256(b"").digest()) == "4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ===="


def test_any_digest_is_as_the_standard_library_has_it() -> None:
    chance = random.Random(32)  # noqa: S311
    digests = [bytes(32), b"\xff" * 32, *(chance.randbytes(32) for _ in range(500))]
    digests += [(1 << bit).to_bytes(32) for bit in range(256)]
    assert [base32(digest) for digest in digests] == [base64.b32encode(digest).decode() for digest in digests]


@pytest.mark.parametrize("length", [0, 20, 31, 33])
def test_what_is_no_sha256_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        base32(bytes(length))
