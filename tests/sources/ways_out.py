"""A page that tries every way a browser knows to reach an address. `{to}` is host:port, `{way}` names the attempt."""

# Each of these, aimed at an endpoint that is allowed, arrives there: that is how the test knows that it is an attempt.
MARKUP = {
    "img": '<img src="http://{to}/{way}">',
    "srcset": '<img srcset="http://{to}/{way} 1x">',
    "picture": '<picture><source srcset="http://{to}/{way}"><img></picture>',
    "script": '<script src="http://{to}/{way}"></script>',
    "module": '<script type="module" src="http://{to}/{way}"></script>',
    "style": '<link rel="stylesheet" href="http://{to}/{way}">',
    "import": '<style>@import "http://{to}/{way}";</style>',
    "background": "<div style=\"height:9px;background:url('http://{to}/{way}')\"></div>",
    "font": "<style>@font-face{{font-family:f{id};src:url('http://{to}/{way}')}} .f{id}{{font-family:f{id}}}</style>"
    "<b class='f{id}'>f</b>",
    "preload": '<link rel="preload" as="image" href="http://{to}/{way}">',
    "prefetch": '<link rel="prefetch" href="http://{to}/{way}">',
    "iframe": '<iframe src="http://{to}/{way}"></iframe>',
    "srcdoc": '<iframe srcdoc="<img src=http://{to}/{way}>"></iframe>',
    "refresh": "<iframe srcdoc='<meta http-equiv=refresh content=\"0;url=http://{to}/{way}\">'></iframe>",
    "data": '<iframe src="data:text/html,<img src=http://{to}/{way}>"></iframe>',
    "object": '<object data="http://{to}/{way}"></object>',
    "embed": '<embed src="http://{to}/{way}">',
    "video": '<video preload="auto" src="http://{to}/{way}"></video>',
    "audio": '<audio preload="auto" src="http://{to}/{way}"></audio>',
    "poster": '<video poster="http://{to}/{way}"></video>',
    "svg": '<svg><image href="http://{to}/{way}" width="9" height="9"/></svg>',
    "input": '<input type="image" src="http://{to}/{way}">',
    "form": '<iframe name="n{id}"></iframe><form id="s{id}" target="n{id}" action="http://{to}/{way}"></form>'
    "<script>document.getElementById('s{id}').submit()</script>",
}  # fmt: skip
SCRIPT = {
    "fetch": "fetch('http://{to}/{way}',{{mode:'no-cors'}}).catch(()=>0)",
    "xhr": "let x=new XMLHttpRequest();x.open('GET','http://{to}/{way}');x.send()",
    "beacon": "navigator.sendBeacon('http://{to}/{way}','x')",
    "keepalive": "fetch('http://{to}/{way}',{{mode:'no-cors',keepalive:true,method:'POST',body:'x'}}).catch(()=>0)",
    "events": "new EventSource('http://{to}/{way}')",
    "websocket": "new WebSocket('ws://{to}/{way}')",
    "dynamic": "import('http://{to}/{way}').catch(()=>0)",
    "image": "new Image().src='http://{to}/{way}'",
    "frame": "let f=document.createElement('iframe');document.body.append(f);f.contentWindow.location='http://{to}/{way}'",
    "worker": "new Worker(URL.createObjectURL(new Blob([\"fetch('http://{to}/{way}',{{mode:'no-cors'}})\"])))",
    "scripts": "new Worker(URL.createObjectURL(new Blob([\"importScripts('http://{to}/{way}')\"])))",
    "redirect": "new Image().src='http://{allowed}/to?http://{to}/{way}'",
    "hop": "fetch('http://{allowed}/to?http://{to}/{way}',{{mode:'no-cors'}}).catch(()=>0)",
}
# What has no HTTP to arrive with; of these only the canary can tell.
SILENT = {
    "dns": '<link rel="dns-prefetch" href="http://{to}/">',
    "preconnect": '<link rel="preconnect" href="http://{to}/">',
    "https": '<img src="https://{to}/{way}">',
    "wss": "<script>new WebSocket('wss://{to}/{way}')</script>",
    "speculation": '<script type="speculationrules">{{"prerender":[{{"source":"list","urls":["http://{to}/{way}"]}}]}}</script>',
    "popup": "<script>window.open('http://{to}/{way}')</script>",
    "webtransport": "<script>try{{new WebTransport('https://{to}/{way}').ready.catch(()=>0)}}catch(e){{}}</script>",
    "stun": "<script>rtc([{{urls:'stun:{to}'}}])</script>",
    "turn": "<script>rtc([{{urls:'turn:{to}?transport=tcp',username:'u',credential:'c'}}])</script>",
    "turns": "<script>rtc([{{urls:'turns:{to}?transport=tcp',username:'u',credential:'c'}}])</script>",
    "turn-udp": "<script>rtc([{{urls:'turn:{to}?transport=udp',username:'u',credential:'c'}}])</script>",
    "file": '<img src="file:///etc/passwd"><iframe src="file:///etc/passwd"></iframe>',
    "worker-file": "<script>try{{new SharedWorker('http://{to}/{way}')}}catch(e){{}}</script>",
    "manifest": '<link rel="manifest" href="http://{to}/{way}">',
    "icon": '<link rel="icon" href="http://{to}/{way}">',
    "serviceworker": "<script>navigator.serviceWorker&&navigator.serviceWorker.register('/sw').catch(()=>0)</script>",
    "ping": "<a id='p{id}' href='#here' ping='http://{to}/{way}'>p</a><script>p{id}.click()</script>",
    "away": "<script>setTimeout(()=>location='http://{to}/{way}',50)</script>",
}  # fmt: skip
RTC = """<script>
window.tried = 0;
function rtc(servers) {
  const peer = new RTCPeerConnection({iceServers: servers});
  peer.createDataChannel("x");
  peer.createOffer().then(offer => peer.setLocalDescription(offer)).then(
    () => document.body.dataset.rtc = ++window.tried);
}
</script>"""


def page(to: dict[str, str], *, allowed: str, silent: bool) -> str:
    """`to` names each target; an attempt's path is /way-name."""
    parts = ["<!doctype html><meta charset=utf-8><title>Ways out</title><body>", RTC]
    number = 0
    ways = MARKUP | {way: f"<script>{{{{{script}}}}}</script>" for way, script in SCRIPT.items()}
    ways |= SILENT if silent else {}
    for name, endpoint in to.items():
        for way, code in ways.items():
            number += 1
            parts.append(code.format(to=endpoint, way=f"{way}-{name}", id=number, allowed=allowed))
    return "\n".join([*parts, "<p>All was tried.</p></body>"])
