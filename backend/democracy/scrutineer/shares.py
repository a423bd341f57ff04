"""A private key in three hands, of which any two open it together.

Each scrutineer has a share: 32 random bytes in a file of their own, locked with their passphrase
(scrypt). The private key is locked three times over, once with the two shares of each pair. One
share opens nothing, and since shares are random, knowing one helps to guess no other.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backend.democracy.envelopes import new_key_pair, public_key_of

HOLDERS = (1, 2, 3)
SHARE_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
SCRYPT_COST = 2**16
"""64 MB and some tenths of a second for each guess."""
KEY_FORMAT, SHARE_FORMAT = "roundtable-key-1", "roundtable-share-1"

File = dict[str, object]


class ShareError(ValueError):
    """A file or passphrase does not fit; the message says which."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share that was unlocked."""

    holder: int
    ballot: str
    public_key: str
    secret: bytes


def make_key(ballot: str, passphrases: Mapping[int, str]) -> tuple[File, dict[int, File]]:
    """Return the key file, and for each holder the file of their share."""
    private, public = new_key_pair()
    shares = {holder: secrets.token_bytes(SHARE_BYTES) for holder in HOLDERS}
    locked = {
        f"{one}+{other}": _lock(
            _pair_key(shares[one], shares[other]),
            private,
            _label(ballot, public.hex(), f"{one}+{other}"),
        )
        for one, other in combinations(HOLDERS, 2)
    }
    key: File = {
        "format": KEY_FORMAT,
        "ballot": ballot,
        "public_key": public.hex(),
        "locked": locked,
    }
    files = {
        holder: _share_file(holder, ballot, public.hex(), shares[holder], passphrases[holder])
        for holder in HOLDERS
    }
    return key, files


def unlock_share(file: Mapping[str, object], passphrase: str) -> Share:
    """Return the share in a file. Raises `ShareError` for a wrong passphrase."""
    if file.get("format") != SHARE_FORMAT:
        raise ShareError("this is not the file of a share")
    holder, ballot, public = int(str(file["holder"])), str(file["ballot"]), str(file["public_key"])
    secret = _unlock(
        _passphrase_key(passphrase, bytes.fromhex(str(file["salt"]))),
        str(file["locked"]),
        _label(ballot, public, str(holder)),
    )
    if secret is None:
        raise ShareError(f"share {holder} does not open with this passphrase")
    return Share(holder, ballot, public, secret)


def private_key_from(key: Mapping[str, object], one: Share, other: Share) -> bytes:
    """Return the private key. Raises `ShareError` unless both shares belong to it."""
    if key.get("format") != KEY_FORMAT:
        raise ShareError("this is not a key file")
    first, second = sorted((one, other), key=lambda share: share.holder)
    if first.holder == second.holder:
        raise ShareError("two different shares are needed")
    ballot, public = str(key["ballot"]), str(key["public_key"])
    if {(share.ballot, share.public_key) for share in (first, second)} != {(ballot, public)}:
        raise ShareError("a share belongs to another key")
    pair = f"{first.holder}+{second.holder}"
    locked = key["locked"]
    text = str(locked.get(pair, "")) if isinstance(locked, Mapping) else ""
    private = _unlock(_pair_key(first.secret, second.secret), text, _label(ballot, public, pair))
    if private is None or public_key_of(private).hex() != public:
        raise ShareError("the key file was altered")
    return private


def _share_file(holder: int, ballot: str, public: str, secret: bytes, passphrase: str) -> File:
    salt = secrets.token_bytes(SALT_BYTES)
    return {
        "format": SHARE_FORMAT,
        "holder": holder,
        "ballot": ballot,
        "public_key": public,
        "salt": salt.hex(),
        "locked": _lock(
            _passphrase_key(passphrase, salt), secret, _label(ballot, public, str(holder))
        ),
    }


def _passphrase_key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=8, p=1).derive(passphrase.encode())


def _pair_key(first: bytes, second: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"roundtable-pair-1").derive(first + second)


def _lock(key: bytes, plain: bytes, label: bytes) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return (nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, label)).hex()


def _unlock(key: bytes, locked: str, label: bytes) -> bytes | None:
    try:
        whole = bytes.fromhex(locked)
        return ChaCha20Poly1305(key).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], label)
    except (InvalidTag, ValueError):
        return None


def _label(ballot: str, public: str, whose: str) -> bytes:
    return f"{ballot}|{public}|{whose}".encode()
