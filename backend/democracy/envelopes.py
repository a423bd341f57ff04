"""Inner envelopes: sealed for one ballot, all of one size, each with its receipt.

HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305. Shared by the server,
which only seals, and by the scrutineers' tool, which opens; needs neither settings nor database.
"""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

BLOCK_BYTES = 512
KEY_BYTES = 32
RECEIPT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_BITS = 80

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class EnvelopeError(ValueError):
    """An envelope does not open with this key, or was sealed for another ballot."""


def new_key_pair() -> tuple[bytes, bytes]:
    """Return a private key and its public key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """Return the public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def blocks_for(longest: int) -> int:
    """Return the size of all envelopes of a ballot whose longest content has so many bytes."""
    return max(1, -(-longest // BLOCK_BYTES)) * BLOCK_BYTES


def seal_ballot(content: str, *, public_key: bytes, ballot: str, size: int) -> bytes:
    """Return the content in an envelope that only the private key opens.

    Parameters
    ----------
    ballot
        Its code: what was sealed for one ballot does not open in another.
    size
        To how many bytes each content of this ballot is filled up, so that length tells nothing.

    Raises
    ------
    EnvelopeError
        The content is longer than that.
    """
    plain = content.encode()
    if len(plain) > size:
        raise EnvelopeError("longer than any allowed answer")
    # JSON may end in spaces, so the filling needs no mark.
    sealed: bytes = _SUITE.encrypt(
        plain.ljust(size), X25519PublicKey.from_public_bytes(public_key), info=_purpose(ballot)
    )
    return sealed


def open_ballot_envelope(sealed: bytes, *, private_key: bytes, ballot: str) -> str:
    """Return what was sealed, without the filling.

    Raises
    ------
    EnvelopeError
        The key, the ballot or the envelope is another, or it was altered.
    """
    key = X25519PrivateKey.from_private_bytes(private_key)
    try:
        plain: bytes = _SUITE.decrypt(sealed, key, info=_purpose(ballot))
    except (InvalidTag, ValueError) as error:
        raise EnvelopeError("this envelope does not open with this key") from error
    return plain.decode(errors="replace").rstrip(" ")


def receipt_of(sealed: bytes) -> str:
    """Return the first 80 bits of an envelope's SHA-256, in 16 letters and figures, in fours."""
    number = int.from_bytes(hashlib.sha256(sealed).digest(), "big") >> (256 - RECEIPT_BITS)
    signs = "".join(
        RECEIPT_ALPHABET[number >> shift & 31] for shift in range(RECEIPT_BITS - 5, -1, -5)
    )
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def _purpose(ballot: str) -> bytes:
    return f"roundtable-ballot-1|{ballot}".encode()
