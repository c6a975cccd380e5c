"""Sign in, sign out, and one's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.access import accounts
from factcheck.access.forms import AccountForm, SignInForm, TokenForm
from factcheck.access.marks import SignedInRequest, page, public_page
from factcheck.errors import Invalid

sign_in = public_page(
    LoginView.as_view(
        template_name="access/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
    )
)
sign_out = public_page(LogoutView.as_view())


@page
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if request.method == "GET":
        return _show(request, AccountForm(initial={"name": user.name, "time_zone": user.time_zone}))
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            accounts.change_account(user, **form.cleaned_data)
        except Invalid as refusal:
            refusal_into(form, refusal)
        else:
            messages.success(request, "Your account is saved.")
            return redirect("account")
    return _show(request, form, status=422)


@page
@require_POST
@never_cache
def make_token(request: SignedInRequest) -> HttpResponse:
    """Answers with the page itself, not a redirect: the secret must never be stored, not even in a session."""
    form = TokenForm(request.POST, auto_id="token_%s")
    profile = AccountForm(initial={"name": request.user.name, "time_zone": request.user.time_zone})
    if not form.is_valid():
        return _show(request, profile, token_form=form, status=422)
    token, secret = accounts.issue_token(request.user, **form.cleaned_data)
    return _show(request, profile, token=token, secret=secret)


@page
@require_POST
def revoke_token(request: SignedInRequest, token_id: int) -> HttpResponse:
    token = accounts.revoke_token(request.user, token_id)
    messages.success(request, f"The token “{token.name}” is revoked. Whatever used it is refused from now on.")
    return redirect("account")


def _show(request: SignedInRequest, form: AccountForm, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "token_form": TokenForm(auto_id="token_%s"), "tokens": request.user.tokens.all(), **more}
    return render(request, "access/account.html", context, status=status)


def refusal_into(form: AccountForm, refusal: Invalid) -> None:
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, sentence)
