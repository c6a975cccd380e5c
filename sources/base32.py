"""SHA-256 digests in base32 (RFC 4648), as WARC headers carry them. Plain Python, no Django.

Up to Python 3.14 `base64.b32encode` goes through the letters in Python, which is some hundredths of what fetching and
recording a page takes; from 3.15 on it is written in C, and this module can go. Here a digest is one number, whose
groups of five bits are moved apart to eight by halves.
"""

DIGEST_BYTES = 32
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_LETTERS = LETTERS.ljust(256, b"\0")
# 256 bits are 51 letters and one bit, which four zeros fill up; the equals signs make whole eights of letters.
_LETTERS_A_DIGEST, _FILL, _PADDING = 52, 4, "===="
_Step = tuple[int, int, int]


def base32(digest: bytes) -> str:
    """52 letters and four equals signs. Raises ValueError for what is not 32 bytes."""
    if len(digest) != DIGEST_BYTES:
        raise ValueError(f"A digest has {DIGEST_BYTES} bytes, not {len(digest)}.")
    number = int.from_bytes(digest) << _FILL
    for low, high, by in _STEPS:
        number = (number & low) | (number & high) << by
    return number.to_bytes(_LETTERS_A_DIGEST).translate(_TO_LETTERS).decode("ascii") + _PADDING


def _steps() -> list[_Step]:
    """For blocks of 64 groups of five bits, then of 32, and so on: which bits stay, which move up, and how far."""
    steps: list[_Step] = []
    half = 32
    while half:
        bits = (1 << half * 5) - 1
        low = sum(bits << start * 8 for start in range(0, 64, 2 * half))
        steps.append((low, low << half * 5, half * 3))
        half //= 2
    return steps


_STEPS = _steps()
