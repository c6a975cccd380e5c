"""A WACZ from a stranger: what is sound is read, and each way of being wrong is refused with a sentence of its own."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

import pytest

from sources import reading_wacz, wacz, zipping
from sources.reading_wacz import BadWacz, Page, read
from sources.unzipping import Zip
from sources.warc import WarcFile, digest_of

AT = datetime(2025, 6, 9, 12, tzinfo=UTC)
URL = "http://example.org/a"
Files = dict[str, bytes]


@cache
def warc() -> tuple[bytes, list[wacz.Line]]:
    """A WARC file with one page, and its line of the index."""
    target = io.BytesIO()
    file = WarcFile(target, [("software", "a test")], AT)
    head, body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>The rule stays.</p>" * 9
    fields = [("WARC-Target-URI", URL), ("Content-Type", "application/http; msgtype=response")]
    fields.append(("WARC-Payload-Digest", digest_of([body]).label))
    _, offset, length = file._record("response", AT, fields, head, io.BytesIO(body), packed=False)
    file._record("metadata", AT, [("WARC-Target-URI", f"urn:metadata:{URL}")], b"{}", io.BytesIO(), packed=False)
    line = wacz.Line(URL, AT, "text/html", 200, digest_of([body]), offset, length, "a.warc.gz")
    return target.getvalue(), [line]


def package() -> wacz.Package:
    data, lines = warc()
    stretch = wacz.Stretch(partial(io.BytesIO, data), 0, len(data))
    return wacz.Package("Licences", [wacz.Warc("a.warc.gz", [stretch])], lines, [wacz.Page("1", URL, AT, "The rule")])


@cache
def sound() -> bytes:
    return b"".join(package().pieces())


def files() -> Files:
    with zipfile.ZipFile(io.BytesIO(sound())) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(content: Files, method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, data in content.items():
            file.writestr(name, data)
    return target.getvalue()


def listed(content: Files, **resources: Any) -> Files:
    """The files with a data package that fits them; `resources` changes what it says of the first."""
    about = json.loads(content.get("datapackage.json", files()["datapackage.json"]))
    rest = {name: data for name, data in content.items() if not name.startswith("datapackage")}
    about["resources"] = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in rest.items()
    ]
    if resources:
        about["resources"][0] |= resources
    raw = json.dumps(about).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}).encode()
    return {"datapackage.json": raw, "datapackage-digest.json": digest} | rest


def changed(**lines: Any) -> Files:
    """The files with something else in the line of the index."""
    content = files()
    key, timestamp, facts = content["indexes/index.cdx"].decode().split(" ", 2)
    timestamp = lines.pop("timestamp", timestamp)
    content["indexes/index.cdx"] = f"{key} {timestamp} {json.dumps(json.loads(facts) | lines)}\n".encode()
    return listed(content)


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(BadWacz) as caught:
        read(io.BytesIO(data), **limits)
    said = str(caught.value)
    assert said.startswith("This WACZ cannot be taken: ")
    assert said.endswith("Get the file again from where it was made, or give the WARC file in it by itself.")
    return said


class TestASoundFile:
    def test_gives_its_pages_and_its_warc_files(self) -> None:
        found = read(io.BytesIO(sound()))
        assert (found.title, found.warcs, found.pages) == ("Licences", ["a.warc.gz"], [Page(URL, AT, "The rule")])
        with found.open("a.warc.gz") as stream:
            assert stream.read() == warc()[0]
            stream.seek(-3, io.SEEK_END)
            assert stream.read() == warc()[0][-3:]

    def test_may_be_packed(self) -> None:
        found = read(io.BytesIO(zipped(files(), zipfile.ZIP_DEFLATED)))
        with found.open("a.warc.gz") as stream:
            assert stream.read() == warc()[0]

    def test_may_be_written_to_a_stream_that_knows_no_sizes_yet(self) -> None:
        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def tell(self) -> int:
                raise OSError

        pipe = Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in files().items():
                file.writestr(name, data)
        assert read(io.BytesIO(pipe.getvalue())).warcs == ["a.warc.gz"]

    def test_may_have_a_packed_index_and_folders(self) -> None:
        content = files()
        content["indexes/index.cdx.gz"] = gzip.compress(b"!meta 0 {}\n" + content.pop("indexes/index.cdx"))
        packed = listed(content) | {"archive/": b""}
        assert read(io.BytesIO(zipped(packed))).warcs == ["a.warc.gz"]

    def test_may_come_without_pages_and_without_a_digest_of_its_datapackage(self) -> None:
        content = files()
        del content["pages/pages.jsonl"]
        content = listed(content)
        del content["datapackage-digest.json"]
        assert read(io.BytesIO(zipped(content))).pages == []

    def test_with_a_wrong_time_of_a_page_has_a_page_without_time(self) -> None:
        content = files()
        url = "http://example.org/a"
        content["pages/pages.jsonl"] = (
            f'{{"format": "json-pages-1.0"}}\n{{"url": "{url}", "ts": "yesterday"}}\n'.encode()
        )
        assert read(io.BytesIO(zipped(listed(content)))).pages == [Page(url, None, "")]


def without(name: str) -> Files:
    content = files()
    del content[name]
    return listed(content) if not name.startswith("datapackage") else content


def with_file(name: str, data: bytes) -> Files:
    return listed(files() | {name: data})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (without("datapackage.json"), "it has no datapackage.json"),
        (files() | {"datapackage.json": b"{}"}, "its datapackage.json names no version 1 of WACZ"),
        (files() | {"datapackage.json": b"[]"}, "datapackage.json is not what it should be"),
        (files() | {"datapackage.json": b"[" * 100_000}, "datapackage.json is not readable"),
        (files() | {"datapackage-digest.json": b'{"path": "datapackage.json", "hash": "sha256:00"}'},
         "datapackage-digest.json does not have the digest of datapackage.json"),
        (listed(files(), hash="sha256:" + "0" * 64), "does not have the digest or the length"),
        (listed(files(), bytes=1), "does not have the digest or the length"),
        (listed(files(), hash="md5:00"), "has no SHA-256 of"),
        (listed(files(), path="archive/other.warc.gz"), "lists 'archive/other.warc.gz' twice, or it is not there"),
        (listed(files(), path="../../etc/passwd"), "lists '../../etc/passwd' twice, or it is not there"),
        (files() | {"archive/more.warc.gz": b"x"}, "does not list archive/more.warc.gz"),
        (without("archive/a.warc.gz"), "there is no WARC file in it"),
        (without("indexes/index.cdx"), "it has no index"),
        (with_file("indexes/index.cdx", b""), "its index is empty"),
        (with_file("indexes/index.cdx", b"org,example)/a 20250609120000 {}\n"), "does not say where the record is"),
        (with_file("indexes/index.cdx", b"org,example)/a\n"), "does not say where the record is"),
        (with_file("indexes/index.cdx", b"x" * 100_000), "is longer than such a file is"),
        (with_file("indexes/index.cdx.gz", b"\x1f\x8b no"), "indexes/index.cdx.gz cannot be unpacked"),
        (changed(filename="../a.warc.gz"), "leads to '../a.warc.gz', which is not there"),
        (changed(offset="1"), "where no record begins"),
        (changed(offset="99999999"), "which is outside of it"),
        (changed(length="99999999"), "which is outside of it"),
        (changed(length=str(warc()[1][0].length - 9)), "says a wrong length"),
        (changed(length=str(warc()[1][0].length + 9)), "says a wrong length"),
        (changed(length=str(len(warc()[0]) - warc()[1][0].offset)), "says a wrong length"),
        (changed(digest="sha256:" + "A" * 52), "has another digest than the record"),
        (with_file("pages/pages.jsonl", b'{"url": "http://example.org/b"}\n'), "does not have the page"),
        (changed(offset="0"), "where another record is"),
        (changed(url="http://example.org/b"), "where another record is"),
        (changed(timestamp="20250609120001"), "where another record is"),
        (changed(timestamp="june"), "has no time"),
        (changed(offset="-1"), "does not say where the record is"),
        (with_file("pages/pages.jsonl", b"no json\n"), "pages/pages.jsonl is not readable"),
    ],
)  # fmt: skip
def test_what_it_says_of_itself_must_be_true(content: Files, why: str) -> None:
    assert why in refusal(zipped(content))


def flagged(bit: int) -> bytes:
    """The first member's headers with one flag more."""
    data = bytearray(sound())
    for place in (6, data.index(zipping.CENTRAL) + 8):
        (flags,) = struct.unpack_from("<H", data, place)
        struct.pack_into("<H", data, place, flags | bit)
    return bytes(data)


def renamed(name: str) -> bytes:
    return zipped(files() | {name: b"x"})


def overlapping() -> bytes:
    """One file lies within another: with many, a small file unpacks to a huge one."""
    inner = zipping.Entry("b", 4, 0, list)
    outer = zipping.Entry("a", len(zipping._head(inner, AT)) + 4, 0, list)
    start = zipping._head(outer, AT) + zipping._head(inner, AT) + b"data"
    listed = zipping._listed(outer, AT, 0) + zipping._listed(inner, AT, len(zipping._head(outer, AT)))
    return start + listed + zipping._end(2, len(listed), len(start))


def same_twice() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("archive/a.warc.gz", b"one")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("archive/a.warc.gz", b"two")
    return target.getvalue()


def bomb(size: int = 100_000_000) -> bytes:
    return zipped(listed(files() | {"archive/b.warc.gz": bytes(size)}), zipfile.ZIP_DEFLATED)


def lying_bomb() -> bytes:
    """It says that it unpacks to 1000 bytes."""
    data = bytearray(bomb(10_000_000))
    for name, place in ((data.index(b"archive/b.warc.gz"), 30 - 22), (data.rindex(b"archive/b.warc.gz"), 46 - 24)):
        struct.pack_into("<L", data, name - place, 1000)
    return bytes(data)


def crowded() -> bytes:
    return zipped({f"{number}": b"" for number in range(10_001)})


def link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        info = zipfile.ZipInfo("archive/a.warc.gz")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"", "it is no zip file"),
        (lambda: b"PK\x05\x06", "it is no zip file"),
        (lambda: sound()[:-1], "it is no zip file, or its end is missing"),
        (lambda: sound() + b"more", "its end is not where it says"),
        (lambda: b"before" + sound(), "its directory is not where it says"),
        (lambda: flagged(0x0001), "datapackage.json is encrypted"),
        (lambda: flagged(0x2000), "datapackage.json is encrypted"),
        (lambda: zipped(files(), zipfile.ZIP_BZIP2), "packed in a way that few can read"),
        (lambda: renamed("../evil.warc.gz"), "leads out of the file"),
        (lambda: renamed("/etc/passwd"), "leads out of the file"),
        (lambda: renamed("archive/../../x"), "leads out of the file"),
        (lambda: renamed("archive//x"), "leads out of the file"),
        (lambda: renamed("C:\\x"), "leads out of the file"),
        (lambda: renamed("archive/\x07"), "leads out of the file"),
        (same_twice, "it has archive/a.warc.gz twice"),
        (overlapping, "shares its bytes with another file"),
        (bomb, "unpacks to more than 200 times its size"),
        (lying_bomb, "unpacks to more than it says"),
        (crowded, "it has more than 10000 files in it"),
        (link, "archive/a.warc.gz is a link to another file"),
    ],
)
def test_the_zip_file_must_be_sound(make: Callable[[], bytes], why: str) -> None:
    assert why in refusal(make())


def test_may_not_unpack_to_more_than_is_taken() -> None:
    assert "it unpacks to more than 0 MB" in refusal(sound(), most_bytes=1000)


def test_a_bomb_in_the_index_does_not_make_the_reader_large() -> None:
    content = files()
    content["indexes/index.cdx.gz"] = gzip.compress(b"\n" * 100_000_000)
    data = zipped(listed(content))
    tracemalloc.start()
    assert "indexes/index.cdx.gz is longer than such a file is" in refusal(data)
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_a_changed_byte_is_refused_or_changes_nothing() -> None:
    """Every byte of the file. What is taken all the same (a date, a flag that nobody reads) has the same content."""
    data, expected = sound(), read(io.BytesIO(sound()))
    taken = 0
    for place in range(len(data)):
        spoilt = bytearray(data)
        spoilt[place] ^= 0x21
        try:
            found = read(io.BytesIO(spoilt))
        except BadWacz:
            continue
        taken += 1
        assert (found.title, found.pages, found.warcs) == (expected.title, expected.pages, expected.warcs), place
        with found.open("a.warc.gz") as stream:
            assert stream.read() == warc_of(data), place
    assert taken < len(data) // 20


def warc_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read("archive/a.warc.gz")


def test_large_numbers_are_read_as_they_are_written() -> None:
    """Zip64, without the four gigabytes: the directory alone is looked at."""
    entries = [zipping.Entry("a", 5_000_000_000, 7, list), zipping.Entry("b", 3, 8, list)]
    heads, tail = zipping._laid_out(entries, AT)
    assert zipping.length(entries) == sum(map(len, heads)) + 5_000_000_003 + len(tail)

    class Sparse(io.BytesIO):
        """Has the headers, and pretends to have what is between them."""

        def __init__(self) -> None:
            self.parts = {0: heads[0], len(heads[0]) + 5_000_000_000: heads[1]}
            self.parts[zipping.length(entries) - len(tail)] = tail
            self.place = 0

        def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
            self.place = offset if whence == io.SEEK_SET else zipping.length(entries) + offset
            return self.place

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            found = bytearray(size)
            for place, part in self.parts.items():
                start = max(place, self.place)
                known = part[start - place : max(start - place, self.place + size - place)]
                if start < self.place + size:
                    found[start - self.place : start - self.place + len(known)] = known
            self.place += size
            return bytes(found)

    members = Zip(Sparse(), 10**10).members
    assert [(m.name, m.length, m.crc) for m in members.values()] == [("a", 5_000_000_000, 7), ("b", 3, 8)]
    assert reading_wacz.MOST_BYTES < 5_000_000_000
