"""The acts on results that congresses below sent. Who was elected stands in the package; here only its digest."""

from __future__ import annotations

from daihoi.ledger.events import Fact, FactKind
from daihoi.web.audit.events.declaring import act, number, text

DECLARED = (
    act(
        "result.taken",
        "A result was taken in, compared with the signed paper.",
        digest=Fact(FactKind.DIGEST, "of the count, as typed from the paper"),
        package=Fact(FactKind.DIGEST, "of the package, byte for byte"),
        office=text("what is elected"),
        round=number("which ballot"),
        replaces=Fact(FactKind.LIST, "keys of the results that stand no longer"),
        reason=text("why it replaces another; empty: it replaces none"),
    ),
    act(
        "result.scans_added",
        "The scans of a package that was taken in came after it.",
        scans=Fact(FactKind.DIGEST, "of the file, byte for byte"),
    ),
    act("result.withdrawn", "A result that was taken in was withdrawn.", reason=text("why")),
    act("result.fetched", "A package that was taken in was fetched again.", file=text("package or scans")),
)
