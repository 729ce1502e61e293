"""People who sign in, what they may do, how they came and when."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from daihoi.web.accounts.choices import Outcome, Role

KEY_LENGTH = 32


class Users(BaseUserManager["User"]):
    """Finds people by their sign-in name, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person of a sign-in name."""
        # Telephones begin a word with a capital.
        return self.get(username__iexact=username or "")


class User(AbstractBaseUser):
    """A person who signs in; what they may do hangs on their grants alone."""

    username = models.CharField(_("sign-in name"), max_length=60)
    full_name = models.CharField(_("full name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, default="vi")
    is_active = models.BooleanField(_("account is open"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]
    objects = Users()

    class Meta:
        """No two sign-in names differ by capitals alone."""

        # By the database: two who join at once with one name are not both heard.
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="one_user_of_a_name")]
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"


class Grant(models.Model):
    """A role for a part of the tree and, where it is of one congress, for that one.

    `organisation` and `congress` hold public keys as text: those rooms stand above this one. Empty means all.
    `scope_name` is what they were called when the role was given.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=Role.choices)
    organisation = models.CharField(max_length=KEY_LENGTH, blank=True, db_index=True)
    congress = models.CharField(max_length=KEY_LENGTH, blank=True, db_index=True)
    scope_name = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A role stands once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "congress"],
                # A role that was taken back may be given again; both stand in the history.
                condition=models.Q(ended_at__isnull=True),
                name="one_grant_of_a_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation or '*'} {self.congress}"


def digest_of(token: str) -> str:
    """What is kept of a one-time link: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A one-time link by which a person chooses a name and a password, and gets a role.

    With `renews` it lets somebody who has an account choose a new password, and gives nothing else.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    renews = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="renewals")
    role = models.CharField(_("role"), max_length=40, choices=Role.choices)
    organisation = models.CharField(max_length=KEY_LENGTH, blank=True)
    congress = models.CharField(max_length=KEY_LENGTH, blank=True)
    scope_name = models.CharField(max_length=300, blank=True)
    invited_by = models.CharField(max_length=200)
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    # An invitation outlives the account: who was invited by whom stays to be read.
    used_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="invitations")

    def __str__(self) -> str:
        return f"{self.role} {self.full_name}"


class SignIn(models.Model):
    """One try to sign in, and how it ended."""

    # None where nobody bears the name: a search for names shows in this list.
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_ins")
    username = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome}"


class OpenSession(models.Model):
    """A browser in which a person is signed in, so that they can see and end it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="open_sessions")
    # Once: two people after each other in one browser are one session, the last one's.
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at}"
