"""Adding people who can sign in."""

import pytest

from backend.accounts.models import User
from backend.accounts.passwords import LONGEST_PASSWORD, new_password
from backend.accounts.selectors import roles_of
from backend.accounts.services.create_user import (
    UnfitNameError,
    UsernameTakenError,
    create_user,
)
from backend.accounts.services.set_password import WeakPasswordError
from backend.audit.models import AuditEntry
from backend.organisation.models import Organisation
from tests.backend.factories import NOW
from tests.backend.factories.accounts import PASSWORD, admin_of
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    found: Organisation = OrganisationFactory(rules=False)
    return found


def _create(organisation: Organisation, **fields: object) -> User:
    given = {"username": "ann", "display_name": "Ann Ash", "password": PASSWORD, "actor": None}
    return create_user(organisation=organisation, now=NOW, **{**given, **fields})  # type: ignore[arg-type]


def test_a_new_user_can_sign_in_and_may_do_nothing_yet(organisation: Organisation) -> None:
    admin = admin_of(organisation)

    user = _create(organisation, actor=admin)

    stored = User.objects.get(username="ann")
    assert stored == user
    assert (stored.display_name, stored.organisation) == ("Ann Ash", organisation)
    assert stored.check_password(PASSWORD)
    assert roles_of(stored) == frozenset()
    entry = AuditEntry.objects.get(event="user.created")
    assert (entry.actor, entry.at) == (admin, NOW)
    assert (entry.subject, entry.chain) == (f"user:{user.pk}", f"organisation:{organisation.pk}")


def test_the_audit_holds_neither_name_nor_password(organisation: Organisation) -> None:
    _create(organisation)

    told = str(vars(AuditEntry.objects.get()))
    assert PASSWORD not in told
    assert "Ash" not in told


def test_the_same_call_again_returns_the_user_as_they_are(organisation: Organisation) -> None:
    first = _create(organisation)

    assert _create(organisation) == first
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"display_name": "Ann Oak"},
        {"password": "another long pass phrase"},
        {"username": "ANN"},
        {"username": " ann "},
        # The same letters, one of them in full width.
        {"username": "\uff41nn"},
    ],
    ids=str,
)
def test_a_name_that_somebody_has_is_refused(
    organisation: Organisation, other: dict[str, str]
) -> None:
    _create(organisation)

    with pytest.raises(UsernameTakenError) as refusal:
        _create(organisation, **{"display_name": "Somebody Else", **other})

    assert refusal.value.code == "accounts.username_taken"
    assert User.objects.count() == 1


def test_a_name_of_another_organisation_is_taken_too(organisation: Organisation) -> None:
    _create(OrganisationFactory(rules=False))

    with pytest.raises(UsernameTakenError):
        _create(organisation)


def test_the_name_of_somebody_who_was_shut_out_is_not_given_away(
    organisation: Organisation,
) -> None:
    User.objects.filter(pk=_create(organisation).pk).update(is_active=False)

    with pytest.raises(UsernameTakenError):
        _create(organisation)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "   "}, "username"),
        ({"username": "ann ash"}, "username"),
        ({"username": "a" * 151}, "username"),
        ({"display_name": ""}, "display_name"),
        ({"display_name": "A" * 121}, "display_name"),
    ],
)
def test_an_unfit_name_is_refused_with_the_field_that_needs_mending(
    organisation: Organisation, fields: dict[str, str], field: str
) -> None:
    with pytest.raises(UnfitNameError) as refusal:
        _create(organisation, **fields)

    assert list(refusal.value.params["problems"]) == [field]  # type: ignore[call-overload]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", "password_too_short"),
        ("elevenchars", "password_too_short"),
        ("1q2w3e4r5t6y", "password_too_common"),
        ("annette-ash-1", "password_too_similar"),
        ("x9" * (LONGEST_PASSWORD // 2) + "x", "password_too_long"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(
    organisation: Organisation, password: str, fault: str
) -> None:
    with pytest.raises(WeakPasswordError) as refusal:
        _create(organisation, display_name="Annette Ash", password=password)

    assert refusal.value.params["faults"] == [fault]
    assert not User.objects.exists()


def test_made_up_passwords_are_good_enough_and_never_the_same(
    organisation: Organisation,
) -> None:
    passwords = {new_password() for _ in range(50)}

    assert len(passwords) == 50
    for number, password in enumerate(passwords):
        _create(organisation, username=f"user-{number}", password=password)
