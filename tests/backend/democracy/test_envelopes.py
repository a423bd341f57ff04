"""Envelopes, receipts, and the key in three hands."""

import json
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from backend.democracy.envelopes import (
    EnvelopeError,
    blocks_for,
    new_key_pair,
    open_ballot_envelope,
    receipt_of,
    seal_ballot,
)
from backend.democracy.scrutineer import shares
from backend.democracy.scrutineer.command import main

CODE = "council-2027"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing need not be dear here."""
    monkeypatch.setattr(shares, "SCRYPT_COST", 2)


def test_a_receipt_is_the_worked_one() -> None:
    assert receipt_of(bytes(range(64))) == "ZQNB-KB7K-E41P-5F96"


def test_an_envelope_opens_with_its_key_for_its_ballot_and_all_are_of_one_size() -> None:
    private, public = new_key_pair()
    texts = ["[null]", '["for"]', "[[1,2,3]]"]

    sealed = [seal_ballot(text, public_key=public, ballot=CODE, size=512) for text in texts]

    assert [open_ballot_envelope(s, private_key=private, ballot=CODE) for s in sealed] == texts
    assert {len(one) for one in sealed} == {512 + 32 + 16}
    with pytest.raises(EnvelopeError):
        open_ballot_envelope(sealed[0], private_key=private, ballot="another")
    with pytest.raises(EnvelopeError):
        open_ballot_envelope(sealed[0], private_key=new_key_pair()[0], ballot=CODE)
    with pytest.raises(EnvelopeError):
        open_ballot_envelope(sealed[0][:-1], private_key=private, ballot=CODE)


def test_the_same_answer_twice_gives_two_envelopes_that_nobody_can_tell_apart() -> None:
    _, public = new_key_pair()

    made = {seal_ballot("[1]", public_key=public, ballot=CODE, size=512) for _ in range(5)}

    assert len(made) == 5


def test_a_longer_paper_gets_larger_envelopes_and_nothing_longer_is_sealed() -> None:
    assert [blocks_for(length) for length in (0, 512, 513, 1025)] == [512, 512, 1024, 1536]
    with pytest.raises(EnvelopeError):
        seal_ballot("x" * 513, public_key=new_key_pair()[1], ballot=CODE, size=512)


PASSPHRASES = {1: "one long passphrase", 2: "two long passphrase", 3: "three long passphrase"}


def test_any_two_shares_give_the_key_and_one_gives_nothing() -> None:
    key, files = shares.make_key(CODE, PASSPHRASES)
    held = {one: shares.unlock_share(file, PASSPHRASES[one]) for one, file in files.items()}

    found = {
        shares.private_key_from(key, held[one], held[other])
        for one, other in combinations((1, 2, 3), 2)
    }

    assert len(found) == 1
    with pytest.raises(shares.ShareError, match="two different"):
        shares.private_key_from(key, held[1], held[1])
    with pytest.raises(shares.ShareError, match="passphrase"):
        shares.unlock_share(files[1], PASSPHRASES[2])
    others_key, _ = shares.make_key(CODE, PASSPHRASES)
    with pytest.raises(shares.ShareError, match="another key"):
        shares.private_key_from(others_key, held[1], held[2])


def typing(*words: str) -> Callable[[str], str]:
    left = iter(words)
    return lambda _: next(left)


def test_three_scrutineers_make_a_key_and_two_of_them_open_the_box(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = [word for word in PASSPHRASES.values() for _ in range(2)]
    assert main(["make", CODE, str(tmp_path)], typing(*twice)) == 0
    key = json.loads((tmp_path / f"{CODE}.key.json").read_text())
    said = ["[1]", "[2]", "[2]"]
    sealed = {
        f"id-{n}": seal_ballot(
            text, public_key=bytes.fromhex(key["public_key"]), ballot=CODE, size=512
        ).hex()
        for n, text in enumerate(said)
    }
    box = {"format": "roundtable-box-1", "ballot": CODE, "public_key": key["public_key"]}
    (tmp_path / "box.json").write_text(json.dumps({**box, "sealed": {**sealed, "spoilt": "00"}}))
    files = [str(tmp_path / name) for name in (f"{CODE}.key.json", "box.json")]
    held = [str(tmp_path / f"{CODE}.share-{one}.json") for one in (3, 1)]
    to = ["--to", str(tmp_path / "opened.json")]

    assert main(["check", held[0]], typing(PASSPHRASES[3])) == 0
    assert key["public_key"] in capsys.readouterr().out
    assert main(["open", *files, *held, *to], typing(PASSPHRASES[3], "wrong")) == 2
    assert main(["open", *files, *held, *to], typing(PASSPHRASES[3], PASSPHRASES[1])) == 0

    opened = json.loads((tmp_path / "opened.json").read_text())["opened"]
    assert Counter(opened.values()) == Counter([*said, ""])
    assert (tmp_path / "opened.json").stat().st_mode & 0o077 == 0


def test_a_short_passphrase_or_a_slip_makes_no_key(tmp_path: Path) -> None:
    assert main(["make", CODE, str(tmp_path)], typing("short")) == 2
    assert main(["make", CODE, str(tmp_path)], typing("long enough 1", "long enough 2")) == 2
    assert not list(tmp_path.iterdir())
