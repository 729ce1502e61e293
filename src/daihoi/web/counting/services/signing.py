"""Act: somebody signs the minutes of a concluded count by a key of their own, which the house never keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.web.audit.services import record
from daihoi.web.counting import folders
from daihoi.web.counting.choices import SigningPlace
from daihoi.web.counting.services import concluding
from daihoi.web.counting.services.opening import place_of, subject_of
from daihoi.web.elections.models import Contest

if TYPE_CHECKING:
    from daihoi.counts.signing import MinutesSigned


def sign_minutes(
    *, contest: Contest, key: bytes, file: str, passphrase: str, place: SigningPlace, by: str
) -> MinutesSigned:
    """Sign by the key of a PKCS#12 file named `file`. Raises ValidationError, CountsError, PapersError, OSError.

    Key and passphrase are in the memory of this request alone. Killed between the file and the ledger of the house, the
    signature stands in the ledger of the count.
    """
    # Two seconds that only who signs pays, and not every process that serves pages.
    from daihoi.counts import signing  # noqa: PLC0415
    from daihoi.papers.signed.keys import LARGEST_BYTES, open_key  # noqa: PLC0415
    from daihoi.papers.signed.signing import Place  # noqa: PLC0415

    if len(key) > LARGEST_BYTES:
        raise ValidationError(_("This file is no key: it is larger than any."))
    count = concluding.concluded(contest)
    now = timezone.localtime()
    opened = open_key(key, passphrase, now=now, file=file)
    made = concluding.when_free(
        count, lambda one: signing.sign_minutes(folders.count_of(one), opened, Place(str(place)), now=now, by=by)
    )
    with transaction.atomic():
        facts = {"digest": made.digest, "certificate": opened.fingerprint, "where": str(place)}
        record("count.minutes_signed", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
    return made
