from django.urls import path

from sources.views import archived_copy, at_work, comparison, looks, replay, snapshot, source, supply

app_name = "sources"
urlpatterns = [
    path("sources/<int:pk>/", source.source, name="source"),
    path("sources/<int:pk>/retry/", source.retry, name="retry"),
    path("sources/<int:pk>/copies/", supply.supply, name="supply"),
    path("sources/<int:pk>/compare/", comparison.compare, name="compare"),
    path("snapshots/<int:pk>/", snapshot.snapshot, name="snapshot"),
    path("archive/", at_work.at_work, name="at-work"),
    # For readers: these stand in published checks and never change.
    path("archive/<int:pk>/", archived_copy.archived_copy, name="archived-copy"),
    path("archive/<int:pk>/warc", archived_copy.warc, name="warc"),
    path("archive/<int:pk>/wacz", archived_copy.wacz, name="wacz"),
    # The page as it looked, and the copies of an address as other archives ask for them (RFC 7089).
    path("archive/<int:pk>/page", replay.replay, name="replay"),
    path("archive/<int:pk>/picture", looks.picture, name="picture"),
    path("archive/<int:pk>/pdf", looks.printed, name="pdf"),
    path("timegate/<path:url>", replay.timegate, name="timegate"),
    path("timemap/<path:url>", replay.timemap, name="timemap"),
]
