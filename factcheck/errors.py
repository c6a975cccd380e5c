"""What the tool says when it will not do something.

A verb refuses by raising one of these; pages and the API turn the same object
into HTML and into problem+json, so that a rule is worded once.
"""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """A request that was understood and is not carried out.

    ``sentence`` says to a person what is wrong and what to do about it,
    ``code`` says it to a machine, ``status`` is the HTTP status of both.
    """

    code = "refused"
    status = 400
    title = "That cannot be done"

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code:
            self.code = code


class SignedOut(Refusal):
    """Nobody is signed in any more, and the page on the screen still holds what was typed."""

    code = "signed_out"
    status = 401
    title = "You are signed out"


class NotAllowed(Refusal):
    """The person is known and may not do this."""

    code = "not_allowed"
    status = 403
    title = "You may not do this"


class NotFound(Refusal):
    """There is nothing here, or nothing that the caller may know of."""

    code = "not_found"
    status = 404
    title = "Nothing here"


class Conflict(Refusal):
    """The state of things does not allow it, or somebody else was faster."""

    code = "conflict"
    status = 409
    title = "Not in this state"


class Invalid(Refusal):
    """What was sent cannot be used. ``fields`` maps a field's name to its sentence."""

    code = "invalid"
    status = 422
    title = "Something needs mending"

    def __init__(self, fields: Mapping[str, str], sentence: str = "") -> None:
        super().__init__(sentence or " ".join(fields.values()))
        self.fields = dict(fields)
