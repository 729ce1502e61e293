"""Tokens of SoftHSM: devices made of files, which a PKCS#11 module shows as if they were plugged in."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.papers.signing_keys import certificate, private

PIN = "pin-8471"
_MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    "C:/SoftHSM2/lib/softhsm2-x64.dll",
)
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def module() -> Path:
    """Where SoftHSM lies; the test is skipped where it does not."""
    found = next((Path(one) for one in _MODULES if Path(one).is_file()), None)
    if found is None or shutil.which("softhsm2-util") is None:
        pytest.skip("no token to try: SoftHSM is not here; Debian's package softhsm2 brings it")
    return found


@dataclass(frozen=True)
class SoftTokens:
    """A drawer of tokens of one test."""

    folder: Path
    module: Path = field(default_factory=module)

    def __post_init__(self) -> None:
        """The module looks for its tokens in the folder of the test, and nowhere else."""
        (self.folder / "tokens").mkdir(parents=True)
        told = f"directories.tokendir = {self.folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
        (self.folder / "softhsm2.conf").write_text(told, encoding="utf-8")
        os.environ["SOFTHSM2_CONF"] = str(self.folder / "softhsm2.conf")
        self._look_again()

    def _look_again(self) -> None:
        pkcs11.lib(str(self.module.resolve())).reinitialize()

    def plug(self, label: str) -> SoftTokens:
        """A new token with nothing on it."""
        order = ("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-pin-1")
        subprocess.run(order, check=True, capture_output=True)
        self._look_again()
        return self

    def pull(self) -> None:
        """All are pulled out, whoever works with them."""
        shutil.rmtree(self.folder / "tokens")
        (self.folder / "tokens").mkdir()

    def put(
        self,
        token: str,
        name: str,
        *,
        kind: str = "ec",
        days: tuple[int, int] = (-30, 300),
        number: bytes = b"\x01",
        label: str = "ký số",
        held: str = "both",
        asks_again: bool = False,
        another: bool = False,
    ) -> x509.Certificate:
        """A key and its certificate on a token; `held` leaves one of them out, `another` is not its key."""
        made = certificate(name, key=private(kind), days=days)
        lying = ec.generate_private_key(ec.SECP256R1()) if another else private(kind)
        assert isinstance(lying, Private)
        der = lying.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        told = {pkcs11.Attribute.ID: number, pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True}
        device = next(one for one in pkcs11.lib(str(self.module.resolve())).get_tokens() if one.label == token)
        with device.open(user_pin=PIN, rw=True) as session:
            if held != "certificate":
                decode = (
                    decode_ec_private_key if isinstance(lying, ec.EllipticCurvePrivateKey) else decode_rsa_private_key
                )
                session.create_object(
                    decode(der)
                    | told
                    | {pkcs11.Attribute.PRIVATE: True, pkcs11.Attribute.ALWAYS_AUTHENTICATE: asks_again}
                )
            if held != "key":
                session.create_object(decode_x509_certificate(made.public_bytes(Encoding.DER)) | told)
        return made
