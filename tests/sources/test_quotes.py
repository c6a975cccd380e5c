"""A quote is found where it stands, or it is not; then the nearest passage that stands there is told."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.quotes import MOST_PLACES, Found, find, nearest, places

ENGLISH = (
    "The delegations met in Geneva.\nThe minister said: “We’ll keep the licences – for now … at least.” "
    "He left at 10\u00a0a.m. Office of\u00ad the efﬁcient.\nNobody else spoke."
)
CHINESE = "商务部发言人表示,中方一贯主张通过平等磋商解决分歧。有关出口管制措施（稀土）没有改变。"
KOREAN = "정부 관계자는 “희토류 수출 통제는 그대로다”라고 말했다. 협상은 런던에서 이어진다."
HEBREW = "הדובר אמר כי המגבלות על ייצוא המתכות הנדירות עדיין בתוקף למרות הסכם ז'נבה."
HINDI = "प्रवक्ता ने कहा कि दुर्लभ खनिजों के निर्यात पर प्रतिबंध जिनेवा समझौते के बावजूद जारी हैं।"
THAI = "โฆษกกล่าวว่ามาตรการควบคุมการส่งออกแร่หายากยังคงมีอยู่แม้จะมีข้อตกลงเจนีวา"
ARABIC = "قال المتحدث إن القيود على تصدير المعادن النادرة لا تزال قائمة، رغم اتفاق جنيف."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (ENGLISH, "We’ll keep the licences – for now"),
        (CHINESE, "中方一贯主张通过平等磋商解决分歧。"),
        (KOREAN, "희토류 수출 통제는 그대로다"),
        (ARABIC, "لا تزال قائمة"),
    ],
)
def test_finds_the_exact_words(text: str, quote: str) -> None:
    found = find(text, f"  {quote}\n")
    start = text.index(quote)
    assert found == Found(
        start,
        start + len(quote),
        quote,
        text[max(0, start - 32) : start],
        text[start + len(quote) : start + len(quote) + 32],
    )


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        (
            ENGLISH,
            '"We\'ll keep the licences - for now ... at least."',
            "“We’ll keep the licences – for now … at least.”",
        ),
        (ENGLISH, "met in Geneva. The minister", "met in Geneva.\nThe minister"),
        (ENGLISH, "He left  at\t10 a.m.", "He left at 10\u00a0a.m."),
        (ENGLISH, "Office of the efficient", "Office of\u00ad the efﬁcient"),
        (ENGLISH, "e efficient.", "e efﬁcient."),
        (ENGLISH, "now ..", "now …"),
        (CHINESE, "发言人表示，中方", "发言人表示,中方"),
        (CHINESE, "措施(稀土)没有", "措施（稀土）没有"),
        (KOREAN, '"희토류 수출 통제는 그대로다"라고', "“희토류 수출 통제는 그대로다”라고"),
        (KOREAN, "런던에서", "런던에서"),
        (ARABIC, "القيود على\u200f تصدير", "القيود على تصدير"),
        ("la règle « déjà » annoncée", 'règle " déjà " annoncée', "règle « déjà » annoncée"),
        ("a  b \u00a0 c", "a b c", "a  b \u00a0 c"),
        ("le cafe\u0301 ferme\u0301", "café fermé", "cafe\u0301 ferme\u0301"),
        ("le cafe\u0301 ferme\u0301", "cafe\u0301 ferme\u0301", "cafe\u0301 ferme\u0301"),
        ("le café fermé", "cafe\u0301 ferme\u0301", "café fermé"),
        (unicodedata.normalize("NFD", KOREAN), "희토류 수출", unicodedata.normalize("NFD", "희토류 수출")),
        (KOREAN, unicodedata.normalize("NFD", "희토류 수출"), "희토류 수출"),
        ("Tiê\u0301ng Viê\u0323t", "Tiếng Việt", "Tiê\u0301ng Viê\u0323t"),
        ("e\u0323\u0301 x", "e\u0301\u0323 x", "e\u0323\u0301 x"),
        ("x\u200b\u200by", "xy", "x\u200b\u200by"),
        ("双方同意解\n决分歧。", "同意解决分歧", "同意解\n决分歧"),
        ("双方同意解决分歧", "同意解\n决分歧", "同意解决分歧"),
        ("กระทรวงยัง\nคงกฎ", "ยังคงกฎ", "ยัง\nคงกฎ"),
        ("정부\n관계자", "정부 관계자", "정부\n관계자"),
    ],
)
def test_overlooks_what_cannot_be_seen_or_typed(text: str, quote: str, stands: str) -> None:
    found = find(text, quote)
    assert found is not None
    assert (found.exact, text[found.start : found.end]) == (stands, stands)


@pytest.mark.parametrize(
    "quote",
    [
        "we’ll keep the licences",
        "We’ll keep the licenses",
        "We’ll keep licences",
        "Wel keep",
        "The delegations met in London.",
        "spoke.Nobody",
        "",
        "  \n",
        "\u200b",
    ],
)
def test_never_guesses(quote: str) -> None:
    assert find(ENGLISH, quote) is None


def test_takes_the_first_of_several() -> None:
    found = find("the deal, the deal", "the deal")
    assert found is not None
    assert found.start == 0


def test_counts_code_points() -> None:
    found = find("🇨🇭 👩‍⚖️ 𝒜 deal", "deal")
    assert found is not None
    assert found.start == len("🇨🇭 👩‍⚖️ 𝒜 ")


@given(st.text(min_size=1), st.data())
def test_finds_every_passage_of_every_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    found = find(text, quote)
    assert (found is not None) == bool(quote.strip())
    if found is not None:
        assert text[found.start : found.end] == found.exact == quote.strip()


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_positions_always_hold(text: str, form: str) -> None:
    found = find(text, unicodedata.normalize(form, text))  # type: ignore[arg-type]
    if found is not None:
        assert text[found.start : found.end] == found.exact


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        (ENGLISH, "We will keep the licenses for now at least", "We’ll keep the licences – for now … at least"),
        (ENGLISH, "the delegations gathered in geneva", "The delegations met in Geneva"),
        (CHINESE, "中方始终主张通过平等磋商解决分歧", "中方一贯主张通过平等磋商解决分歧"),
        (KOREAN, "희토류 수출 통제는 여전하다", "희토류 수출 통제는 그대로다"),
        (ARABIC, "القيود على تصدير المعادن النادرة ما زالت قائمة", "القيود على تصدير المعادن النادرة لا تزال قائمة"),
    ],
)
def test_tells_the_nearest_passage_as_it_stands(text: str, quote: str, stands: str) -> None:
    close = nearest(text, quote)
    assert close in text
    assert stands[8:-8] in close
    assert len(close) < len(quote) + 30


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        (ARABIC, "القيود على استيراد المعادن النادرة", "القيود على تصدير المعادن النادرة"),
        (HEBREW, "המגבלות על יבוא המתכות הנדירות", "המגבלות על ייצוא המתכות הנדירות"),
        (HINDI, "दुर्लभ खनिजों के आयात पर प्रतिबंध", "दुर्लभ खनिजों के निर्यात पर प्रतिबंध"),
        (THAI, "มาตรการควบคุมการนำเข้าแร่หายาก", "มาตรการควบคุมการส่งออกแร่หายาก"),
        (KOREAN, "희토류 수입 통제는 그대로다", "희토류 수출 통제는 그대로다"),
        (CHINESE, "有关进口管制措施（稀土）没有改变", "有关出口管制措施（稀土）没有改变"),
        (ENGLISH, "The minister claimed: “We’ll keep", "The minister said: “We’ll keep"),
        (ENGLISH, "Nobody spoke", "Nobody else spoke"),
        (ENGLISH, "minister said: We will keep the licences", "minister said: “We’ll keep the licences"),
    ],
)
def test_the_nearest_passage_is_of_whole_words_and_begins_with_one(text: str, quote: str, stands: str) -> None:
    assert nearest(text, quote) == stands


@pytest.mark.parametrize("quote", ["", " ", "zzzzqqqq 0123 xxxx 98765"])
def test_tells_no_passage_when_none_is_like_it(quote: str) -> None:
    assert nearest(ENGLISH, quote) == ""


MENU = "Licences stay\nHome\nThe minister: “Licences stay”, he said.\nMore: Licences stay"


@pytest.mark.parametrize(
    ("context", "start"),
    [
        ({}, 0),
        ({"suffix": "\nHome"}, 0),
        ({"prefix": "The minister: “"}, 34),
        ({"prefix": 'The minister: "'}, 34),
        ({"suffix": "”, he said"}, 34),
        ({"suffix": '", he   said'}, 34),
        ({"prefix": "More: "}, 65),
        ({"prefix": "More:"}, 65),
        ({"prefix": "words that stand nowhere"}, 0),
        ({"near": 30}, 34),
        ({"near": 60}, 65),
        ({"near": 0, "prefix": "More: "}, 65),
    ],
)
def test_of_several_places_takes_the_one_that_is_meant(context: dict[str, Any], start: int) -> None:
    found = find(MENU, "Licences stay", **context)
    assert found is not None
    assert (found.start, found.exact) == (start, "Licences stay")


def test_context_chooses_among_places_and_never_invents_one() -> None:
    assert find(MENU, "Licences go", prefix="More: ", near=65) is None


def test_tells_every_place() -> None:
    assert [place.start for place in places(MENU, "Licences stay")] == [0, 34, 65]
    assert [place.exact for place in places("“a” 'b' “a”", '"a"')] == ["“a”", "“a”"]
    assert places(MENU, "Licences go") == []


def test_lists_no_more_places_than_anybody_reads() -> None:
    assert len(places("a " * (MOST_PLACES + 5), "a")) == MOST_PLACES


@pytest.mark.parametrize("length", [40, 400, 4000, 40_000])
def test_the_nearest_passage_of_the_longest_page_stands_in_it(length: int) -> None:
    text = "\n".join(f"Paragraph {n} says that the licences – all of them – stay, “for now”." for n in range(72_000))
    assert len(text) > 5_000_000
    quote = text[3_000_000 : 3_000_000 + length].replace("stay", "go")
    found = nearest(text, quote)
    assert "says that the licences" in found
    assert found in text
