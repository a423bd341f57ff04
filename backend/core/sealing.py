"""Seal secrets (class 4: key-safe codes) so that they can be read only in their own row.

AES-256-GCM with the table, column, row and key named as associated data: a ciphertext that is
moved to another row, or altered, is refused. The key's id stands in front, so keys can be
changed while old rows stay readable.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
KEY_BYTES = 32


class SealBrokenError(Exception):
    """A sealed value was altered, moved to another row, or its key is not known here."""


def seal(plain: str, *, table: str, column: str, row: str) -> bytes:
    """Return `plain` sealed for one column of one row with the newest key."""
    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, plain.encode(), _place(table, column, row, key_id))
    return key_id.encode() + b":" + nonce + sealed


def unseal(sealed: bytes, *, table: str, column: str, row: str) -> str:
    """Return the text that was sealed for this column of this row.

    Raises
    ------
    SealBrokenError
        The value was altered or belongs to another place, or its key is missing.
    """
    head, _, body = bytes(sealed).partition(b":")
    key = _keys().get(head.decode(errors="replace"))
    if key is None:
        raise SealBrokenError("the key of this value is not among SEALING_KEYS")
    try:
        plain = AESGCM(key).decrypt(
            body[:NONCE_BYTES], body[NONCE_BYTES:], _place(table, column, row, head.decode())
        )
    except InvalidTag as error:
        raise SealBrokenError("the value was altered or moved from its row") from error
    return plain.decode()


def _place(table: str, column: str, row: str, key_id: str) -> bytes:
    return "|".join((table, column, row, key_id)).encode()


def _keys() -> dict[str, bytes]:
    keys = {}
    for entry in settings.SEALING_KEYS:
        key_id, _, text = entry.partition(":")
        key = base64.b64decode(text)
        if not key_id or len(key) != KEY_BYTES:
            raise ImproperlyConfigured("each of SEALING_KEYS is id:base64 of 32 bytes")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("SEALING_KEYS must hold at least one key")
    return keys
