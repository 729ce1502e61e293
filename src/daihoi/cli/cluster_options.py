"""The options of commands that can read on many machines."""

from __future__ import annotations

import re
from pathlib import Path

import click

from daihoi.cli.given import path_option
from daihoi.counts.cluster_address import ClusterAddress
from daihoi.words.language import _

_ADDRESS = re.compile(r"(?:tcp|tls)://(?P<host>[^\s/:\[\]]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})/?")
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})


def cluster_options() -> list[click.Parameter]:
    """`--cluster` with the files of an encrypted connection."""
    return [
        click.Option(
            ["--cluster"],
            metavar="tcp://HOST:PORT",
            callback=_address,
            help=_("Read on the machines of this Dask scheduler; tls://HOST:PORT is encrypted. See docs/cluster.md."),
        ),
        path_option(
            "--tls-ca", _("Certificate of the authority that signed the certificates of the cluster (PEM)."), "FILE.pem"
        ),
        path_option("--tls-cert", _("Certificate of this machine (PEM)."), "FILE.pem"),
        path_option("--tls-key", _("Key of that certificate (PEM)."), "FILE.pem"),
    ]


def cluster_given(
    address: str | None, ca: Path | None, certificate: Path | None, key: Path | None
) -> ClusterAddress | None:
    """What was given; warns on stderr of a connection that everybody on the network can read and use."""
    files = (ca, certificate, key)
    if address is None or not address.startswith("tls://"):
        if any(files):
            raise click.UsageError(_("--tls-ca, --tls-cert and --tls-key belong to --cluster tls://HOST:PORT."))
        if address is None:
            return None
    if any(files) and not all(files):
        raise click.UsageError(_("--tls-ca, --tls-cert and --tls-key go together: give all three."))
    parts = _ADDRESS.fullmatch(address)
    if address.startswith("tcp://") and (parts is None or parts["host"] not in _THIS_MACHINE):
        click.echo(
            _(
                "{address} is not encrypted: whoever is on that network can read the ballots, change the answers and "
                "run programs on the workers. Use tls:// anywhere but on a cable of your own."
            ).format(address=address),
            err=True,
        )
    return ClusterAddress(address, ca, certificate, key)


def _address(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    if given is None:
        return None
    parts = _ADDRESS.fullmatch(given)
    known = parts is not None and 0 < int(parts["port"]) < 65536
    if not known:
        raise click.BadParameter(
            _("{given} is no address of a scheduler; give tcp://HOST:PORT or tls://HOST:PORT.").format(given=given)
        )
    return given
