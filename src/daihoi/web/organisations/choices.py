"""Tiers and kinds of organisations. What a tier is called is data of the term, never part of a name in code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """Levels of the tree, whatever a round calls them."""

    GRASSROOTS = "CO_SO", _("Grassroots")
    ABOVE_GRASSROOTS = "TREN_CO_SO", _("Directly above the grassroots")
    PROVINCE = "TINH", _("Province")
    CENTRAL = "TRUNG_UONG", _("Centre")


class Kind(models.TextChoices):
    """What an organisation is."""

    PROVINCE = "province", _("Provincial organisation")
    DISTRICT = "district", _("District, town or city")
    COMMUNE = "commune", _("Commune, ward or township")
    AGENCY = "agency", _("Agency or public unit")
    ENTERPRISE = "enterprise", _("Enterprise")
    ARMED_FORCES = "armed_forces", _("Army, border guard or police")
    BLOC = "bloc", _("Bloc of agencies and enterprises")
    BRANCH = "branch", _("Grassroots branch")
    OTHER = "other", _("Other")


class Profile(models.TextChoices):
    """How many tiers a round has. [process.md, warning 3]"""

    THREE_TIERS = "3_cap", _("Three tiers")
    TWO_TIERS = "2_cap", _("Two tiers")
