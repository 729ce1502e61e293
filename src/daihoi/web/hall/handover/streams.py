"""Bytes of any number through ChaCha20-Poly1305, a chunk at a time: what was cut off or altered anywhere is noticed.

A chunk is 1 MiB of text and 16 bytes that seal it; its nonce is its number (11 bytes, big endian, from 0) and a byte
that is 1 in the last chunk alone. The header of the package is bound to each.
"""

from __future__ import annotations

from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK = 1 << 20
_SEAL = 16


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing:
    """Takes bytes, writes chunks. The file is whole only after `close`."""

    def __init__(self, file: BinaryIO, key: bytes, header: bytes) -> None:
        self._file, self._cipher, self._header = file, ChaCha20Poly1305(key), header
        self._held = bytearray()
        self._number = 0

    def write(self, data: bytes) -> None:
        """Some more. Raises OSError."""
        self._held += data
        # The last chunk must be known as the last one: something is always held back.
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def close(self) -> None:
        """The last chunk. Raises OSError."""
        self._put(bytes(self._held), last=True)

    def _put(self, text: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), text, self._header))
        self._number += 1


class Opening:
    """Gives the bytes back. Raises InvalidTag from `read` where a chunk is missing, cut or altered."""

    def __init__(self, file: BinaryIO, key: bytes, header: bytes) -> None:
        self._file, self._cipher, self._header = file, ChaCha20Poly1305(key), header
        self._next = file.read(CHUNK + _SEAL)
        self._held = b""
        self._at = 0
        self._number = 0

    def read(self, size: int) -> bytes:
        """Exactly so many bytes."""
        parts: list[bytes] = []
        while size:
            if self._at == len(self._held):
                self._held, self._at = self._chunk(), 0
            part = self._held[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _chunk(self) -> bytes:
        chunk, self._next = self._next, self._file.read(CHUNK + _SEAL)
        if not chunk:
            raise InvalidTag
        text = self._cipher.decrypt(_nonce(self._number, last=not self._next), chunk, self._header)
        self._number += 1
        return text
