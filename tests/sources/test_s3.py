"""The archive in S3, as ARCHIVE_S3_BUCKET sets it up. Needs packages that are no requirements of ours:
pip install 'django-storages[s3]' 'moto[s3,server]'."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from factcheck.access.models import User
from sources import checking, fetching, orphans, packaging
from tests.sources.archived import archived
from tests.sources.raw_server import page, raw_server

server: Any = pytest.importorskip("moto.server", reason="moto is not installed: pip install 'moto[s3,server]'")
pytest.importorskip("storages", reason="django-storages is not installed: pip install 'django-storages[s3]'")


@pytest.fixture(autouse=True)
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    service = server.ThreadedMotoServer(port=0)
    service.start()
    endpoint = "http://{}:{}".format(*service.get_host_and_port())
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="archive")
    options = {"bucket_name": "archive", "endpoint_url": endpoint, "file_overwrite": True}
    settings.STORAGES = settings.STORAGES | {
        "archive": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    }
    yield
    service.stop()


def test_pages_are_archived_checked_packaged_and_swept_there(db: None, settings: Settings) -> None:
    by = User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])
    with raw_server(page("<p>The rule stays.</p>")) as press:
        settings.FETCH_ALLOW_PRIVATE = [press.endpoint]
        snapshot = archived(press.url("/1"), by, timezone.now())
    blobs = fetching.blobs()
    orphan = blobs.put(io.BytesIO(b"left by a worker that died"))[0]
    (told,) = checking.snapshots(every_record=True)
    assert checking.check(told, blobs, every_record=True) is None
    package = packaging.package([snapshot.pk])
    assert sum(map(len, package.pieces())) == package.length
    found = list(orphans.orphans(timezone.now() + timedelta(minutes=1)))
    assert [name.rpartition("/")[2] for name in found] == [orphan.hex()]
    assert orphans.remove(found[0])
    assert (blobs.has(orphan), blobs.has(bytes.fromhex(snapshot.warc_sha256))) == (False, True)
    with pytest.raises(FileNotFoundError):
        blobs.open(orphan)
