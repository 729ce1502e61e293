"""A cluster that speaks TLS: it counts as any other, and whoever has a certificate of somebody else is turned away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from daihoi.counts import count, errors, pool_cluster
from daihoi.counts.cluster_address import ClusterAddress
from daihoi.counts.pool_remote import remote_readers
from tests.counts.cluster_machines import Machines, machines
from tests.counts.stand_in import (
    CONTEST,
    STAND_IN,
    ballot,
    election_text,
    outputs_of,
    run,
    write_election,
    write_scans,
)

NAMES = ("ca", "cert", "key")


def certificates(folder: Path) -> dict[str, Path]:
    """An authority of its own and one certificate of it, as PEM files by ca, cert and key."""
    folder.mkdir()
    authority, machine = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca = _signed("Authority", authority, "Authority", authority, is_authority=True)
    own = _signed("127.0.0.1", machine, "Authority", authority, is_authority=False)
    pem = serialization.Encoding.PEM
    private = machine.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    held = dict(zip(NAMES, (ca.public_bytes(pem), own.public_bytes(pem), private), strict=True))
    for name, data in held.items():
        (folder / f"{name}.pem").write_bytes(data)
    return {name: folder / f"{name}.pem" for name in NAMES}


def _signed(
    name: str, key: ec.EllipticCurvePrivateKey, by: str, signer: ec.EllipticCurvePrivateKey, *, is_authority: bool
) -> x509.Certificate:
    subject, issuer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, by))
    began = datetime.now(UTC) - timedelta(hours=1)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(began).not_valid_after(began + timedelta(days=2))
    made = made.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
    return made.sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The certificates of the cluster and of whoever may use it."""
    return certificates(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def cluster(ours: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and a worker that speak nothing but TLS."""
    options = ("--tls-ca-file", str(ours["ca"]), "--tls-cert", str(ours["cert"]), "--tls-key", str(ours["key"]))
    with machines(tmp_path_factory.mktemp("cluster"), 1, tls=options) as started:
        yield started


@pytest.fixture
def pile(tmp_path: Path) -> tuple[Path, Path]:
    """An election and its scans."""
    election = write_election(tmp_path, election_text(collected=9))
    return election, write_scans(tmp_path / "scans", [ballot(number) for number in range(9)])


def _count(pile: tuple[Path, Path], out: Path, where: ClusterAddress) -> None:
    count.count(pile[0], CONTEST, scans=pile[1], out=out, scanner=STAND_IN, readers=remote_readers(where))


def test_cluster_with_tls_gives_the_bytes_of_this_machine(
    cluster: Machines,
    ours: dict[str, Path],
    pile: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The worker starts while the test begins.
    monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 60.0)
    assert cluster.address.startswith("tls://")

    _count(pile, tmp_path / "COUNT", ClusterAddress(cluster.address, *(ours[name] for name in NAMES)))

    run(*pile, tmp_path / "whole")
    assert outputs_of(tmp_path / "COUNT") == outputs_of(tmp_path / "whole")


def test_certificate_of_another_authority_is_turned_away(
    cluster: Machines, pile: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 2.0)
    theirs = certificates(tmp_path / "theirs")
    with pytest.raises(errors.ClusterUnreachable):
        _count(pile, tmp_path / "COUNT", ClusterAddress(cluster.address, *(theirs[name] for name in NAMES)))


def test_nobody_gets_in_without_a_certificate(
    cluster: Machines, pile: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 2.0)
    for address in (cluster.address, cluster.address.replace("tls://", "tcp://")):
        with pytest.raises(errors.ClusterUnreachable):
            _count(pile, tmp_path / "COUNT", ClusterAddress(address))
