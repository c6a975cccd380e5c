"""How a test reads a page: as its reader does, without the markup."""

from __future__ import annotations

import html
import re
from typing import Protocol

#: Words that somebody may paste, and what must never come of them.
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "Nice {{ 7|add:7 }} {% now 'Y' %} try",
    "abc \u202egnihtyreve\u202c turned, and \u2067isolated\u2069",
    "# Not a heading\n\n[not a link](javascript:alert(1)) `code` **bold** | a | b |",
    "'; DROP TABLE claims_claim; --",
    "قالت الوزارة إن القيود باقية",
    "商务部表示，许可制度仍然有效。",
    "허가 제도는 그대로 유지되었다.",
    "👩‍👩‍👧‍👦 é \U00020000",
    "long" * 2000,
]


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def source(answer: Answer) -> str:
    return answer.content.decode()


def words(answer: Answer) -> str:
    """What one reads: no markup, no scripts, single spaces, and none before a comma that follows a name."""
    body = re.sub(r"<script.*?</script>", "", source(answer), flags=re.DOTALL)
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
    return re.sub(r" ([,.:])", r"\1", text)


def visible(text: str) -> str:
    """``text`` as ``words`` gives it back."""
    return re.sub(r" ([,.:])", r"\1", " ".join(text.split()))


def scripts(answer: Answer) -> list[str]:
    """The opening tags of the scripts on the page, without the addresses of our own files."""
    return [re.sub(r' src="/static/[^"]+"', " src", tag) for tag in re.findall(r"<script[^>]*>", source(answer))]
