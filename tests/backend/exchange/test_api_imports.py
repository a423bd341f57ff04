"""Importing and exporting over HTTP: who may, what is refused, and what comes of it."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.clients.models import Client
from backend.exchange import reading
from backend.exchange.export import rows_of_branch
from backend.exchange.models import ImportJob
from backend.exchange.writing import as_zip
from backend.organisation.models import Branch
from backend.organisation.selectors import zone_of
from tests.backend.exchange.whole_branch import content, whole_branch
from tests.backend.factories.accounts import (
    RoleGrantFactory,
    admin_of,
    carer_user_of,
    coordinator_of,
    member_of,
)
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db


def browser(user: User | None) -> APIClient:
    found = APIClient()
    if user is not None:
        found.force_login(user)
    return found


def upload(content: bytes, name: str = "branch.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def file_of(branch: Branch, **changes: str) -> bytes:
    sheets = rows_of_branch(branch)
    sheets["clients"][0] |= changes
    return as_zip(sheets, zone_of(branch.organisation))


def checked(user: User, content: bytes, **fields: object) -> dict[str, object]:
    answer = browser(user).post(
        "/api/imports", {"file": upload(content), **fields}, format="multipart"
    )
    assert answer.status_code == 201, answer.content
    found: dict[str, object] = answer.json()
    return found


def test_strangers_carers_and_members_may_not_import_or_export() -> None:
    branch = whole_branch()
    people = [
        (None, 401),
        (carer_user_of(branch), 403),
        (member_of(branch.organisation), 403),
    ]
    for user, status in people:
        send = browser(user)
        file = {"file": upload(b"")}
        assert send.post("/api/imports", file, format="multipart").status_code == status
        assert send.get(f"/api/branches/{branch.pk}/export").status_code == status


def test_an_import_is_seen_by_its_branch_and_its_organisations_administrators_only() -> None:
    branch = whole_branch()
    elsewhere = BranchFactory(organisation=branch.organisation)
    job = checked(coordinator_of(branch), file_of(branch))

    statuses = {
        name: browser(user).get(f"/api/imports/{job['id']}").status_code
        for name, user in {
            "colleague": coordinator_of(branch),
            "administrator": admin_of(branch.organisation),
            "other branch": coordinator_of(elsewhere),
            "other administrator": admin_of(BranchFactory().organisation),
        }.items()
    }

    assert statuses == {
        "colleague": 200,
        "administrator": 200,
        "other branch": 404,
        "other administrator": 404,
    }


def test_a_coordinator_cannot_import_into_another_branch() -> None:
    branch = whole_branch()
    other = BranchFactory(organisation=branch.organisation)
    coordinator = coordinator_of(other)

    named = browser(coordinator).post(
        "/api/imports", {"file": upload(b"x"), "branch": branch.pk}, format="multipart"
    )
    answer = checked(coordinator, file_of(branch, name="Changed"))
    applied = browser(coordinator).post(f"/api/imports/{answer['id']}/apply")

    assert named.status_code == 404
    assert answer["problem_count"]
    assert (applied.status_code, applied.json()["errors"][0]["code"]) == (
        409,
        "exchange.has_problems",
    )
    assert not Client.objects.filter(name="Changed").exists()


def test_who_works_for_several_branches_says_which() -> None:
    branch = whole_branch()
    user = coordinator_of(branch)
    RoleGrantFactory(
        user=user, role="coordinator", branch=BranchFactory(organisation=branch.organisation)
    )

    answer = browser(user).post("/api/imports", {"file": upload(b"x")}, format="multipart")

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "exchange.branch_needed"


def test_without_a_file_the_field_is_named() -> None:
    branch = whole_branch()

    answer = browser(coordinator_of(branch)).post("/api/imports", {}, format="multipart")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "file"


@pytest.mark.parametrize("broken", [b"not a workbook", b"x" * 2_000])
def test_a_file_that_cannot_be_read_is_a_problem_with_what_to_do(
    broken: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    monkeypatch.setattr("backend.exchange.api.views.MOST_BYTES", 1_000)
    branch = whole_branch()

    answer = checked(coordinator_of(branch), broken)

    assert answer["problem_count"] == 1
    problems = answer["problems"]
    assert isinstance(problems, list)
    assert problems[0]["what_to_do"]
    assert ImportJob.objects.get().sealed is None


def test_a_checked_file_is_imported_once_by_whoever_says_so() -> None:
    branch = whole_branch()
    coordinator = coordinator_of(branch)
    file = file_of(branch, name="Anne Reid")
    before = content(branch.organisation)

    job = checked(coordinator, file)

    assert (job["updates"], job["creates"], job["removes"]) == (1, 0, 0)
    assert content(branch.organisation) == before
    stored = ImportJob.objects.get()
    assert stored.content_hash == hashlib.sha256(file).hexdigest()
    assert b"Anne" not in bytes(stored.sealed or b"")

    send = browser(coordinator)
    first = send.post(f"/api/imports/{job['id']}/apply")
    second = send.post(f"/api/imports/{job['id']}/apply")

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["applied_at"] == second.json()["applied_at"]
    assert Client.objects.filter(name="Anne Reid").count() == 1
    stored.refresh_from_db()
    assert stored.sealed is None
    entry = AuditEntry.objects.get(event="branch.imported")
    assert entry.actor == coordinator
    assert "Anne" not in str(entry.body)


def test_an_import_is_refused_when_the_data_has_changed_since() -> None:
    branch = whole_branch()
    coordinator = coordinator_of(branch)
    job = checked(coordinator, file_of(branch, name="Anne Reid"))
    Client.objects.filter(external_id="007").update(postcode="XX1 1XX")

    answer = browser(coordinator).post(f"/api/imports/{job['id']}/apply")

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "exchange.changed_since"
    assert not Client.objects.filter(name="Anne Reid").exists()


def test_an_administrator_brings_a_new_branch() -> None:
    theirs, ours = whole_branch(), BranchFactory()
    admin = admin_of(ours.organisation)

    job = checked(admin, file_of(theirs))
    answer = browser(admin).post(f"/api/imports/{job['id']}/apply")

    assert answer.status_code == 200
    assert ours.organisation.branches.filter(external_id="north").exists()
    assert Client.objects.filter(branch__organisation=ours.organisation).count() == 2


@pytest.mark.parametrize(("form", "ending"), [("xlsx", "xlsx"), ("csv", "zip")])
def test_an_export_can_be_imported_again_and_is_on_record(form: str, ending: str) -> None:
    branch = whole_branch()
    coordinator = coordinator_of(branch)

    answer = browser(coordinator).get(f"/api/branches/{branch.pk}/export", {"format": form})

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    assert answer["Cache-Control"] == "no-store"
    job = checked(coordinator, answer.content)
    assert (job["problem_count"], job["creates"], job["updates"]) == (0, 0, 0)
    entry = AuditEntry.objects.get(event="branch.exported")
    assert entry.actor == coordinator
    assert timezone.now() - entry.at < timedelta(minutes=5)


def test_an_unknown_form_is_named_and_another_branch_is_not_there() -> None:
    branch = whole_branch()
    send = browser(coordinator_of(branch))

    assert send.get(f"/api/branches/{branch.pk}/export", {"format": "pdf"}).status_code == 400
    assert send.get(f"/api/branches/{BranchFactory().pk}/export").status_code == 404
