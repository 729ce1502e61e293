"""Reads of accounts."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from daihoi.web.accounts.models import Grant, Invitation, OpenSession, SignIn, User, digest_of


def people(search: str = "") -> QuerySet[User]:
    """Accounts with the roles that hold now."""
    # Two queries whatever the number of accounts: the list shows the roles of each.
    held = Prefetch("grants", Grant.objects.filter(ended_at=None).order_by("pk"), to_attr="held")
    found = User.objects.prefetch_related(held).order_by("username")
    return found.filter(Q(username__icontains=search) | Q(full_name__icontains=search)) if search else found


def roles_words(user: User) -> str:
    """The roles that hold now, in words, of a person whom `people` fetched."""
    held: list[Grant] = getattr(user, "held", [])
    return ", ".join(str(grant.get_role_display()) for grant in held)


def nobody_yet() -> bool:
    """Whether no account was ever made."""
    return not User.objects.exists()


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link that still holds."""
    found = Invitation.objects.filter(token_sha256=digest_of(token), used_by=None, expires_at__gte=timezone.now())
    return found.select_related("renews").first()


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that wait for their person, newest first."""
    return Invitation.objects.filter(used_by=None, renews=None, expires_at__gte=timezone.now()).order_by("-pk")


def is_locked(user: User) -> bool:
    """Whether the sign-in name is locked out somewhere after too many wrong tries."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tries = AccessAttempt.objects.filter(username=user.username, attempt_time__gte=since)
    return bool(tries.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists())


def grants_of(organisation: str, congress: str) -> QuerySet[Grant]:
    """The roles that hold now for exactly this organisation and congress, with their people."""
    held = Grant.objects.filter(organisation=organisation, congress=congress, ended_at=None)
    return held.select_related("user").order_by("pk")


def sessions_of(user: User) -> QuerySet[OpenSession]:
    """Where a person is signed in."""
    return OpenSession.objects.filter(user=user)


def sign_ins(search: str = "") -> QuerySet[SignIn]:
    """The log of tries to sign in, newest first."""
    found = SignIn.objects.all()
    return found.filter(Q(username__icontains=search) | Q(address__icontains=search)) if search else found


def waiting_device(user: User) -> TOTPDevice | None:
    """The second factor that was begun and whose first code nobody typed yet."""
    # The newest, should two windows have asked for a picture at once.
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("-pk").first()
    return found
