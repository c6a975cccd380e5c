"""The web application as gunicorn runs it."""

import os
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LARGEST: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def whole_bodies(inner: Wsgi) -> Wsgi:
    """Reads a body that comes in chunks, as many HTTP clients send one of unknown length.

    Django reads as many bytes as Content-Length says, so that it takes such a body for an empty one.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "CONTENT_LENGTH" not in environ and environ.get("wsgi.input_terminated"):
            # One byte more than is taken, so that Django refuses what is too large.
            body = environ["wsgi.input"].read(LARGEST + 1)
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return inner(environ, start_response)

    return answer


application = whole_bodies(get_wsgi_application())
