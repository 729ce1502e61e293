"""Sentences for what a verification refuses and finds. Findings have the fields member, expected and found."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "verify.error": N_("The package cannot be verified."),
    "verify.package_not_opened": N_("{file} cannot be opened: {found}."),
    "verify.bad_public_key": N_(
        "The key given is not the public half of a signing key (Ed25519, PEM). Give the .pub.pem file of the signer."
    ),
    "verify.malformed": N_("{member}: {expected} should stand here, but {found} was found."),
    "verify.images_half": N_(
        "{member} holds the scans of a package and not the package itself. Verify the package that lies beside it; it "
        "checks these scans too."
    ),
    "verify.too_large": N_("{member}: too large for a package: {found}, at most {expected}."),
    "verify.member_twice": N_("{member} stands {found} times in the package; each name may stand once."),
    "verify.bad_name": N_("{member}: this name leads out of the package or is not allowed in one."),
    "verify.hidden_bytes": N_("{member}: the package holds {found} bytes here that belong to no member."),
    "verify.unlisted": N_("{member} lies in the package, but the manifest does not list it."),
    "verify.missing": N_("{member} is listed, but is not in the package."),
    "verify.changed": N_("{member} was changed: its digest should be {expected}, but is {found}."),
    "verify.length": N_("{member} should have {expected} bytes, but has {found}."),
    "verify.package_key": N_("{member} is not the public half of a signing key (Ed25519, PEM)."),
    "verify.signature": N_("{member}: the signature does not fit the manifest; one of the two was changed."),
    "verify.other_signer": N_(
        "{member}: the package was not signed with the key that you gave ({expected}), but with {found}."
    ),
    "verify.digest_typed": N_(
        "The digest has {expected} hexadecimal digits, in groups of four; {found} were given. Type all of it from the "
        "foot of the minutes."
    ),
    "verify.digest": N_(
        "{member} is not the one that the minutes speak of: the digest on paper is {expected}, that of the package "
        "{found}."
    ),
    "verify.manifest_digest": N_("{member} gives {found} as the digest of the count, but record.json has {expected}."),
    "verify.record_lacks": N_("{member} does not name {expected}, which every count has."),
    "verify.record_differs": N_("{member} should be {expected} by the record and the ledger, but is {found}."),
    "verify.image_unknown": N_("{member} lies among the images, but the record does not name it."),
    "verify.image_differs": N_("{member}: the record and the ledger do not agree on the scan {expected}."),
    "verify.ledger_sequence": N_("{member}: entry number {expected} should stand here, but {found} does."),
    "verify.ledger_link": N_(
        "{member}: the chain is broken; {expected} should be the hash before, but {found} stands."
    ),
    "verify.ledger_hash": N_("{member}: this entry was changed; its hash should be {expected}, but is {found}."),
    "verify.ledger_kind": N_("{member}: {found} is not a declared event."),
    "verify.ledger_human": N_("{member}: event {found} should carry {expected}."),
    "verify.ledger_event": N_("{member}: {expected} was expected here, but {found} was found."),
    "verify.ledger_short": N_("{member} has {found} entries, but the record rests on {expected}."),
    "verify.ledger_head": N_("{member}: the record rests on the hash {expected}, but the ledger has {found} there."),
    "verify.ledger_digest": N_("{member}: digest {found} stands there, but the count has {expected}."),
    "verify.no_minutes": N_("{member}: nothing says that minutes were written of this count ({expected})."),
    "verify.sealed_by_another": N_("{member}: the package was sealed with key {expected}, but {found} lies in it."),
    "verify.event_after_record": N_("{member}: event {found} follows after the record; only {expected} may."),
    "verify.page_missing": N_("{member}: nothing says what became of page {expected}."),
    "verify.ballots_number": N_("{member} has {found} ballots, but the ledger gives {expected}."),
    "verify.ballot_differs": N_("{member}: the recount gives {expected}, but {found} stands there."),
    "verify.refused_unknown": N_("{member}: page {found} is not in the ledger."),
    "verify.decision_differs": N_('{member}: the ledger has the decision "{expected}", but "{found}" stands there.'),
    "verify.decision_lost": N_("{member}: the decision on {expected} is in the ledger, but not here."),
    "verify.sample_ballots": N_(
        "{member}: the hand sample was drawn from {found} ballots, but the count has {expected}: it is of another "
        "count."
    ),
    "verify.sample_unread": N_("{member}: the hand sample drew ballot {expected}, but nobody read it."),
    "verify.sample_place": N_("{member}: the seed draws ballot {expected}, but {found} was read in its place."),
    "verify.sample_differs": N_("{member}: the count has {expected}, but people read {found} from the paper."),
    "verify.result_differs": N_("{member}: the recount gives {expected}, but {found} stands there."),
}
