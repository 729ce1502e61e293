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


class PhotoFault(models.TextChoices):
    """Why a file is not taken as somebody's photograph."""

    KIND = "kind", _("This is no picture; JPEG, PNG and WebP are taken.")
    LARGE = "large", _("The picture has more than 20 MB; make it smaller.")
    PIXELS = "pixels", _("The picture has more than 60 megapixels; make it smaller.")
    SMALL = "small", _("The picture is smaller than 150 × 200 pixels; it would be blurred on a screen.")
    BROKEN = "broken", _("The picture cannot be read to its end; send it again.")
    DOUBLE = "double", _("Another picture of the same zip bears this code; leave one of them.")
    ZIP = "zip", _("The zip cannot be opened; pack the pictures anew, without a password.")
    MANY = "many", _("The zip holds more than 2,000 files or 2 GB; send it in parts.")
    CODE = "code", _("Nobody whose photographs you may change has this code; name the file by the person's code.")


PUBLIC = ("code", "full_name", "post", "organisation")
"""What is seen with `Right.SEE_PEOPLE`: names and posts."""

PERSONNEL = (
    *("other_name", "sex", "born", "ethnicity", "religion", "native_place", "joined", "official"),
    *("education", "degree", "major", "theory", "languages", "computing", "is_sitting_member", "is_local"),
)
"""What is seen with `Right.SEE_PERSONNEL` alone."""

FIELDS = (*PUBLIC, *PERSONNEL)
"""Every field that people enter and change."""
