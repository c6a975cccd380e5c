"""Archived pages as one file (WACZ), always as a download."""

from __future__ import annotations

from collections.abc import Collection

from django.http import StreamingHttpResponse

from factcheck.errors import NotFound
from sources import packaging, wacz

#: How the API's description has it: a file, not JSON.
WACZ = {(200, wacz.MEDIA_TYPE): bytes}
# The bytes are a stranger's. Nothing in them may ever run under our name, whatever a browser takes them for.
INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def wacz_of(snapshots: Collection[int], *, name: str, title: str = "") -> StreamingHttpResponse:
    """The captures as `name`.wacz. Who may have them was decided by the caller."""
    if not snapshots:
        raise NotFound("No archived page is quoted here, so there is nothing to download.")
    try:
        package = packaging.package(snapshots, title)
    except (wacz.Damaged, FileNotFoundError) as error:
        raise NotFound(
            "The file of an archived page is missing or damaged. Tell the newsroom, which has to restore it."
        ) from error
    answer = StreamingHttpResponse(package.pieces(), content_type=wacz.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.wacz"'
    answer["Content-Length"] = str(package.length)
    answer["ETag"] = f'"{package.sha256}"'
    for header, value in INERT.items():
        answer[header] = value
    return answer
