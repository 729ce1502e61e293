"""Acts on accounts: invite, join, give and take roles, passwords, sessions, the second factor."""

from __future__ import annotations

import secrets
from datetime import timedelta

from axes.utils import reset as unlock
from django.contrib.auth import password_validation
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from daihoi.web.accounts.choices import Outcome, Role
from daihoi.web.accounts.models import Grant, Invitation, OpenSession, SignIn, User, digest_of
from daihoi.web.audit.services import record

INVITATION_LASTS = timedelta(days=7)
FIRST_INVITATION_LASTS = timedelta(hours=12)
RENEWAL_LASTS = timedelta(hours=24)


def subject_of(user: User) -> str:
    """A person in the ledger."""
    return f"user:{user.username}"


@transaction.atomic
def invite(
    *,
    role: Role,
    by: str,
    full_name: str = "",
    organisation: str = "",
    congress: str = "",
    scope_name: str = "",
    lasts: timedelta = INVITATION_LASTS,
) -> str:
    """A token for a one-time link; only its digest is kept."""
    # 192 bits: nobody finds it in the week for which it holds.
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        token_sha256=digest_of(token),
        full_name=full_name,
        role=role,
        organisation=organisation,
        congress=congress,
        scope_name=scope_name,
        invited_by=by,
        expires_at=timezone.now() + lasts,
    )
    facts = {"role": str(role), "scope": organisation}
    place = congress or organisation
    record("account.invited", by=by, subject=f"invitation:{invitation.pk}", facts=facts, place=place)
    return token


@transaction.atomic
def give_role(
    *,
    role: Role,
    by: str,
    username: str = "",
    full_name: str = "",
    organisation: str = "",
    congress: str = "",
    scope_name: str = "",
) -> str:
    """Give a role to the open account of this name, at once; where no name is given, invite.

    Answers with the token of the invitation, empty where none was needed. Raises ValidationError by field.
    """
    if not username:
        return invite(
            role=role, by=by, full_name=full_name, organisation=organisation, congress=congress, scope_name=scope_name
        )
    # A closed account gets nothing in silence: who opens it again looks at its roles first.
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise ValidationError({"username": _("There is no open account of this name.")})
    grant(user=user, role=role, by=by, organisation=organisation, congress=congress, scope_name=scope_name)
    return ""


@transaction.atomic
def void_invitations(*, by: str) -> int:
    """End the invitations of `by` that wait; gives how many did."""
    now = timezone.now()
    waiting = list(Invitation.objects.select_for_update().filter(invited_by=by, used_by=None, expires_at__gt=now))
    for one in waiting:
        one.expires_at = now
        one.save(update_fields=["expires_at"])
        facts, place = {"role": one.role}, one.congress or one.organisation
        record("account.invitation_ended", by=by, subject=f"invitation:{one.pk}", facts=facts, place=place)
    return len(waiting)


@transaction.atomic
def join(*, token: str, username: str, full_name: str, password: str, language: str = "vi") -> User:
    """Make the account of an invited person. Raises ValidationError, by field where one is at fault."""
    # Locked: of two browsers with one link the second finds it used.
    invitation = _held(token)
    if invitation.renews_id is not None:
        raise ValidationError(_("This link was used or is out of date. Ask for another invitation."))
    user = create_user(username=username, full_name=full_name, password=password, language=language)
    invitation.used_by = user
    invitation.save(update_fields=["used_by"])
    facts, place = {"role": invitation.role}, invitation.congress or invitation.organisation
    record("account.joined", by=str(user), subject=subject_of(user), facts=facts, place=place)
    grant(
        user=user,
        role=Role(invitation.role),
        organisation=invitation.organisation,
        congress=invitation.congress,
        scope_name=invitation.scope_name,
        by=invitation.invited_by,
    )
    return user


def _held(token: str) -> Invitation:
    """The invitation of a link that still holds, locked. Raises ValidationError."""
    found = Invitation.objects.select_for_update().filter(token_sha256=digest_of(token)).first()
    if found is None or found.used_by_id or found.expires_at < timezone.now():
        raise ValidationError(_("This link was used or is out of date. Ask for another invitation."))
    return found


@transaction.atomic
def renew_password(*, user: User, by: str) -> str:
    """A token for a one-time link by which somebody who forgot the password chooses another; only its digest is kept.

    Links that were made before are good no more. Nobody but the person learns the password, `by` neither.
    """
    now = timezone.now()
    Invitation.objects.filter(renews=user, used_by=None, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        token_sha256=digest_of(token),
        full_name=user.full_name,
        renews=user,
        invited_by=by,
        expires_at=now + RENEWAL_LASTS,
    )
    record("account.password_link", by=by, subject=subject_of(user))
    return token


@transaction.atomic
def choose_password(*, token: str, password: str) -> User:
    """The new password of somebody who has such a link; every session of theirs ends, and no lock holds any more.

    Raises ValidationError, by field where the password is too weak.
    """
    link = _held(token)
    user = link.renews
    if user is None or not user.is_active:
        raise ValidationError(_("This link was used or is out of date. Ask for another invitation."))
    try:
        change_password(user=user, password=password)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from None
    link.used_by = user
    link.save(update_fields=["used_by"])
    unlock(username=user.username)
    return user


@transaction.atomic
def unlock_account(*, user: User, by: str) -> None:
    """Let a locked sign-in name try again at once."""
    unlock(username=user.username)
    record("account.unlocked", by=by, subject=subject_of(user))


def create_user(*, username: str, full_name: str, password: str, language: str = "vi") -> User:
    """An account without any role. Raises ValidationError by field: a name that is taken, a password too weak."""
    user = User(username=username.strip().lower(), full_name=full_name.strip(), language=language)
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from None
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise ValidationError({"username": _("This sign-in name is taken. Choose another.")}) from None
    return user


@transaction.atomic
def grant(
    *, user: User, role: Role, by: str, organisation: str = "", congress: str = "", scope_name: str = ""
) -> Grant:
    """Give a role; giving it twice changes nothing."""
    # Of two who give it at once the constraint lets one write; the other reads that row.
    given, new = Grant.objects.get_or_create(
        user=user,
        role=role,
        organisation=organisation,
        congress=congress,
        ended_at=None,
        defaults={"given_by": by, "scope_name": scope_name},
    )
    if new:
        facts = {"role": str(role), "organisation": organisation, "congress": congress}
        record("role.granted", by=by, subject=subject_of(user), facts=facts, place=congress or organisation)
    return given


@transaction.atomic
def end_grant(*, given: Grant, by: str) -> None:
    """Take a role back. The last administrator of the whole tree stays: nobody could give the role again."""
    _one_administrator_stays(given.user_id, given)
    # Read again under the lock: another may have taken it back meanwhile.
    given = Grant.objects.get(pk=given.pk)
    if given.ended_at is not None:
        return
    given.ended_at = timezone.now()
    given.save(update_fields=["ended_at"])
    facts = {"role": given.role, "organisation": given.organisation}
    place = given.congress or given.organisation
    record("role.ended", by=by, subject=subject_of(given.user), facts=facts, place=place)


def _one_administrator_stays(leaves: int, given: Grant | None = None) -> None:
    """Raises ValidationError where nobody but who leaves administers the whole tree, or only in a role that ends too.

    The rows are locked first: two administrators who put each other out at once are not both heard.
    """
    whole = Grant.objects.filter(role=Role.ADMINISTRATOR, organisation="", congress="", ended_at=None)
    held = list(whole.select_for_update().order_by("pk"))
    if given is not None and given not in held:
        return
    able = set(User.objects.filter(pk__in={one.user_id for one in held}, is_active=True).values_list("pk", flat=True))
    if leaves in able and able == {leaves}:
        raise ValidationError(_("This is the last administrator. Give the role to somebody else first."))


@transaction.atomic
def set_open(*, user: User, is_open: bool, by: str) -> None:
    """Close an account, ending its sessions, or open it again. Raises ValidationError for the last administrator."""
    if not is_open:
        _one_administrator_stays(user.pk)
    # Sessions end with it: a closed account is out now, not when its cookie is old.
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    if not is_open:
        end_sessions(user=user)
    record("account.closed", by=by, subject=subject_of(user), facts={"open": is_open})


@transaction.atomic
def change_password(*, user: User, password: str, keep_session: str = "") -> None:
    """Set a password that the rules allow, and end every other session. Raises ValidationError."""
    password_validation.validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    # Whoever stole the former password is put out everywhere; the person goes on here.
    end_sessions(user=user, but=keep_session)
    record("account.password_changed", by=str(user), subject=subject_of(user))


@transaction.atomic
def note_sign_in(*, user: User, session_key: str, address: str, browser: str) -> None:
    """Keep that a person signed in, and in which browser."""
    SignIn.objects.create(user=user, username=user.username, address=address, browser=browser, outcome=Outcome.DONE)
    # Sessions that ran out, or were overwritten by somebody else's in the same browser, are open no more.
    OpenSession.objects.filter(user=user).exclude(session_key__in=Session.objects.values("session_key")).delete()
    # Who signs in where they are signed in already keeps the session.
    held = {"user": user, "address": address, "browser": browser}
    OpenSession.objects.update_or_create(session_key=session_key, defaults=held)
    record("account.signed_in", by=str(user), subject=subject_of(user), facts={"address": address})


@transaction.atomic
def note_refusal(*, username: str, outcome: Outcome, address: str, browser: str) -> None:
    """Keep that somebody tried to sign in."""
    # What was typed may be a page long; PostgreSQL refuses what does not fit.
    name = username[:60]
    user = User.objects.filter(username__iexact=name).first()
    SignIn.objects.create(user=user, username=name, address=address, browser=browser, outcome=outcome)
    facts = {"reason": str(outcome), "address": address}
    # By nobody: the name was typed, who typed it is not known.
    record("account.refused", by="-", subject=f"user:{name}", facts=facts)


@transaction.atomic
def end_session(*, user: User, session_key: str) -> None:
    """End one session of a person; one that is not theirs is left alone."""
    held = OpenSession.objects.filter(user=user, session_key=session_key).first()
    if held is None:
        return
    Session.objects.filter(session_key=held.session_key).delete()
    held.delete()
    record("account.signed_out", by=str(user), subject=subject_of(user))


def move_session(*, before: str, now: str) -> None:
    """A session that got another key stays the one that its person sees and can end."""
    OpenSession.objects.filter(session_key=before).update(session_key=now)


def end_sessions(*, user: User, but: str = "") -> None:
    """End all sessions of a person, but one."""
    keys = list(OpenSession.objects.filter(user=user).exclude(session_key=but).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def begin_second_factor(*, user: User) -> TOTPDevice:
    """A device that waits for its first code, in the place of one that waited before.

    No entry of the ledger: nothing is switched on until `confirm_second_factor`.
    """
    # One at a time: a picture that was replaced must switch nothing on.
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="totp", confirmed=False)
    return device


@transaction.atomic
def confirm_second_factor(*, user: User, code: str) -> TOTPDevice:
    """Switch the second factor on with the first right code. Raises ValidationError."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    # Wrong codes are counted there, and each makes the next try wait longer.
    if device is None or not device.verify_token(code):
        raise ValidationError({"code": _("The code is not right. Look at the clock of the telephone and try again.")})
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record("account.second_factor", by=str(user), subject=subject_of(user), facts={"on": True})
    return device


@transaction.atomic
def drop_second_factor(*, user: User, by: str) -> None:
    """Switch the second factor off."""
    TOTPDevice.objects.filter(user=user).delete()
    record("account.second_factor", by=by, subject=subject_of(user), facts={"on": False})
