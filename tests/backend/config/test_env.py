"""Addresses of other services in the environment: what fits, and what is refused at the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.config import env


def test_no_line_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_ADDRESS", raising=False)

    assert env.address("SOME_ADDRESS") == ""
    assert env.addresses("SOME_ADDRESS") == {}


def test_addresses_are_named_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_ADDRESS", " car=http://localhost:5000/ , walk=https://routes.lan/foot")

    assert env.addresses("SOME_ADDRESS") == {
        "car": "http://localhost:5000",
        "walk": "https://routes.lan/foot",
    }


@pytest.mark.parametrize(
    "value",
    [
        "localhost:5000",
        "ftp://localhost",
        "file:///etc/passwd",
        "http://",
        "http://user:secret@localhost",
        "http://localhost:99999",
        "http://localhost/?q=1",
        "http://localhost/#part",
        "http://[::1",
    ],
)
def test_what_is_no_plain_address_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOME_ADDRESS", value)
    monkeypatch.setenv("SOME_ADDRESSES", f"car={value}")

    for read, name in ((env.address, "SOME_ADDRESS"), (env.addresses, "SOME_ADDRESSES")):
        with pytest.raises(ImproperlyConfigured, match="must hold addresses like") as caught:
            read(name)
        assert "secret" not in str(caught.value)


def test_an_address_without_its_word_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_ADDRESS", "http://localhost:5000")

    with pytest.raises(ImproperlyConfigured):
        env.addresses("SOME_ADDRESS")
