"""Claims that somebody works on: accepted, researching, in review, adjudicating, decided."""

from __future__ import annotations

from datetime import date

from factcheck.sample.newsroom import (
    BOTH_REVIEW,
    CONTEXT,
    ORGANISATION,
    REFUTES,
    RESEARCHER,
    SUPPORTS,
    Quote,
    Story,
    Verdict,
)

UNDER_WAY = (
    Story(
        key="sample-permits",
        statement="China has approved a number of export applications for rare earths",
        claimant="Ministry of Commerce of China",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 7),
        appearance="northgate-wire/carmakers-licences",
        words="China has approved a number of export applications for rare earths",
        due_in=1,
        quotes=(
            Quote(
                "northgate-wire/carmakers-licences",
                "Suppliers of American carmakers were among those who had received permits",
                SUPPORTS,
            ),
            Quote("harbour-ledger/magnets-wait", "Several permits have been given", SUPPORTS, "A week earlier."),
        ),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict("minseo", "mostly-true", "Permits there were. The ministry gives no figure.", gaps="The number."),
            Verdict("tomas", "mostly-true", "Recipients confirm it; that most requests were pending is left out."),
        ),
    ),
    Story(
        key="sample-violated",
        statement="China has violated its agreement with the United States",
        claimant="Donald Trump",
        said_on=date(2025, 5, 30),
        appearance="harbour-ledger/magnets-wait",
        words="China had not kept its side of the agreement",
        context="Written on his own platform, without naming a product.",
        due_in=2,
        quotes=(
            Quote(
                "harbour-ledger/magnets-wait",
                "The rule of 4 April has not been lifted or suspended since the talks.",
                SUPPORTS,
            ),
            Quote(
                "jiangpan/geneva-statement",
                "中方将暂停或取消四月二日以来针对美国采取的非关税反制措施",
                CONTEXT,
                "What China undertook. The rule of 4 April applies to all countries.",
            ),
            Quote("jiangpan/ministry-reply", "中方不接受这一指责", REFUTES),
        ),
        comments=(("tomas", "I have not talked to anybody about my review. Just noting that the statement is short."),),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict(
                "minseo",
                "unproven",
                "The text does not say which measures it covers, so neither reading can be shown to be right.",
                confidence="medium",
            ),
            Verdict(
                "tomas",
                "mixed",
                "A rule brought in after 2 April stayed in force, which supports it. It is aimed at all countries and "
                "was never named in Geneva, which does not.",
                confidence="low",
                gaps="What was said in the room.",
            ),
        ),
    ),
    Story(
        key="sample-hassett",
        statement="All American export controls will be eased once the delegations have shaken hands in London",
        claimant="Kevin Hassett",
        said_on=date(2025, 6, 9),
        appearance="northgate-wire/handshake-forecast",
        words="Once hands had been shaken, he said, he expected American export controls to be eased",
        due_in=0,
        quotes=(
            Quote(
                "northgate-wire/handshake-forecast",
                "Once hands had been shaken, he said, he expected American export controls to be eased and rare earths "
                "to be released in volume.",
                CONTEXT,
                "What he said, and that he spoke of an expectation.",
            ),
            Quote(
                "northgate-wire/handshake-forecast",
                "He made clear that the very best chips of Nvidia were not what he had in mind.",
                REFUTES,
                "He excepted some controls himself.",
            ),
            Quote(
                "harbour-ledger/london-framework",
                "An easing of all export controls is not what either side announced.",
                REFUTES,
            ),
        ),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict(
                "tomas",
                "mostly-false",
                "Some steps were to be taken back, but nobody announced an end of all controls, and he excepted the "
                "best chips himself.",
            ),
        ),
    ),
    Story(
        key="sample-design-software",
        statement="In May the United States stopped the sale of chip design software to China",
        claimant="Ministry of Commerce of China",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 2),
        appearance="jiangpan/ministry-reply",
        words="停止向中国出售芯片设计软件",
        due_in=3,
        quotes=(
            Quote(
                "northgate-wire/visas-and-chips",
                "makers of chip design software confirmed that they had been told to stop deliveries to customers in "
                "China",
                SUPPORTS,
            ),
        ),
        pages=("northgate-wire/ministry-answers",),
        assigned=BOTH_REVIEW,
        to_review=True,
    ),
    Story(
        key="sample-korean-makers",
        statement="중국의 희토류 수출 허가제는 한국 부품 업체에도 똑같이 적용된다",
        language="ko",
        claimant="물결경제",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 5),
        appearance="mulgyeol/parts-makers",
        words="중국의 희토류 수출 허가제는 특정 국가가 아니라 모든 나라의 구매자에게 적용된다.",
        author="tips",
        due_in=5,
        pages=("mulgyeol/parts-makers", "mulgyeol/withdrawn-report"),
        quotes=(Quote("mulgyeol/parts-makers", "한국의 모터와 센서 제조사도 물량마다 허가를 받아야 한다.", SUPPORTS),),
        comments=(("noor", "The second page is gone (404). I am looking for another copy of it."),),
        assigned=(("noor", RESEARCHER),),
    ),
    Story(
        key="sample-phone-call",
        statement="Donald Trump and Xi Jinping spoke by telephone on 5 June, before the London talks were announced",
        claimant="مرسى الأخبار",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 10),
        appearance="marsa/london-talks",
        words="وجاء اللقاء بعد مكالمة هاتفية بين الرئيسين دونالد ترامب وشي جين بينغ في الخامس من يونيو.",
        due_in=7,
        researched=False,
    ),
)
