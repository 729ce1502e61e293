"""Pages of signing in and of accounts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user, match_token
from django_otp import login as confirm

from daihoi.web.accounts import queries, services
from daihoi.web.accounts.choices import Outcome, Right, Role
from daihoi.web.accounts.forms import CodeForm, JoinForm, PasswordForm, RenewForm, SignInForm
from daihoi.web.accounts.links import drawn, one_time_link
from daihoi.web.accounts.middleware import LANGUAGE_COOKIE
from daihoi.web.accounts.models import Grant, OpenSession, SignIn, User
from daihoi.web.accounts.permissions import OPEN, SIGNED_IN, gate, viewer_of
from daihoi.web.lists.fields import refuse
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Table

YEAR = 365 * 24 * 3600

PEOPLE: tuple[Column[User], ...] = (
    Column(
        "username",
        gettext_lazy("Sign-in name"),
        lambda row: row.username,
        ("username",),
        link=lambda row: reverse("account", args=[row.pk]),
    ),
    Column("name", gettext_lazy("Full name"), lambda row: row.full_name, ("full_name",)),
    Column("roles", gettext_lazy("Roles"), queries.roles_words),
    Column("open", gettext_lazy("Account"), lambda row: _("open") if row.is_active else _("closed"), ("is_active",)),
    Column("joined", gettext_lazy("Joined"), lambda row: row.joined_at, ("joined_at",), shown=False),
)
SIGN_INS: tuple[Column[SignIn], ...] = (
    Column("at", gettext_lazy("When"), lambda row: row.at, ("at",)),
    Column("who", gettext_lazy("Sign-in name"), lambda row: row.username, ("username",)),
    Column("outcome", gettext_lazy("How it ended"), lambda row: row.get_outcome_display(), ("outcome",)),
    Column("address", gettext_lazy("Address"), lambda row: row.address, ("address",)),
    Column("browser", gettext_lazy("Browser"), lambda row: row.browser, shown=False),
)  # fmt: skip


def address_of(request: HttpRequest) -> str:
    """The network address of who asks, as the server saw it."""
    # Not what a header says of itself: anybody could be locked out, or get round it, by writing one.
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def browser_of(request: HttpRequest) -> str:
    """What the browser calls itself."""
    return request.headers.get("User-Agent", "")[:200]


def _user(request: HttpRequest) -> User:
    user = viewer_of(request).user
    assert user is not None  # noqa: S101 -- behind a gate that asks for one
    return user


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # Or a link in a letter would lead who just signed in to a copy of this page that asks again.
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("front")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@gate(OPEN)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then the code, where there is a second factor."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _let_in(request, user)
        _refuse(request, form)
    return render(request, "accounts/sign_in.html", {"form": form, "next": _onward(request)})


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user)
    if any(devices_for_user(user)):
        return redirect(f"{reverse('code')}?{urlencode({'next': _onward(request)})}")
    return _enter(request, user)


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    services.note_sign_in(
        user=user,
        session_key=request.session.session_key or "",
        address=address_of(request),
        browser=browser_of(request),
    )
    return redirect(_onward(request))


def _refuse(request: HttpRequest, form: SignInForm) -> None:
    locked = bool(getattr(request, "axes_locked_out", False))
    outcome = Outcome.LOCKED if locked else Outcome.WRONG
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    form.add_error(
        None,
        _("Too many wrong tries. Wait %(minutes)d minutes, or ask an administrator.") % {"minutes": minutes}
        if locked
        else _("Name or password is not right."),
    )
    services.note_refusal(
        username=form.cleaned_data["username"],
        outcome=outcome,
        address=address_of(request),
        browser=browser_of(request),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@gate(OPEN)
def code(request: HttpRequest) -> HttpResponse:
    """The second factor of who gave the password."""
    user = request.user
    if not isinstance(user, User):
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(user, form.cleaned_data["code"])
        if device is not None:
            confirm(request, device)
            return _enter(request, user)
        form.add_error("code", _("The code is not right. Look at the clock of the telephone and try again."))
        services.note_refusal(
            username=user.username, outcome=Outcome.CODE, address=address_of(request), browser=browser_of(request)
        )
    return render(request, "accounts/code.html", {"form": form, "next": _onward(request)})


@require_POST
@gate(SIGNED_IN)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    services.end_session(user=_user(request), session_key=request.session.session_key or "")
    logout(request)
    return redirect("sign_in")


@require_POST
@gate(OPEN)
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of this browser, and of the person where one is signed in."""
    chosen = "en" if request.POST.get("language") == "en" else "vi"
    user = viewer_of(request).user
    if user is not None:
        user.language = chosen
        user.save(update_fields=["language"])
    answer = redirect(_onward(request))
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
@gate(OPEN)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: choose a name and a password."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        # Used and never made look alike: nobody learns which tokens there were.
        return render(request, "accounts/link_gone.html", status=410)
    if invitation.renews is not None:
        return _renew(request, token, invitation.renews)
    form = JoinForm(request.POST or None, initial={"full_name": invitation.full_name})
    if request.method == "POST" and form.is_valid():
        held = {name: form.cleaned_data[name] for name in ("username", "full_name", "password")}
        try:
            services.join(token=token, language=request.LANGUAGE_CODE, **held)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The account is made. Sign in with it."))
            return redirect("sign_in")
    return render(request, "accounts/join.html", {"form": form, "role": Role(invitation.role).label})


def _renew(request: HttpRequest, token: str, user: User) -> HttpResponse:
    """A one-time link of somebody who forgot the password: choose another."""
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_password(token=token, password=form.cleaned_data["password"])
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The password is changed. Sign in with it."))
            return redirect("sign_in")
    return render(request, "accounts/renew.html", {"form": form, "person": user})


@never_cache
@require_http_methods(["GET"])
@gate(SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """The own account: roles, sessions, second factor."""
    user = _user(request)
    held = {
        "sessions": queries.sessions_of(user),
        "here": request.session.session_key,
        "grants": viewer_of(request).grants,
        "second_factor": any(devices_for_user(user)),
        "form": PasswordForm(),
    }
    return render(request, "accounts/mine.html", held)


@sensitive_post_parameters("present", "password")
@require_POST
@gate(SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password."""
    user, form = _user(request), PasswordForm(request.POST)
    if form.is_valid() and not user.check_password(form.cleaned_data["present"]):
        form.add_error("present", _("The present password is not right."))
    if form.is_valid():
        try:
            services.change_password(
                user=user, password=form.cleaned_data["password"], keep_session=request.session.session_key or ""
            )
        except ValidationError as error:
            form.add_error("password", error)
        else:
            # A changed password ends every session by its hash; this one goes on under a new key, its second factor
            # with it.
            before = request.session.session_key or ""
            update_session_auth_hash(request, user)
            services.move_session(before=before, now=request.session.session_key or "")
            messages.success(request, _("The password is changed; other sessions are ended."))
            return redirect("mine")
    for errors in form.errors.values():
        for sentence in errors:
            messages.error(request, str(sentence))
    return redirect("mine")


@require_POST
@gate(SIGNED_IN)
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End another session of one's own."""
    held = get_object_or_404(OpenSession, pk=pk, user=_user(request))
    services.end_session(user=_user(request), session_key=held.session_key)
    return redirect("mine")


@never_cache
@require_http_methods(["GET", "POST"])
@gate(SIGNED_IN)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Switch the second factor on: ask for a picture, scan it with a telephone, then type what that shows."""
    user = _user(request)
    if request.POST.get("act") == "begin":
        services.begin_second_factor(user=user)
        return redirect("second_factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = services.confirm_second_factor(user=user, code=form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            confirm(request, device)
            messages.success(request, _("The second factor is on."))
            return redirect("mine")
    # The picture stays the same until a code was right: a page loaded again must not put out what was scanned.
    waiting = queries.waiting_device(user)
    picture = drawn(waiting.config_url) if waiting else ""
    return render(request, "accounts/second_factor.html", {"form": form, "picture": picture})


@require_POST
@gate(SIGNED_IN)
def drop_second_factor(request: HttpRequest) -> HttpResponse:
    """Switch the own second factor off."""
    services.drop_second_factor(user=_user(request), by=viewer_of(request).name)
    return redirect("mine")


def _whole_tree(request: HttpRequest) -> None:
    """Accounts are of all the tree: who manages a part of it invites there, and does not see the others."""
    if not viewer_of(request).everywhere(Right.MANAGE_ACCOUNTS):
        raise PermissionDenied


@require_http_methods(["GET"])
@gate(Right.MANAGE_ACCOUNTS)
def people(request: HttpRequest) -> HttpResponse:
    """All accounts with their roles, and invitations that wait."""
    _whole_tree(request)
    table = Table(queries.people(request.GET.get("q", "")), PEOPLE, request.GET, ("username",))
    held = {"invitations": queries.open_invitations()}
    return list_page(request, table, "accounts/people.html", name="tai-khoan", by=viewer_of(request).name, held=held)


@require_http_methods(["GET"])
@gate(Right.MANAGE_ACCOUNTS)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account and its roles."""
    _whole_tree(request)
    return render(request, "accounts/account.html", _of_account(get_object_or_404(User, pk=pk)))


def _of_account(person: User) -> dict[str, object]:
    return {
        "person": person,
        "grants": person.grants.filter(ended_at=None),
        "second_factor": any(devices_for_user(person)),
        "locked": queries.is_locked(person),
    }


@never_cache
@require_POST
@gate(Right.MANAGE_ACCOUNTS)
def help_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Help somebody in: lift a lock, switch off the second factor of a lost telephone, or a link for a new password."""
    _whole_tree(request)
    person, by = get_object_or_404(User, pk=pk), viewer_of(request).name
    act, held = request.POST.get("act"), {}
    if act == "unlock":
        services.unlock_account(user=person, by=by)
        messages.success(request, _("The sign-in name is locked no more."))
    elif act == "second_factor":
        services.drop_second_factor(user=person, by=by)
        messages.success(request, _("The second factor is off; ask the person to switch it on again."))
    elif act == "password":
        token = services.renew_password(user=person, by=by)
        held = one_time_link(request, token)
    if not held:
        return redirect("account", pk)
    return render(request, "accounts/account.html", {**_of_account(person), **held})


@require_POST
@gate(Right.MANAGE_ACCOUNTS)
def end_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    _whole_tree(request)
    given = get_object_or_404(Grant.objects.select_related("user"), pk=pk, ended_at=None)
    try:
        services.end_grant(given=given, by=viewer_of(request).name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("account", given.user_id)


@require_POST
@gate(Right.MANAGE_ACCOUNTS)
def set_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account or open it again."""
    _whole_tree(request)
    user = get_object_or_404(User, pk=pk)
    # Nobody could undo it from here.
    if user == _user(request):
        messages.error(request, _("You cannot close your own account."))
        return redirect("account", user.pk)
    try:
        services.set_open(user=user, is_open=request.POST.get("open") == "1", by=viewer_of(request).name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("account", user.pk)


@require_http_methods(["GET"])
@gate(Right.MANAGE_ACCOUNTS)
def sign_ins(request: HttpRequest) -> HttpResponse:
    """The log of tries to sign in."""
    _whole_tree(request)
    table = Table(queries.sign_ins(request.GET.get("q", "")), SIGN_INS, request.GET, ("-pk",))
    return list_page(request, table, "accounts/sign_ins.html", name="nhat-ky-dang-nhap", by=viewer_of(request).name)
