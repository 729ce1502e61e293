"""Passwords of houses that tests prepare: hashed once around; the house hashes them anew when somebody signs in."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import override_settings


class OnceAround(PBKDF2PasswordHasher):
    """The hasher of the house without its million rounds, which take half a second of a core for each person."""

    iterations = 1


def quick_passwords() -> override_settings:
    """While people are entered."""
    return override_settings(PASSWORD_HASHERS=[f"{__name__}.OnceAround"])
