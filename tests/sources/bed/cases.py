"""Hostile addresses, thousands of them, generated: the same on each run."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.sources.bed.names import PUBLIC
from tests.sources.bed.public import EDGES
from tests.sources.bed.spellings import DIGITS, SPACES, UNSEEN, embedding, of_v4, of_v6

PUBLIC_V6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
PRIVATE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "169.254.169.254", "169.254.170.2",
    "172.16.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "203.0.113.1", "240.0.0.1",
    "224.0.0.1", "255.255.255.255", "168.63.129.16",
)  # fmt: skip
PRIVATE_V6 = (
    "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "ff02::1", "ff0e::1", "100::1",
    "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3ffe::1", "3fff::1",
    "2620:4f:8000::1", "4000::1", "5f00::1", "1fff::1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2001:1::1",
)  # fmt: skip
FEW = ("127.0.0.1", "169.254.169.254", "[::1]", "localhost", "[::ffff:10.0.0.1]")
SCHEMES = """
file ftp ftps sftp scp tftp gopher dict ldap ldaps ldapi jar data javascript vbscript view-source view-source:http ws wss
blob blob:http about chrome chrome-extension resource filesystem filesystem:http netdoc phar php expect ssh2 smb cifs nfs
rtsp rtmp imap pop3 smtp telnet mailto news nntp redis mongodb mysql tel sms intent android-app moz-extension jar:http
url:http feed feed:http httpx xhttp http+unix unix shttp h2c icap spdy ht%74p hｔtp HTTP\u200b :http
"""
PORTS = """
:80:22 :22 :0 :65616 :65536 :65558 :080 :0080 :00000080 :000000022 :%38%30 :%32%32 :80%20 :８０ :²² :٢٢ :-22 :+22 :+80 :22.0
:0x16 :026 :2 2 :80@22 :80,22 :80;22 :80| :22%00 :80%3a22 : :: :: 22 :1e2 :80a :a80 :4294967318 :18446744073709551638
:25 :53 :3306 :5432 :6379 :11211 :2375 :9200 :11434 :8000 :81 :444 :65535 :1 :8O :808\u200b0 :80\u00ad :_80 :8_0 :1_1211
"""
UNICODE = """
ⅼocalhost localhoſt ﬂocalhost loc𝐚lhost ｌｏｃａｌｈｏｓｔ LOCALHOST Localhost localhost. localhost.. .localhost loca\u00adlhost
loca\u200blhost loca\u200dlhost loc%61lhost %6c%6f%63%61%6c%68%6f%73%74 localhost%00.public.example localhost%2epublic
public。localhost public．localhost public｡localhost localhost。 ip6-localhost lοcalhost łocalhost xn--localhost-9db
xn--loclhost-xyz xn-- xn--- xn--a xn--- localhost.localdomain faß.example fass.example faſſ.example βόλος.example
βόλοσ.example نامه\u200cای.example a\u200db.example a℀b.example ℀.example public.example℀@127.0.0.1 ℅.example
public.example℆127.0.0.1 public.example／@127.0.0.1 public.example／127.0.0.1 public.example﹫127.0.0.1 public.example＠127.0.0.1
127.0.0.1＃.public.example 127.0.0.1？.public.example 127.0.0.1﹟.public.example 127.0.0.1：80 127.0.0.1︰80 127.0.0.1﹕80
public.example⁄127.0.0.1 public.example∕127.0.0.1 ⒈27.0.0.1 1㉗.0.0.1 ㏕.example ㍘.example ½.0.0.1 127.0.0.½ ①②⑦.⓪.⓪.①
١٢٧.٠.٠.١ १२७.०.०.१ 127.0.0.Ⅰ ⅷ.ⅷ.ⅷ.ⅷ 0ｘ7f.1 ０ｘ７ｆ.１ 0Ⅹ7f000001 x.127.1 a.0x7f000001 public.example.0x7f public.example.1
public.example.0177 a.0 a.00 a.09 a.0x a.0xg 1.2.3.4.5 1.2.3.08 1.2.3.256 256.1.1.1 0 00 0x 0x0 1 127 4294967295 4294967296
a_b.example _dmarc.example -a.example a-.example a..example *.example a!b.example a$b.example a&b.example a'b.example
a(b).example a+b.example a,b.example a;b.example a=b.example a~b.example a`b.example a{b.example a|b.example a"b.example
a^b.example a%b.example a%zz.example a%.example a<b.example 例え.テスト παράδειγμα.δοκιμή ￿.example \ud800.example 🦊.example
ab\u0301.example a\u0327\u0301.example \u0301a.example مثال.example 1مثال.example مثال1a.example ʼn.example ǰ.example İ.example
"""
#: One program takes {private} for the host, another {public}.
DISPUTED = r"""
http://{public}@{private}/ http://{private}@{public}/ http://{public}:80@{private}/ http://a:b@{private}/ http://@{private}/
http://:@{private}/ http://{public}%40{private}/ http://{public}%2540{private}/ http://{private}%40{public}/ http://a@b@{private}/
http://{public}@@{private}/ http://{private}:80@{public}:80/ http://{public}#@{private}/ http://{private}#@{public}/
http://{public}?@{private}/ http://{private}?@{public}/ http://{public}/@{private}/ http://{public};@{private}/ http://{public}&@{private}/
http://{public}#{private}/ http://{public}%23@{private}/ http://{public}%3f@{private}/ http://{public}%2f@{private}/
http://{public}\@{private}/ http://{private}\@{public}/ http://{public}\{private}/ http://{private}\.{public}/ http://{public}\\{private}/
http://{public}%5c@{private}/ http://{public}%5c{private}/ http://{public}%09@{private}/ http://{public}%00{private}/ http://{public}%00@{private}/
http:\\{private}/ http:\\{private}\@{public}/ http:/\{private}/ http:\/{private}/ http:///{private}/ http:////{private}/
http:/{private}/ http:{private}/ http:/{public}/..//{private}/ //{private}/ ///{private}/ \\{private}\ /\{private}/ \/{private}/
://{private}/ http//{private}/ http:/ /{private}/ http://{private}/http://{public}/ http://http://{private}/ http://http:{private}/
https:http://{private}/ HTTP://{private}/ hTTp://{private} http://{private}:80/ http://{private}:443/ https://{private}/
https://{private}:80/ http://{private}:8080/ https://{private}:8443/ http://{private}:/ http://{private}?{public} http://{private}#{public}
http://{private}/%2e%2e/%2f{public} http://{private}/..;/ http://{private}//{public}/ http://{private};.{public}/ http://{private},{public}/
http://{private}|{public}/ http://{private}&{public}/ http://{private}+{public}/ http://{private}%20{public}/ http://{private}%0d%0aHost:{public}/
http://{private}%2f{public}/ http://{private}%252f{public}/ http://{private}%3a80/ http://{private}..{public}/ http://{private}.{public}/
http://{public}.{private}/ http://{private}-{public}/ http://{private}_{public}/ http://{private}~{public}/ http://({private})/
http://<{private}>/ http://`{private}`/ http://"{private}"/ http://'{private}'/ http://{{{private}}}/ <http://{private}/> "http://{private}/"
url(http://{private}/) http://{private}:80\@{public}/ http://{private}:80#@{public}:80/ http://{private}:80?@{public}:80/ http:@{private}/
http:/@{private}/ http://{private}:@{public}/ http://[{private}]/ http://[{public}]@{private}/ http://[{private}@{public}]/ http://{public}[{private}]/
http://{public}:80:{private}/ http://{public}:{private}/ http://{public}:80,{private}:80/ http://{public},{private}/ http://{public};{private}/
http://{public}:@{private}:80/ http://{public}%E2%80%8B@{private}/ http://{public}/%5C@{private}/ http://{public}//{private}/ http://{public}/\{private}/
http://{public}/redirect?to=http://{private}/ http://{public}?u={private} http://{public}/;@{private}/ http://{public}?#@{private}/
http://％{private}/ http：//{private}/ http:／／{private}/ http://{private}／{public}/ ｈttp://{private}/
"""


@dataclass(frozen=True)
class Case:
    """`kind` says what the attempt is; `text` is the address as a hostile page or person writes it."""

    kind: str
    text: str


def addresses() -> list[Case]:
    """Each attempt once."""
    return list(dict.fromkeys(_all()))


def plain() -> list[Case]:
    """Without any disguise."""
    hosts = [*PRIVATE, *(f"[{ip}]" for ip in PRIVATE_V6)]
    ports = [Case("port", f"http://{PUBLIC}:{port}/") for port in (22, 6379, 65535)]
    return [Case("plain", f"http://{host}/") for host in hosts] + ports


def controls() -> list[Case]:
    """Addresses that must be reached, so that the silence about the others means something."""
    hosts = (
        PUBLIC,
        f"[{PUBLIC_V6}]",
        "public.example",
        "both.public.example",
        "1.1.1.1",
        "223.255.255.255",
        "[2a00:1450::1]",
    )
    return [Case("control", f"http://{host}{port}/") for host in hosts for port in ("", ":8080")]


def _all() -> Iterator[Case]:
    for ip in PRIVATE:
        yield from (Case("IPv4", f"http://{host}/") for host in of_v4(ip))
        yield from (Case("IPv4", f"https://{host}:8443/a?b#c") for host in list(of_v4(ip))[:12])
        yield from (Case("embedded", f"http://{host}/") for v6 in embedding(ip) for host in list(of_v6(v6))[:4])
    for ip in PRIVATE_V6:
        yield from (Case("IPv6", f"http://{host}/") for host in of_v6(ip))
    yield from (Case("edge", f"http://{f'[{edge}]' if ':' in edge else edge}/") for edge in EDGES)
    # The same spellings of public addresses: what is understood must be recorded as what was contacted.
    yield from (Case("public IPv4", f"http://{host}/") for ip in (PUBLIC, "8.8.4.4") for host in of_v4(ip))
    yield from (Case("public IPv6", f"http://{host}/") for host in of_v6(PUBLIC_V6))
    yield from _by_name()
    yield from _disputed()


def _by_name() -> Iterator[Case]:
    yield from (Case("Unicode", f"http://{host}/") for host in UNICODE.split())
    for name in ("localhost", "public.example"):
        yield from (Case("unseen", f"http://{name[:3]}{one}{name[3:]}/") for one in (*UNSEEN, *SPACES))
        yield from (Case("unseen", f"{one}http://{name}/") for one in (*UNSEEN, *SPACES))
        yield from (Case("unseen", f"http://{name}/{one}") for one in (*UNSEEN, *SPACES))
    # Where a page leads to: what is dropped in between makes a path a host.
    for goal in ("127.0.0.1", "[::1]", "[::1", "[", "public.example"):
        yield from (Case("unseen", f"{a}/{one}/{goal}") for one in (*UNSEEN, *SPACES) for a in ("", "http:", one))
        yield from (
            Case("unseen", f"ht{one}tp:{slashes}{goal}") for one in SPACES for slashes in ("/", "//", "///", "\\\\")
        )
    yield from (
        Case("digits", f"http://{digits[1]}{digits[0]}.{digits[0]}.{digits[0]}.{digits[1]}{port}/")
        for digits in DIGITS.values() for port in ("", ":22", f":{digits[8]}{digits[0]}", f":{digits[2]}{digits[2]}")
    )  # fmt: skip


def _disputed() -> Iterator[Case]:
    for private in (*FEW, "0x7f.1", "2130706433", "127.1", "10.0.0.1.nip.example"):
        for form in _parts(DISPUTED):
            yield from (Case("disputed", form.format(private=private, public=p)) for p in (PUBLIC, "public.example"))
        yield from (
            Case("scheme", f"{s}{slashes}{private}/")
            for s in [*SCHEMES.split(), "ht\ttp"]
            for slashes in ("://", ":", ":///")
        )
    for host in ("127.0.0.1", "[::1]", PUBLIC, f"[{PUBLIC_V6}]", "public.example"):
        yield from (Case("port", f"http://{host}{port}/") for port in _parts(PORTS))
        yield from (Case("port", f"https://{host}{port}") for port in _parts(PORTS))


def _parts(block: str) -> list[str]:
    """Of some the odd spaces are a part."""
    return [part for part in block.replace("\n", " ").split(" ") if part]
