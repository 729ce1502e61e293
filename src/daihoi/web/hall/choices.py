"""What a screen of the hall can show."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shows(models.TextChoices):
    """Kinds of pictures."""

    WELCOME = "welcome", _("Welcome")
    ATTENDANCE = "attendance", _("Attendance")
    HOW_TO_MARK = "how_to_mark", _("How to mark the ballot")
    PROGRESS = "progress", _("Progress of the election, without figures of votes")
    RESULT = "result", _("Result of a contest")
    COUNTDOWN = "countdown", _("Countdown")
    WORDS = "words", _("A few words")
    DARK = "dark", _("Nothing (dark)")


OF_A_CONTEST = frozenset({Shows.HOW_TO_MARK, Shows.RESULT})


class Order(models.TextChoices):
    """In which order the candidates of a result stand."""

    BALLOT = "ballot", _("As on the ballot")
    VOTES = "votes", _("By votes")


class Language(models.TextChoices):
    """What a screen speaks, whoever opened it."""

    VI = "vi", "Tiếng Việt"
    EN = "en", "English"
