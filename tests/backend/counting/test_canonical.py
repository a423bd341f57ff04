"""Equal values have equal hashes, on every machine."""

import hashlib

import pytest

from backend.counting.canonical import canonical, chained, digest

ENTRIES = [
    {
        "type": "election.created",
        "seq": 1,
        "actor": "returning-officer",
        "at": "2027-03-01T09:00:00Z",
        "data": {"rule": "im-1", "election": "policy-2027"},
    },
    {
        "type": "roll.frozen",
        "seq": 2,
        "actor": "returning-officer",
        "at": "2027-03-01T09:05:00Z",
        "data": {"election": "policy-2027", "eligible": 850},
    },
    {
        "type": "ballot.closed",
        "seq": 3,
        "actor": "system",
        "at": "2027-03-15T17:00:00Z",
        "data": {"election": "policy-2027", "cast": 412},
    },
]


def test_the_published_example_of_a_chain() -> None:
    hashes = ["0" * 64]
    for entry in ENTRIES:
        hashes.append(chained(hashes[-1], entry))

    assert hashes[1:] == [
        "61caa705443775d24450f48c20057ae589b8c5e29274a707f89d7fd4295a3fcd",
        "2de0f1539f175f372124fafc84b682d6e317138b821c37305273c1580e77e2f2",
        "17303d57e0023a0aa5e94fc1e4968f3acd3d3e9ea0eee8e70ab468f02d081d08",
    ]


def test_names_are_sorted_and_letters_kept() -> None:
    assert canonical({"b": [1, "Zoë"], "a": None}) == '{"a":null,"b":[1,"Zoë"]}'
    assert digest({}) == hashlib.sha256(b"{}").hexdigest()


@pytest.mark.parametrize("value", [0.5, [1.0], {"a": (1, {"b": 2.0})}])
def test_floating_point_never_gets_into_a_result(value: object) -> None:
    with pytest.raises(TypeError, match="never floating point"):
        canonical(value)
