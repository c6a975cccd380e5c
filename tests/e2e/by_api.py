"""The main path over REST alone: what a newsroom's own system would do, with nothing but HTTP and tokens."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.e2e.article import Article
from tests.e2e.cast import Login

PATIENCE = 40.0


class Refused(Exception):
    """The API answered with a problem document."""

    def __init__(self, content_type: str, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('status')}: {problem.get('detail')}")
        assert content_type == "application/problem+json"
        self.problem = problem


class ByApi:
    """Each person comes with a token; `url` is the site's address."""

    manner = "by the API alone"

    def __init__(self, url: str) -> None:
        self.url = url

    def call(self, who: Login, method: str, path: str, said: dict[str, Any] | None = None) -> Any:
        """The JSON that the API answers. Refused when it answers 4xx."""
        headers = {"Authorization": f"Bearer {who.token}", "Accept": "application/json"}
        body = None if said is None else json.dumps(said).encode()
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as answer:
            raise Refused(answer.headers["Content-Type"], json.load(answer)) from None

    def claims_from_article(self, who: Login, article: Article, address: str) -> list[int]:
        return [
            self.call(
                who,
                "POST",
                "claims/",
                {
                    "statement": checked.statement,
                    "claimant_name": checked.claimant or article.claimant,
                    "claimed_on": article.day.isoformat(),
                    "language": article.language,
                    "appearance_url": address,
                    "appearance_words": checked.sentence,
                    "external_id": f"{address}#{number}",
                },
            )["id"]
            for number, checked in enumerate(article.checked)
        ]

    def accept(self, who: Login, claim: int) -> None:
        self._act(who, claim, "accept")

    def start_research(self, who: Login, claim: int) -> None:
        self._act(who, claim, "start-research")

    def cite(self, who: Login, claim: int, address: str) -> None:
        self._act(who, claim, "sources", url=address)

    def wait_until_archived(self, who: Login, claim: int) -> None:
        patience = time.monotonic() + PATIENCE
        while any(self._captures(who, claim, "queued", "running")):
            assert time.monotonic() < patience, "The page was not archived in time."
            time.sleep(0.1)
        assert all(capture["state"] == "done" for capture in self._captures(who, claim))

    def _captures(self, who: Login, claim: int, *states: str) -> list[dict[str, Any]]:
        cited = self.call(who, "GET", f"claims/{claim}/sources/")["items"]
        captures = [each["source"]["capture"] for each in cited]
        return [capture for capture in captures if capture and (not states or capture["state"] in states)]

    def pin(self, who: Login, claim: int, quote: str, stance: str) -> None:
        snapshot = self._captures(who, claim, "done")[0]["snapshot"]["id"]
        pinned = self.call(
            who, "POST", f"claims/{claim}/evidence/", {"snapshot": snapshot, "quote": quote, "stance": stance}
        )
        assert pinned["exact"] == quote

    def pin_refused(self, who: Login, claim: int, quote: str) -> str:
        with pytest.raises(Refused) as refused:
            self.pin(who, claim, quote, "supports")
        assert refused.value.problem["status"] == 422
        return str(refused.value.problem["nearest"])

    def send_to_review(self, who: Login, claim: int) -> None:
        self._act(who, claim, "send-to-review")

    def review(self, who: Login, claim: int, rating: str, reasons: str) -> None:
        self._act(who, claim, "review/seal", rating=slug(rating), confidence="high", reasons=reasons)

    def seen_of_reviews(self, who: Login, claim: int) -> str:
        """Everything that the API tells this person about the claim, its reviews and its events."""
        seen = [self.call(who, "GET", path) for path in (f"claims/{claim}/", f"claims/{claim}/reviews/", "events/")]
        return json.dumps(seen, ensure_ascii=False)

    def adjudicate(self, who: Login, claim: int, rating: str, reasons: str) -> None:
        self._act(who, claim, "adjudicate", rating=slug(rating), reasons=reasons)

    def publish(self, who: Login, claim: int, summary: str) -> None:
        self._act(who, claim, "publish", summary=summary)

    def status(self, who: Login, claim: int) -> str:
        status: str = self.call(who, "GET", f"claims/{claim}/")["status"]
        return status.replace("_", " ").capitalize()

    def fact_sheet(self, who: Login, title: str, claims: list[int]) -> str:
        sheet = self.call(who, "POST", "fact-sheets/", {"title": title})["id"]
        self.call(who, "PUT", f"fact-sheets/{sheet}/", {"title": title, "claims": claims})
        self.call(who, "POST", f"fact-sheets/{sheet}/publish/", {})
        address: str = self.call(who, "GET", f"fact-sheets/{sheet}/")["public_url"]
        return address

    def _act(self, who: Login, claim: int, verb: str, **said: Any) -> None:
        self.call(who, "POST", f"claims/{claim}/{verb}/", said)


def slug(rating: str) -> str:
    """“Mostly true” as the API names it."""
    return rating.lower().replace(" ", "-")
