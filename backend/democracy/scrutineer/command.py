"""What the tool does with its files: make a key, check a share, open a box."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path

from backend.democracy.envelopes import EnvelopeError, open_ballot_envelope
from backend.democracy.scrutineer.shares import (
    HOLDERS,
    ShareError,
    make_key,
    private_key_from,
    unlock_share,
)

LEAST_PASSPHRASE = 12
BOX_FORMAT, OPENED_FORMAT = "roundtable-box-1", "roundtable-opened-1"

Ask = Callable[[str], str]


def main(arguments: Sequence[str], ask: Ask = getpass) -> int:
    """Run one command; return 0, or 2 with one line that says what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "make":
            said = _make(options.ballot, options.folder, ask)
        elif options.command == "check":
            said = _check(options.share, ask)
        else:
            said = _open(options, ask)
    except (ShareError, OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="scrutineer", description="Keep and use the key of a ballot.")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="make the key; all three type a passphrase")
    make.add_argument("ballot", help="the ballot's code")
    make.add_argument("folder", type=Path, help="where the four files go")
    check = commands.add_parser("check", help="see that a share opens, and print its public key")
    check.add_argument("share", type=Path)
    opening = commands.add_parser("open", help="open a box with two shares")
    opening.add_argument("key", type=Path)
    opening.add_argument("box", type=Path)
    opening.add_argument("shares", type=Path, nargs=2)
    opening.add_argument("--to", type=Path, required=True, help="the file for what was in it")
    return parser


def _make(ballot: str, folder: Path, ask: Ask) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    passphrases = {holder: _new_passphrase(holder, ask) for holder in HOLDERS}
    key, shares = make_key(ballot, passphrases)
    _write(folder / f"{ballot}.key.json", key)
    for holder, share in shares.items():
        _write(folder / f"{ballot}.share-{holder}.json", share)
    return (
        f"Public key, for the ballot's page: {key['public_key']}\n"
        "Give each scrutineer the key file and one share, then delete the shares here."
    )


def _new_passphrase(holder: int, ask: Ask) -> str:
    passphrase = ask(f"Passphrase of scrutineer {holder}: ")
    if len(passphrase) < LEAST_PASSPHRASE:
        raise ShareError(f"a passphrase has at least {LEAST_PASSPHRASE} characters")
    if ask("The same again: ") != passphrase:
        raise ShareError("the two are not the same; nothing was made")
    return passphrase


def _check(path: Path, ask: Ask) -> str:
    share = unlock_share(_read(path), ask("Passphrase: "))
    return f"Share {share.holder} of ballot {share.ballot}. Public key: {share.public_key}"


def _open(options: Namespace, ask: Ask) -> str:
    key, box = _read(options.key), _read(options.box)
    if box.get("format") != BOX_FORMAT:
        raise ShareError("this is not the file of a box")
    if (box["ballot"], box["public_key"]) != (key.get("ballot"), key.get("public_key")):
        raise ShareError("this box was sealed for another key")
    one, other = (
        unlock_share(_read(path), ask(f"Passphrase for {path.name}: ")) for path in options.shares
    )
    private, ballot = private_key_from(key, one, other), str(box["ballot"])
    sealed = box["sealed"]
    if not isinstance(sealed, dict):
        raise ShareError("this is not the file of a box")
    opened = {name: _content(str(hexes), private, ballot) for name, hexes in sealed.items()}
    _write(options.to, {"format": OPENED_FORMAT, "ballot": ballot, "opened": opened})
    spoilt = sum(not content for content in opened.values())
    return f"{len(opened)} ballots, {spoilt} of them could not be opened. Bring {options.to}."


def _content(sealed: str, private: bytes, ballot: str) -> str:
    try:
        return open_ballot_envelope(bytes.fromhex(sealed), private_key=private, ballot=ballot)
    except (EnvelopeError, ValueError):
        return ""


def _read(path: Path) -> dict[str, object]:
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ShareError(f"{path.name} is not one of our files")
    return found


def _write(path: Path, content: object) -> None:
    # Nobody else on this computer may read it, and nothing is written over.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
