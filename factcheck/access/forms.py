from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "This address and password do not belong together. Check both; the password knows capitals.",
        "inactive": "This account is closed. Ask an administrator.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "inputmode": "email"}


def zone_choices() -> list[tuple[str, str]]:
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("", "As this browser says"), ("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class AccountForm(forms.Form):
    name = forms.CharField(
        max_length=200,
        help_text="As colleagues and readers see it, in any script.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": "Write the name under which colleagues and readers see your work."},
    )
    time_zone = forms.ChoiceField(choices=zone_choices, required=False, help_text="Times are shown in this zone.")


class TokenForm(forms.Form):
    name = forms.CharField(
        label="What it is for",
        max_length=100,
        help_text="The system that will use it, such as “CMS” or “tip line”.",
        error_messages={"required": "Name the system that will use the token, so that you know what you revoke later."},
    )
