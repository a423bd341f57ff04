"""Which address shows which page."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("the office")
    (tmp_path / "carer.html").write_text("the phone")
    settings.FRONTEND_DIST = tmp_path
    return tmp_path


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"
    return response.content.decode()


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/", "the office"),
        ("/board", "the office"),
        ("/carers", "the office"),
        ("/carer", "the phone"),
        ("/carer/", "the phone"),
        ("/carer/visits/12", "the phone"),
    ],
)
def test_an_address_shows_the_page_of_its_app(client: Client, address: str, page: str) -> None:
    assert _text(client, address) == page


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("address", ["/api", "/api/", "/api/nothing/here"])
def test_an_unknown_operation_is_an_error_and_not_a_page(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


def test_a_server_whose_pages_are_not_built_says_how_to_build_them(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FRONTEND_DIST = tmp_path

    response = client.get("/")

    assert response.status_code == 503
    assert "./roundtable setup" in response.content.decode()


@pytest.mark.usefixtures("built")
def test_the_phones_page_takes_styles_and_scripts_from_our_own_files_alone(client: Client) -> None:
    response = client.get("/carer/")
    response.close()
    policy = response["Content-Security-Policy"].split("; ")

    assert "style-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
