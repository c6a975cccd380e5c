"""Claims that wait for the desk, and one that it declined."""

from __future__ import annotations

from datetime import date

from factcheck.sample.newsroom import ORGANISATION, Story

WAITING = (
    Story(
        key="sample-framework",
        statement="اتفق الوفدان في لندن على إطار لتنفيذ ما جرى التفاهم عليه في جنيف",
        language="ar",
        claimant="مرسى الأخبار",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 11),
        appearance="marsa/framework",
        words="أنهما اتفقا على إطار لتنفيذ ما جرى التفاهم عليه في جنيف",
        author="tips",
        accepted=False,
    ),
    Story(
        key="sample-chip-guidance",
        statement="日内瓦会谈之后,美国商务部发布了限制使用中国人工智能芯片的指南",
        language="zh-Hans",
        claimant="Ministry of Commerce of China",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 2),
        appearance="jiangpan/ministry-reply",
        words="美方发布人工智能芯片使用指南",
        accepted=False,
    ),
    Story(
        key="sample-by-christmas",
        statement="The trade conflict will be over by Christmas",
        claimant="A reader",
        said_on=date(2025, 6, 12),
        appearance="northgate-wire/handshake-forecast",
        words="he expected the London meeting to be short",
        declined="This is a forecast. It can be checked after Christmas, not now.",
    ),
)
