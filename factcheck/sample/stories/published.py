"""Claims that readers can see: signed off, corrected, retracted."""

from __future__ import annotations

from datetime import date

from factcheck.sample.newsroom import BOTH_REVIEW, CONTEXT, ORGANISATION, REFUTES, SUPPORTS, Quote, Story, Verdict

PUBLISHED = (
    Story(
        key="sample-rare-earths",
        statement="China maintained rare earth controls despite the Geneva deal",
        claimant="Government of the United States",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 5, 30),
        appearance="harbour-ledger/magnets-wait",
        words="critical minerals were moving far more slowly than Washington had been led to expect",
        context="Washington accuses Beijing of keeping the licence rule of 4 April 2025 for seven rare earths, "
        "although China had promised in Geneva to suspend or withdraw measures other than tariffs.",
        also_at=("marsa/london-talks",),
        quotes=(
            Quote(
                "harbour-ledger/magnets-wait",
                "The rule of 4 April has not been lifted or suspended since the talks.",
                SUPPORTS,
                "The licence rule itself stayed in force.",
            ),
            Quote(
                "mulgyeol/london-round",
                "중국은 제네바 합의 이후에도 4월 4일에 도입한 희토류 수출 허가제를 유지하고 있다.",
                SUPPORTS,
                "A Korean paper, independently, on 9 June: the permit system is still there.",
            ),
            Quote(
                "jiangpan/ministry-reply",
                "四月四日起实行的中重稀土出口许可制度在日内瓦会谈之后没有取消。",
                SUPPORTS,
                "A Chinese paper says so as well, and gives Beijing's reason.",
            ),
            Quote(
                "marsa/london-talks",
                "وترد بكين بأن الترخيص ليس حظرا، وبأن الطلبات المستوفية للشروط تحصل على الموافقة.",
                CONTEXT,
                "Beijing's answer: a licence is no ban.",
            ),
            Quote(
                "harbour-ledger/geneva-truce",
                "The statement does not list them one by one, and it does not mention rare earths.",
                CONTEXT,
                "Whether Geneva covers the rule is open to reading.",
            ),
        ),
        comments=(
            ("noor", "The controls are easy to show. The words “despite the deal” are the hard part."),
            ("ingrid", "Then let us rate the whole sentence and say in the summary which half is disputed."),
        ),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict(
                "minseo",
                "mostly-true",
                "Three papers in three countries describe the licence rule as still in force after Geneva. That the "
                "deal required its end is Washington's reading, not what the text says.",
            ),
            Verdict(
                "tomas",
                "mixed",
                "The rule stayed, but permits were being given under it, and the statement names no rare earths. "
                "“Despite” claims more than we can show.",
                confidence="medium",
                gaps="How many permits were given before 30 May.",
            ),
        ),
        adjudication=Verdict(
            "wei",
            "mostly-true",
            "The sentence is about controls, and they did stay in force. The doubt about “despite” belongs in the "
            "summary; it does not make half of the sentence wrong.",
        ),
        summary="The licence rule of 4 April for seven rare earths stayed in force after the Geneva statement of 12 "
        "May, and single permits were given under it. Whether the statement obliged China to lift it is disputed: it "
        "speaks of measures other than tariffs without listing any.",
    ),
    Story(
        key="sample-115-points",
        statement="In Geneva each side agreed to take 115 percentage points off its new tariffs for 90 days",
        claimant="Governments of the United States and China",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 5, 12),
        appearance="jiangpan/geneva-statement",
        words="双方各自把此前加征的关税下调一百一十五个百分点,为期九十天。",
        context="From the joint statement after the talks of 10 and 11 May 2025.",
        quotes=(
            Quote(
                "harbour-ledger/geneva-truce",
                "Each side takes 115 percentage points off the extra duties it had put on the other's goods, and does "
                "so for 90 days.",
                SUPPORTS,
            ),
            Quote(
                "harbour-ledger/geneva-truce",
                "For goods from China the American rate falls from 145 to 30 percent.",
                CONTEXT,
                "145 - 30 = 115; on the other side 125 - 10 = 115.",
            ),
            Quote("jiangpan/geneva-statement", "双方各自把此前加征的关税下调一百一十五个百分点", SUPPORTS),
        ),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict("tomas", "true", "Both papers give the same figures, and the rates add up to them."),
            Verdict("minseo", "true", "Figures and term agree in two languages. Nothing that matters is left out."),
        ),
        summary="The American rate went from 145 to 30 percent and the Chinese one from 125 to 10 percent, 115 points "
        "each, for 90 days from 14 May 2025.",
    ),
    Story(
        key="sample-he-lifeng",
        statement="Vice Premier He Lifeng led the Chinese delegation in London, as he had done in Geneva",
        claimant="The Harbour Ledger",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 9),
        appearance="harbour-ledger/london-opens",
        words="Vice Premier He Lifeng leads the Chinese side, as he did in Geneva.",
        scale="six-step",
        quotes=(
            Quote("jiangpan/geneva-statement", "中方牵头人是国务院副总理何立峰", SUPPORTS, "Geneva."),
            Quote("marsa/london-talks", "يقود الوفد الصيني نائب رئيس مجلس الدولة خه لي فنغ", SUPPORTS, "London."),
            Quote("mulgyeol/london-round", "중국 측은 허리펑 부총리가", SUPPORTS, "London."),
        ),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict("minseo", "true", "Named as head of the delegation for both rounds by papers in three languages."),
            Verdict("tomas", "true", "The pages agree, and none names anybody else."),
        ),
        summary="He Lifeng headed the Chinese side in Geneva on 10 and 11 May and in London from 9 June 2025.",
    ),
    Story(
        key="sample-tea",
        statement="The remaining tariffs are to be settled by a blind tea tasting",
        claimant="The Bonded Gazette",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 10),
        appearance="bonded-gazette/tea-tasting",
        words="Negotiators have agreed to settle all remaining tariffs by a blind tasting of forty teas",
        quotes=(Quote("bonded-gazette/tea-tasting", "The Bonded Gazette is a page of jokes.", REFUTES),),
        reviews=(
            Verdict("minseo", "satire", "The page says of itself that it is a page of jokes."),
            Verdict("tomas", "satire", "Never meant as news, though it is being shared as such."),
        ),
        summary="The text comes from a page of jokes, which says so at its end. It was shared without that line.",
    ),
    Story(
        key="sample-visas",
        statement="After the Geneva talks the United States announced that it would revoke visas of Chinese students",
        claimant="Ministry of Commerce of China",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 2),
        appearance="jiangpan/ministry-reply",
        words="宣布吊销中国留学生签证",
        context="One of three examples that the ministry gave when it denied having broken the agreement.",
        quotes=(
            Quote(
                "northgate-wire/visas-and-chips",
                "On 28 May the Secretary of State, Marco Rubio, announced that the United States would revoke visas of "
                "Chinese students",
                SUPPORTS,
            ),
            Quote(
                "northgate-wire/visas-and-chips",
                "How many visas were in fact revoked was not known on Monday.",
                CONTEXT,
                "Announced is not done: the claim speaks of the announcement only.",
            ),
        ),
        assigned=BOTH_REVIEW,
        reviews=(
            Verdict("tomas", "true", "The announcement of 28 May is on record, sixteen days after the statement."),
            Verdict(
                "minseo",
                "true",
                "It was announced, by the Secretary of State himself.",
                gaps="How many visas were revoked.",
            ),
        ),
        summary="The Secretary of State announced it on 29 May 2025. How many visas were revoked is not known.",
        correction=(
            "The Secretary of State announced it on 28 May 2025. How many visas were revoked is not known.",
            "We had given 29 May as the day of the announcement. It was 28 May. The rating does not change.",
        ),
    ),
    Story(
        key="sample-one-day",
        statement="The London talks were over after a single day",
        claimant="A post that was widely shared",
        claimant_kind=ORGANISATION,
        said_on=date(2025, 6, 10),
        appearance="harbour-ledger/london-framework",
        words="The talks took two days, 9 and 10 June.",
        scale="six-step",
        quotes=(Quote("harbour-ledger/london-framework", "The talks took two days, 9 and 10 June.", REFUTES),),
        reviews=(
            Verdict("minseo", "false", "They went on until close to midnight on the second day."),
            Verdict("tomas", "false", "Two days, by every account."),
        ),
        summary="The talks took two days, 9 and 10 June 2025.",
        retraction="We could not find the post to which we had attributed this sentence. The facts about the talks "
        "stand, but a verdict needs somebody who made the claim, so we take it back.",
    ),
)
