"""`daihoi seal` and `daihoi verify`: the package that a count leaves behind, and the recount of it by other hands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import count_argument, path_option
from daihoi.cli.keys import known_passphrase
from daihoi.counts.sealing import Sealed, seal
from daihoi.ledger.signatures import is_encrypted
from daihoi.verify.package import verify_package
from daihoi.verify.terms import Finding, Report, SampleShown, Winner
from daihoi.words.errors import sentence_of
from daihoi.words.figures import digest_words, number_words
from daihoi.words.language import _
from daihoi.words.reasons import VERIFIED, reason


def seal_command() -> click.Command:
    """`daihoi seal`."""
    return click.Command(
        "seal",
        help=_(
            "Pack a count with its minutes and sign it. With --without-images the scans go into a second zip, so that "
            "they can be destroyed after six months while the record stays verifiable."
        ),
        params=[
            count_argument(),
            path_option("--key", _("The private key; made with: daihoi keys new"), "KEY.pem", required=True),
            path_option("--out", _("The package to write; it must not exist yet."), "PACKAGE.zip", required=True),
            click.Option(["--without-images"], is_flag=True, help=_("Put the scans into PACKAGE-images.zip.")),
        ],
        callback=seal_count,
    )


def seal_count(count: Path, key: Path, out: Path, without_images: bool) -> int:
    """Sign with the key, asking for its passphrase only when it is locked."""
    private = key.read_bytes()
    passphrase = known_passphrase() if is_encrypted(private) else None
    sealed = seal(
        count,
        key=private,
        passphrase=passphrase,
        out=out,
        without_images=without_images,
        now=datetime.now(UTC).astimezone(),
    )
    tell_sealed(sealed)
    return ExitCode.DONE


def tell_sealed(sealed: Sealed) -> None:
    """Where the package lies, and what to compare it with."""
    click.echo(_("Sealed: {path}").format(path=sealed.package))
    if sealed.images is not None:
        click.echo(_("The scans: {path}. Keep it beside the package until it is destroyed.").format(path=sealed.images))
    click.echo(_("Digest of the count: {digest}").format(digest=digest_words(sealed.digest)))


def verify_command() -> click.Command:
    """`daihoi verify`."""
    return click.Command(
        "verify",
        help=_(
            "Check a sealed package and count it once more from its marks. The digest from the paper minutes shows "
            "that it is the count that was signed by hand; the public key shows who sealed it."
        ),
        params=[
            click.Argument(["package"], type=click.Path(path_type=Path), metavar="PACKAGE.zip"),
            click.Option(["--digest"], metavar="TEXT", help=_("The digest at the foot of the minutes, spaces or not.")),
            path_option("--key", _("The public key, as its owner gave it to you."), "KEY.pub.pem"),
        ],
        callback=verify_sealed,
    )


def verify_sealed(package: Path, digest: str | None, key: Path | None) -> int:
    """Verify, and say what was shown and what was not."""
    report = verify_package(package, digest=digest, public_key=key.read_bytes() if key else None)
    tell_report(report)
    return ExitCode.DONE if report.sound else ExitCode.STOPPED


def tell_report(report: Report, *, winners: bool = True) -> None:
    """What is wrong first; then what holds, who is elected (where wanted), and what nobody has shown."""
    for finding in report.findings:
        click.echo(_("WRONG: {finding}").format(finding=finding_words(finding)))
    for check in report.passed:
        click.echo(_("Holds: {check}.").format(check=_(VERIFIED[check])))
    shown = report.shown
    if shown.contest:
        click.echo(f"{shown.congress}. {shown.contest}: {reason(shown.status)}")
    if shown.rehearsal:
        # Before the names: a sound package of a rehearsal elects nobody.
        click.echo(_("REHEARSAL: these are rehearsal ballots, and nobody is elected by them."))
    for place, winner in enumerate(shown.elected if winners else (), 1):
        click.echo(f"{place:4d}. {_named(winner):<32} {number_words(winner.votes):>6}")
    if shown.sample is not None:
        _tell_sample(shown.sample)
    if shown.samples_not_checked:
        words = _("Hand samples noted before the last act that counts: {n}. They were not checked.")
        click.echo(words.format(n=number_words(shown.samples_not_checked)))
    if shown.images == "absent":
        click.echo(_("The scans are not at hand; they are bound by their digests and were not looked at."))
    if shown.digest:
        click.echo(_("Digest of the count: {digest}").format(digest=digest_words(shown.digest)))
    click.echo(_("The package is sound.") if report.sound else _("The package is NOT sound."))
    # Of a package that is not sound not even the integrity was shown.
    if report.sound and report.integrity_only:
        click.echo(
            _(
                "Only integrity was shown: the package fits together, but anyone could have made it. Compare it with "
                "the paper by --digest and with its maker by --key."
            )
        )


def _tell_sample(sample: SampleShown) -> None:
    """What a hand sample looked at; of one that looked at every ballot no bound is told."""
    told = {"seed": sample.seed, "size": number_words(sample.size), "ballots": number_words(sample.ballots)}
    click.echo(_("Hand sample, seed {seed}: {size} of {ballots} ballots were read from the paper.").format(**told))
    if sample.size < sample.ballots:
        words = _("  Were {wrong} or more of them counted wrongly, 19 of 20 such samples would have hit one.")
        click.echo(words.format(wrong=number_words(sample.shown_wrong)))


def _named(winner: Winner) -> str:
    """The name, with the year of birth where another on the list bears the same."""
    return f"{winner.name} ({winner.born})" if winner.born else winner.name


def finding_words(finding: Finding) -> str:
    """The sentence of a finding, which names the member."""
    fields = {"member": finding.member, "expected": finding.expected, "found": finding.found}
    return sentence_of(finding.code, fields)
