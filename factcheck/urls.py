"""Which address leads where. Each app brings its own addresses; this only joins them."""

from django.urls import URLPattern, URLResolver, include, path

import claims.urls
from factcheck import health

handler400 = "factcheck.api.outside.bad_request"
handler500 = "factcheck.api.outside.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("factcheck.access.urls")),
    path("", include("claims.urls")),
    path("", include("sources.urls")),
    path("api/v1/", include(("claims.api.urls", "claims-api"))),
    path("api/v1/", include(("sources.api", "sources-api"))),
    path("", include("factcheck.api.urls")),
    path("press/", include("factcheck.sample.urls")),
    path("", include(claims.urls.fact_sheets)),
    path("", include(claims.urls.for_readers)),
]
