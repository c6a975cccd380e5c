"""Who takes part in the main path, whatever they work with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Login:
    """`token` is for those who come through the API."""

    name: str
    address: str
    password: str
    token: str = ""


@dataclass(frozen=True)
class Cast:
    """An author who researches, the desk, two reviewers, a third one, and an editor who took no part."""

    author: Login
    desk: Login
    first: Login
    second: Login
    third: Login
    editor: Login
