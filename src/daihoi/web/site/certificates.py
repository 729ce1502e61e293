"""A certificate authority of the house's own, so that a hall without internet is served by https.

Made on the first start and kept in the data folder; the fingerprint of the authority is printed to be checked by eye
on each device that shall trust it. The certificate of the server itself is made anew when its addresses change.
"""

from __future__ import annotations

import datetime
import ipaddress
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from daihoi.web.site.errors import AuthorityBrokenError

AUTHORITY_DAYS = 3650
# Browsers refuse certificates of servers that last longer than 398 days.
SERVER_DAYS = 390
RENEW_DAYS = 30
# A laptop in a hall may have a clock that is a day slow.
BACKDATED = datetime.timedelta(days=2)


@dataclass(frozen=True)
class Certificates:
    """Where they lie, and the fingerprint of the authority: SHA-256 in pairs of capital letters and digits."""

    authority: Path
    certificate: Path
    key: Path
    fingerprint: str


def own_addresses() -> list[str]:
    """The names and addresses under which this machine is reached, the most useful on a LAN first."""
    found: dict[str, None] = {}
    for family, target in ((socket.AF_INET, ("192.0.2.1", 9)), (socket.AF_INET6, ("2001:db8::1", 9))):
        # Nothing is sent: connecting a datagram socket only asks the system which address it would speak from.
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            try:
                asked.connect(target)
                found[asked.getsockname()[0]] = None
            except OSError:
                continue
    try:
        for info in socket.getaddrinfo(socket.gethostname(), None):
            found[str(info[4][0]).split("%", 1)[0]] = None
    except OSError:
        pass
    name = socket.gethostname()
    found[name] = None
    if "." not in name:
        # As telephones and laptops find each other on a LAN without a server of names.
        found[f"{name}.local"] = None
    for name in ("localhost", "127.0.0.1", "::1"):
        found[name] = None
    return list(found)


def certificates(folder: Path, addresses: list[str], now: datetime.datetime) -> Certificates:
    """The authority and a certificate for these addresses, made where they are not there or no longer fit.

    Raises AuthorityBrokenError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    authority, authority_key = _authority(folder, now)
    certificate, key = folder / "server.pem", folder / "server-key.pem"
    # Made anew where it must: each new one is a question in every browser of the hall.
    if not _fits(certificate, key, authority, addresses, now):
        _make_server(folder, authority, authority_key, addresses, now)
    digest = authority.fingerprint(hashes.SHA256()).hex(":").upper()
    return Certificates(folder / "authority.pem", certificate, key, digest)


def _authority(folder: Path, now: datetime.datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    path, key_path = folder / "authority.pem", folder / "authority-key.pem"
    if path.is_file():
        return _kept_authority(path, key_path)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Daihoi {socket.gethostname()}"[:64])])
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + datetime.timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _keep_key(key_path, key)
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return made, key


def _kept_authority(path: Path, key_path: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The authority that devices were told to trust: it is never replaced in silence."""
    try:
        held = x509.load_pem_x509_certificate(path.read_bytes())
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != held.public_key():
            raise ValueError
    except (FileNotFoundError, ValueError, TypeError):
        raise AuthorityBrokenError(file=str(path)) from None
    return held, key


def _make_server(
    folder: Path,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    addresses: list[str],
    now: datetime.datetime,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Daihoi")])
    made = (
        x509.CertificateBuilder(authority.subject, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + datetime.timedelta(days=SERVER_DAYS))
        .add_extension(x509.SubjectAlternativeName([_general_name(one) for one in addresses]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _keep_key(folder / "server-key.pem", key)
    pem = serialization.Encoding.PEM
    (folder / "server.pem").write_bytes(made.public_bytes(pem) + authority.public_bytes(pem))


def _keep_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Written where nobody else reads it, not even for a moment; where a part of a file stood, as a whole."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


def _general_name(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _fits(path: Path, key: Path, authority: x509.Certificate, addresses: list[str], now: datetime.datetime) -> bool:
    """Whether the server's certificate still serves: of this authority, of its key, for these names, for a while."""
    try:
        held = x509.load_pem_x509_certificate(path.read_bytes())
        held.verify_directly_issued_by(authority)
        own = serialization.load_pem_private_key(key.read_bytes(), None).public_key()
        names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        # Not there, or only a part of it was written: it is made anew.
        return False
    known = {_general_name(one) for one in addresses}
    lasts = held.not_valid_after_utc - now > datetime.timedelta(days=RENEW_DAYS)
    begun = held.not_valid_before_utc <= now
    return own == held.public_key() and known <= set(names) and lasts and begun
