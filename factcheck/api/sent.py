"""What callers send: the shape is checked here, the rules are the verbs'.

A field that is missing reaches the verb as empty, so that the verb's own sentence says what to write.
What nobody asked for is refused: a misspelt name that is silently ignored is a claim without its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.request import Request

#: The largest number that can name a row.
MOST = 2**63 - 1


class Sent(serializers.Serializer[Any]):
    """The fields of a body or of a query string, and no others."""

    default_error_messages = {"invalid": "Send a JSON object: names of fields and their values."}

    def run_validation(self, data: Any = empty) -> Any:
        # DRF answers null with a sentence of its own, which says nothing of what to send.
        return super().run_validation([] if data is None else data)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            self._refuse_unknown(data)
        return super().to_internal_value(data)

    def _refuse_unknown(self, data: Iterable[Any]) -> None:
        known = ", ".join(self.fields) or "none"
        unknown = sorted(_writable(str(name)) for name in data if name not in self.fields)
        if unknown:
            sentence = "There is no field “{}” here. The fields are: {}."
            raise serializers.ValidationError({name: [sentence.format(name, known)] for name in unknown})


def _writable(name: str) -> str:
    """JSON can hold half a character (``\\ud800``), but an answer that repeats it cannot be encoded."""
    return name.encode(errors="backslashreplace").decode()


class Nothing(Sent):
    """An empty object, or no body at all."""


class Words(serializers.CharField):
    """Text. Missing is the same as empty; whether it may be empty is the verb's to say."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"invalid": "Send text here.", "max_length": "Shorten this to {max_length} characters."}
        super().__init__(**{"allow_blank": True, "trim_whitespace": False, "error_messages": said, **kwargs})

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation(_or_blank(self, data))

    def to_internal_value(self, data: Any) -> str:
        """A number is not taken for its digits: 1e999 would be the text “inf”."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One word of a list. Missing is left to the verb, unknown is refused with the list."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        known = ", ".join(str(value) for value, _ in choices)
        super().__init__(choices, error_messages={"invalid_choice": f"Choose one of: {known}."}, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        data = _or_blank(self, data)
        return "" if data == "" else super().run_validation(data)


def _or_blank(field: serializers.Field[Any, Any, Any, Any], data: Any) -> Any:
    """Left out or null reads as "", except where leaving out means: leave it as it is."""
    if data is empty and (field.root.partial or not field.required):
        return data
    return "" if data is empty or data is None else data


class Day(serializers.DateField):
    """A date. Missing or empty is None; whether it may be missing is the verb's to say."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = "Write the day as year-month-day, such as 2025-06-09."
        super().__init__(error_messages=dict.fromkeys(("invalid", "datetime"), sentence), **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        left_out = data is empty and self.required and not self.root.partial
        return None if left_out or data == "" or data is None else super().run_validation(data)


class Moment(serializers.DateTimeField):
    """A point in time, always in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        ways = ("invalid", "date", "make_aware", "overflow")
        sentence = "Write the time as 2025-06-09T14:30:00Z."
        super().__init__(default_timezone=UTC, error_messages=dict.fromkeys(ways, sentence), **kwargs)


class Number(serializers.IntegerField):
    """The number of a claim, a person or the like."""

    def __init__(self, **kwargs: Any) -> None:
        ways = ("invalid", "max_string_length", "min_value", "max_value", "required", "null")
        said: Any = dict.fromkeys(ways, "Give its number, such as 12.")
        super().__init__(min_value=1, max_value=MOST, error_messages=said, **kwargs)


def sent(form: type[Sent], request: Request, *, partial: bool = False) -> dict[str, Any]:
    """The body as the verb's keyword arguments."""
    return _checked(form(data=request.data, partial=partial))


def asked(form: type[Sent], request: Request) -> dict[str, Any]:
    """The query string as keyword arguments."""
    return _checked(form(data=request.query_params))


def _checked(form: Sent) -> dict[str, Any]:
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
