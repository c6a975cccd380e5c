"""Tells the stories of the sample newsroom by the real verbs.

Every step asks first whether it is done, so that a run that was killed is simply run again; once all is told,
an event says so, and what people do with the sample from then on is theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from claims import discussion, evidence, fact_sheets, workflow
from claims.models import Claim, FactSheet
from claims.states import OPEN_TO_RESEARCH, Status
from factcheck.access.models import Token, User
from factcheck.audit.log import record
from factcheck.audit.models import Event
from factcheck.errors import Conflict
from factcheck.sample.newsroom import PASSWORD, PEOPLE, SHEET, TOKEN, Sheet, Story
from factcheck.sample.stories import STORIES
from sources import canonical
from sources.models import Capture, Snapshot

SUBJECT = "sample:newsroom"
POLL_SECONDS = 0.2
People = dict[str, User]
Say = Callable[[str], None]
# Two loads at once would tell each story twice; PostgreSQL knows this lock by its number.
_LOCK = 0x5A3F1E


@contextmanager
def alone() -> Iterator[None]:
    """Waits for another load to end; PostgreSQL lets go of the lock if its process is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def is_told() -> bool:
    return Event.objects.filter(subject=SUBJECT).exists()


class Newsroom:
    """One load. `press` is the address of the press site, `patience` the seconds without progress that are too many."""

    def __init__(self, press: str, *, say: Say, patience: float) -> None:
        self.press, self.say, self.patience = press, say, patience
        self.people: People = {}

    def load(self) -> None:
        """Returns at once when all was told before. Conflict when no worker archives, or a page cannot be had."""
        if is_told():
            self.say("The sample newsroom is there already.")
            return
        self.people = _people()
        self.say(f"{len(PEOPLE)} people work here")
        claims = [(story, self._take_in(story)) for story in STORIES]
        self.say(f"{len(claims)} claims are in; their pages wait to be archived")
        self._wait_for_pages()
        for story, claim in claims:
            done = self._go_on(story, self._research(story, claim))
            self.say(f"{Status(done.status).label}: {story.statement}")
        self._publish_sheet(SHEET)
        with transaction.atomic():
            record(SUBJECT, "sample.loaded", by=None, data={"claims": len(claims)})

    # --- a claim comes in, and its pages are cited

    def _take_in(self, story: Story) -> Claim:
        claim = workflow.submit(
            self.people[story.author],
            statement=story.statement,
            language=story.language,
            claimant_name=story.claimant,
            claimant_kind=story.claimant_kind,
            claimed_on=story.said_on,
            context=story.context,
            appearance_url=self._address(story.appearance),
            appearance_words=story.words,
            external_id=story.key,
            due_on=None if story.due_in is None else timezone.localdate() + timedelta(days=story.due_in),
            scale=story.scale,
        )
        claim = self._accept(story, claim)
        for address in map(self._address, story.also_at):
            if not claim.appearances.filter(url=address).exists():
                evidence.add_appearance(claim, by=self.people["noor"], url=address, language=story.language)
        for page in _cited(story) if claim.status in OPEN_TO_RESEARCH else ():
            if not self._is_known_to_be_gone(page, claim):
                evidence.cite_source(claim, self._address(page), by=self.people["noor"])
        return claim

    def _is_known_to_be_gone(self, page: str, claim: Claim) -> bool:
        """Citing again fetches again what failed, which is right for all but the page that was withdrawn."""
        cited = claim.citations.filter(source__canonical_url=self._canonical(page))
        return cited.filter(source__captures__reason="http_404").exists()

    def _accept(self, story: Story, claim: Claim) -> Claim:
        desk = self.people["amina"]
        if claim.status == Status.SUBMITTED and story.declined:
            return workflow.decline(claim, by=desk, reason=story.declined)
        if claim.status == Status.SUBMITTED and story.accepted:
            claim = workflow.accept(claim, by=desk)
        for person, part in story.assigned:
            discussion.assign(claim, self.people[person], part, by=desk)
        if claim.status == Status.ACCEPTED and story.researched:
            claim = workflow.start_research(claim, by=self.people["noor"])
        return claim

    # --- the worker fetches

    def _wait_for_pages(self) -> None:
        needed = {self._canonical(page) for story in STORIES for page in _cited(story)}
        seen, since = -1, time.monotonic()
        while open_captures := Capture.objects.filter(
            source__canonical_url__in=needed, state__in=[Capture.State.QUEUED, Capture.State.RUNNING]
        ).count():
            if open_captures != seen:
                seen, since = open_captures, time.monotonic()
                self.say(f"Archiving the pages of the sample press: {len(needed) - seen} of {len(needed)}")
            if time.monotonic() - since > self.patience:
                raise Conflict(
                    f"{seen} pages wait and none was archived for {self.patience:.0f} s. Is a worker running? "
                    "./run starts one; load_sample then goes on where it stopped."
                )
            time.sleep(POLL_SECONDS)
        self.say(f"All {len(needed)} pages were fetched")

    def _snapshot(self, page: str) -> Snapshot:
        address = self._canonical(page)
        snapshot = Snapshot.objects.filter(source__canonical_url=address).first()
        if snapshot is None:
            failed = Capture.objects.filter(source__canonical_url=address).first()
            raise Conflict(f"{address} could not be archived. {failed.detail if failed else ''}".strip())
        return snapshot

    # --- research, review, release

    def _research(self, story: Story, claim: Claim) -> Claim:
        noor = self.people["noor"]
        for quote in story.quotes if claim.status in OPEN_TO_RESEARCH else ():
            snapshot = self._snapshot(quote.page)
            if not claim.evidence.filter(snapshot=snapshot, exact=quote.words).exists():
                evidence.pin_quote(claim, snapshot, quote.words, by=noor, stance=quote.stance, note=quote.note)
        for author, text in story.comments:
            if not claim.comments.filter(text=text).exists():
                discussion.comment(claim, text, by=self.people[author])
        return claim

    def _go_on(self, story: Story, claim: Claim) -> Claim:
        """As far as the story tells: each status leads to the verb that is told next, or to the end."""
        while (further := self._next(story, claim)) is not None:
            claim = further
        return claim

    def _next(self, story: Story, claim: Claim) -> Claim | None:
        steps = {
            Status.RESEARCHING: self._send_to_review,
            Status.IN_REVIEW: self._seal,
            Status.ADJUDICATING: self._adjudicate,
            Status.DECIDED: self._publish,
            Status.PUBLISHED: self._correct_or_retract,
        }
        step = steps.get(Status(claim.status))
        return step(story, claim) if step else None

    def _send_to_review(self, story: Story, claim: Claim) -> Claim | None:
        if not story.reviews and not story.to_review:
            return None
        return workflow.send_to_review(claim, by=self.people["noor"])

    def _seal(self, story: Story, claim: Claim) -> Claim | None:
        sealed = set(claim.rounds.latest("number").reviews.exclude(sealed_at=None).values_list("reviewer", flat=True))
        missing = [review for review in story.reviews if self.people[review.by].pk not in sealed]
        if not missing:
            return None
        said = missing[0]
        return workflow.seal_review(
            claim,
            by=self.people[said.by],
            rating=said.rating,
            confidence=said.confidence,
            reasons=said.reasons,
            gaps=said.gaps,
        )

    def _adjudicate(self, story: Story, claim: Claim) -> Claim | None:
        said = story.adjudication
        if said is None:
            return None
        return workflow.adjudicate(claim, by=self.people[said.by], rating=said.rating, reasons=said.reasons)

    def _publish(self, story: Story, claim: Claim) -> Claim | None:
        return workflow.publish(claim, by=self.people["ingrid"], summary=story.summary) if story.summary else None

    def _correct_or_retract(self, story: Story, claim: Claim) -> Claim | None:
        editor = self.people["ingrid"]
        if story.correction:
            summary, note = story.correction
            return workflow.correct(claim, by=editor, summary=summary, note=note)
        return workflow.retract(claim, by=editor, note=story.retraction) if story.retraction else None

    def _publish_sheet(self, told: Sheet) -> None:
        editor = self.people["ingrid"]
        sheet = FactSheet.objects.filter(title=told.title).first()
        sheet = sheet or fact_sheets.create(by=editor, title=told.title, intro=told.intro)
        ids = dict(Claim.objects.filter(external_id__in=[s.key for s in STORIES]).values_list("external_id", "pk"))
        for keys, note in told.versions[sheet.versions.count() :]:
            chosen = [ids[key] for key in keys]
            fact_sheets.arrange(sheet, by=editor, claims=chosen, title=told.title, intro=told.intro)
            fact_sheets.publish(sheet, by=editor, note=note)
            self.say(f"Published: {told.title}, {len(chosen)} claims")

    def _address(self, page: str) -> str:
        return f"{self.press.rstrip('/')}/{page}/"

    def _canonical(self, page: str) -> str:
        return canonical.parse(self._address(page)).url


def _cited(story: Story) -> list[str]:
    """The pages that the story reads, each once; a claim that nobody took up has none."""
    if story.declined or not story.accepted:
        return []
    return list(dict.fromkeys([*(quote.page for quote in story.quotes), *story.pages]))


def _people() -> People:
    people = {}
    for key, person in PEOPLE.items():
        known = User.objects.filter(email=person.address).first()
        people[key] = known or User.objects.create_user(
            person.address, PASSWORD, name=person.name, roles=[role.value for role in person.roles]
        )
    Token.objects.get_or_create(
        digest=Token.digest_of(TOKEN), defaults={"user": people["tips"], "name": "Sample token"}
    )
    return people
