"""Answers of the personnel papers; values are those of `rules.credentials`, whose statistics are made from them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As the party card says."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Education(models.TextChoices):
    """General education (giáo dục phổ thông)."""

    UPPER_SECONDARY = "upper_secondary", _("Upper secondary (12/12)")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    PRIMARY = "primary", _("Primary")


class Degree(models.TextChoices):
    """The highest professional degree."""

    DOCTOR = "doctor", _("Doctor")
    MASTER = "master", _("Master")
    BACHELOR = "bachelor", _("University")
    COLLEGE = "college", _("College")
    VOCATIONAL = "vocational", _("Vocational")
    ELEMENTARY = "elementary", _("Elementary vocational")
    NONE = "none", _("No degree")


class Theory(models.TextChoices):
    """Political theory."""

    BACHELOR = "bachelor", _("Bachelor of political theory")
    ADVANCED = "advanced", _("Advanced political theory")
    INTERMEDIATE = "intermediate", _("Intermediate political theory")
    ELEMENTARY = "elementary", _("Elementary political theory")
    NONE = "none", _("No political theory")


PUBLIC = ("code", "full_name", "post", "organisation")
"""What is seen with `Right.SEE_PEOPLE`: names and posts."""

PERSONNEL = (
    *("other_name", "sex", "born", "ethnicity", "religion", "native_place", "joined", "official"),
    *("education", "degree", "major", "theory", "languages", "computing", "is_sitting_member", "is_local"),
)
"""What is seen with `Right.SEE_PERSONNEL` alone."""

FIELDS = (*PUBLIC, *PERSONNEL)
"""Every field that people enter and change."""
