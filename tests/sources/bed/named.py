"""Names that lead where nobody may go, in every way in which a name server can say so."""

from tests.sources.bed.cases import PRIVATE, PRIVATE_V6, PUBLIC_V6
from tests.sources.bed.names import PUBLIC, Answer
from tests.sources.bed.public import EDGES

INSIDE = tuple(
    dict.fromkeys((*PRIVATE, *PRIVATE_V6, *EDGES, "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"))
)
MANY = [f"93.184.{n // 200}.{n % 200 + 1}" for n in range(60)]


def _rules() -> dict[str, list[Answer]]:
    rules: dict[str, list[Answer]] = {
        "public.example": [[PUBLIC]],
        "both.public.example": [[PUBLIC, PUBLIC_V6]],
        "many.public.example": [MANY],
        "led.public.example": [["@far.public.example"]],
        "far.public.example": [[PUBLIC]],
        "nothing.example": [[]],
    }
    for number, ip in enumerate(INSIDE):
        rules[f"inside-{number}.example"] = [[ip]]
        rules[f"last-{number}.example"] = [[PUBLIC, ip]]
        rules[f"first-{number}.example"] = [[ip, PUBLIC, PUBLIC_V6]]
        rules[f"led-{number}.example"] = [[f"@goal-{number}.example"]]
        rules[f"goal-{number}.example"] = [[PUBLIC_V6, ip]]
        rules[f"rebound-{number}.example"] = [[PUBLIC], [ip]]
    for number, ip in enumerate(INSIDE[:12]):
        rules[f"many-{number}.example"] = [[*MANY, ip]]
        rules[f"deep-{number}.example"] = [[f"@led-{number}.example"]]
    return rules


#: See Names.rules.
RULES = _rules()
#: Of these, all answers are public on the first turn.
HARMLESS = {name for name in RULES if ".public." in f".{name}" or name.startswith(("rebound-", "nothing"))}
