"""How fast and how surely quotes are found: python bench/quotes.py

Pages of 120 KB are generated in ten scripts. Every sentence is looked up as it stands, as it is typed (straight
quotation marks, plain dashes and spaces, decomposed letters) and with one word changed. The peers, in the same run:
``naive``, which folds text and quote character by character anew for each look-up and gives no place in the stored
text; ``fuzzy``, rapidfuzz's best alignment above 95 of 100, as annotation tools re-anchor. CPU time, medians of five.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).parents[1]))

from sources import quotes

PAGE_BYTES = 120_000
TIMED, ROUNDS = 40, 5
FUZZY_TRIES = 60
COLUMNS = (
    "sentences", "found as they stand", "found as typed", "one word changed, found", "ms exact", "ms typed",
    "ms changed", "naive ms", "naive/ours",
)  # fmt: skip

# Words a script: enough for sentences that are not told apart by their letters alone.
WORDS = {
    "Latin": "the ministry kept its licence rule for seven rare earths after talks “while” exporters wait – again",
    "Latin, accents": "le ministère a maintenu la règle « déjà » annoncée à l’été où l’Élysée espérait – un accord",
    "Vietnamese": "Bộ Thương mại vẫn giữ quy định cấp phép đối với bảy nguyên tố đất hiếm sau các cuộc đàm phán",
    "Cyrillic": "министерство сохранило правило о лицензиях для семи редкоземельных металлов после переговоров",
    "Greek": "το υπουργείο διατήρησε τον κανόνα αδειών για επτά σπάνιες γαίες μετά τις συνομιλίες στη Γενεύη",
    "Arabic": "أبقت الوزارة على قاعدة التراخيص لسبعة معادن نادرة بعد المحادثات في جنيف رغم احتجاج المصدرين",
    "Hebrew": "המשרד שמר על כלל הרישוי לשבע מתכות נדירות אחרי השיחות בז׳נבה למרות מחאת היצואנים",
    "Devanagari": "मंत्रालय ने जिनेवा वार्ता के बाद सात दुर्लभ मृदा तत्वों के लिए लाइसेंस नियम बनाए रखा",
    "Korean": "정부는 제네바 협상 뒤에도 희토류 일곱 종의 수출 허가 규정을 “그대로” 유지한다고 밝혔다",
    "Chinese": "商务部 发言人 表示 中方 一贯 主张 通过 平等 磋商 解决 分歧 有关 出口 管制 措施 稀土 没有 改变",
    "Japanese": "経済産業省 は 七種 の レアアース に 対する 輸出 許可 制度 を 交渉 後 も 維持 する と 述べた",
    "Thai": "กระทรวง ยัง คง กฎ ใบอนุญาต สำหรับ แร่ หายาก เจ็ด ชนิด หลัง การ เจรจา ที่ เจนีวา",
}
UNSPACED = {"Chinese", "Japanese", "Thai"}
ENDS = {"Chinese": "。", "Japanese": "。", "Devanagari": "।", "Thai": " "}
TYPED = str.maketrans("“”’–—\u00a0«»", '""\'-- ""')


def main() -> None:
    chance = random.Random(2025)
    pages = {script: page(script, chance) for script in WORDS}
    print(f"{len(pages)} scripts, {PAGE_BYTES // 1000} KB each; Python {sys.version.split()[0]}\n")
    print(f"| script | {' | '.join(COLUMNS)} |")
    print("| --- " + "| ---: " * 9 + "|")
    sums = [0] * 4
    for script, (text, sentences) in pages.items():
        counts = counted(text, sentences, script, chance)
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        print(f"| {script} | {' | '.join(map(str, counts))} | {timings(text, sentences, script, chance)} |")
    every, stand, typed, wrong = sums
    print(f"\nverbatim found: {stand / every:.4%} of {every}; as typed: {typed / every:.4%}; changed found: {wrong}")
    fuzzy(pages, chance)


def page(script: str, chance: random.Random) -> tuple[str, list[str]]:
    """A text of PAGE_BYTES bytes, and its sentences, each of which stands in it once."""
    sentences: dict[str, None] = {}
    lines, size = [], 0
    while size < PAGE_BYTES:
        line = [sentence(script, chance) for _ in range(chance.randint(1, 6))]
        sentences |= dict.fromkeys(line)
        lines.append(unicodedata.normalize("NFC", (" " if script not in UNSPACED else "").join(line)))
        size += len(lines[-1].encode()) + 1
    text = "\n".join(lines)
    known = (unicodedata.normalize("NFC", each) for each in sentences)
    return text, [each for each in known if text.count(each) == 1]


def sentence(script: str, chance: random.Random) -> str:
    words = WORDS[script].split()
    said = [chance.choice(words) for _ in range(chance.randint(8, 24))]
    # A number, so that most sentences stand once.
    said.insert(chance.randrange(len(said)), str(chance.randrange(10_000)))
    return ("" if script in UNSPACED else " ").join(said) + ENDS.get(script, ".")


def changed(sentence: str, script: str, chance: random.Random) -> str:
    """The sentence with one of its words replaced by another word of the language."""
    known = [word for word in WORDS[script].split() if word[0].isalpha()]
    old = chance.choice([word for word in known if word in sentence])
    new = chance.choice([word for word in known if word != old])
    return sentence.replace(old, new, 1)


def typed(sentence: str) -> str:
    return unicodedata.normalize("NFD", sentence.translate(TYPED))


def counted(text: str, sentences: list[str], script: str, chance: random.Random) -> list[int]:
    stand = sum(at(text, each) == text.index(each) for each in sentences)
    as_typed = sum(at(text, typed(each)) == text.index(each) for each in sentences)
    others = [other for each in sentences if (other := changed(each, script, chance)) not in text]
    return [len(sentences), stand, as_typed, sum(at(text, other) is not None for other in others)]


def at(text: str, quote: str) -> int | None:
    found = quotes.find(text, quote)
    return found.start if found and text[found.start : found.end] == found.exact else None


def timings(text: str, sentences: list[str], script: str, chance: random.Random) -> str:
    some = chance.sample(sentences, min(TIMED, len(sentences)))
    others = [changed(each, script, chance) for each in some]
    ours = [milliseconds(quotes.find, text, some), milliseconds(quotes.find, text, list(map(typed, some)))]
    ours.append(milliseconds(quotes.find, text, others))
    peer = milliseconds(naive, text, some)
    return " | ".join(f"{ms:.2f}" for ms in (*ours, peer)) + f" | {peer / max(ours):.1f}"


def naive(text: str, quote: str) -> int:
    """What one writes first: fold both, then look. Knows no place in the text as it is stored."""
    return plain(text).find(plain(quote))


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.translate(TYPED)).split())


def milliseconds(look_up: Callable[[str, str], object], text: str, wanted: list[str]) -> float:
    """CPU time of one look-up: the median over the quotes of the medians of five rounds."""
    rounds = [[_once(look_up, text, each) for each in wanted] for _ in range(ROUNDS)]
    return 1000 * float(statistics.median(statistics.median(took) for took in zip(*rounds, strict=True)))


def _once(look_up: Callable[[str, str], object], text: str, quote: str) -> float:
    begun = time.process_time()
    look_up(text, quote)
    return time.process_time() - begun


def fuzzy(pages: dict[str, tuple[str, list[str]]], chance: random.Random) -> None:
    """What an aligner takes for found, of sentences with one word changed."""
    wrong = tries = 0
    took: list[float] = []
    for script, (text, sentences) in pages.items():
        for each in chance.sample(sentences, FUZZY_TRIES // len(pages)):
            other = changed(each, script, chance)
            begun = time.process_time()
            score = fuzz.partial_ratio(other, text)
            took.append(time.process_time() - begun)
            tries, wrong = tries + 1, wrong + (score >= 95)
    middle = statistics.median(took) * 1000
    print(
        f"fuzzy (rapidfuzz partial_ratio ≥ 95): {wrong} of {tries} changed sentences taken for found, {middle:.1f} ms"
    )


if __name__ == "__main__":
    main()
