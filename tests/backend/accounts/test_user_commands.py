"""The commands by which whoever looks after the server adds people and shuts them out."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from backend.accounts.models import Role, User
from backend.accounts.selectors import branch_ids, carer_id_of, has_role, roles_of
from backend.audit.models import AuditEntry
from backend.organisation.models import Branch, Organisation, RuleSet
from tests.backend.factories.accounts import PASSWORD, UserFactory, admin_of, coordinator_of
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import CarerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    organisation = OrganisationFactory(rules=False, external_id="oak", name="Oak Care")
    found: Branch = BranchFactory(
        organisation=organisation, external_id="leeds", name="Leeds North"
    )
    return found


def _told(command: str, *words: str) -> str:
    said = io.StringIO()
    call_command(command, *words, stdout=said)
    return said.getvalue()


def _password_in(told: str) -> str:
    (password,) = re.findall(r"shown this once: (\S+)", told)
    return str(password)


def test_a_new_organisation_has_rules_and_a_second_call_changes_nothing() -> None:
    told = _told("add_organisation", "Oak Care Co-operative")
    again = _told("add_organisation", "Oak Care Co-operative")

    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.external_id) == (
        "Oak Care Co-operative",
        "oak-care-co-operative",
    )
    assert RuleSet.objects.filter(organisation=organisation).exists()
    assert "Added Oak Care Co-operative" in told
    assert "there already" in again
    assert AuditEntry.objects.filter(event="organisation.founded").count() == 1


def test_two_organisations_do_not_share_a_short_name() -> None:
    _told("add_organisation", "Oak Care", "--external-id", "oak")

    with pytest.raises(CommandError, match="'oak' is Oak Care already"):
        _told("add_organisation", "Oak Homecare", "--external-id", "oak")

    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(("name", "field"), [("", "name"), ("N" * 121, "name"), ("—", "id")])
def test_a_name_that_cannot_be_kept_is_refused(name: str, field: str) -> None:
    with pytest.raises(CommandError, match=field):
        _told("add_organisation", name)

    assert not Organisation.objects.exists()


def test_the_first_administrator_signs_in_with_the_password_that_was_shown(
    branch: Branch,
) -> None:
    told = _told("add_user", "ada", "--name", "Ada Ash", "--role", "admin")

    user = User.objects.get(username="ada")
    assert user.organisation == branch.organisation
    assert user.check_password(_password_in(told))
    assert roles_of(user) == {Role.ADMIN}
    entries = AuditEntry.objects.filter(chain=f"organisation:{branch.organisation_id}")
    assert set(entries.values_list("event", flat=True)) == {"user.created", "role.granted"}
    # Whoever looks after the server need not be a user.
    assert not entries.filter(actor__isnull=False).exists()


@pytest.mark.parametrize("named", ["leeds", "Leeds North"])
def test_a_coordinator_is_added_for_a_branch_in_an_administrators_name(
    branch: Branch, named: str
) -> None:
    admin = admin_of(branch.organisation, username="ada")

    _told(
        "add_user", "cora", "--name", "Cora Coe", "--role", "coordinator", "--branch", named,
        "--actor", "ada",
    )  # fmt: skip

    assert branch_ids(User.objects.get(username="cora")) == [branch.pk]
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {admin.pk}


def test_a_carer_of_the_import_gets_a_sign_in_with_their_own_name(branch: Branch) -> None:
    carer = CarerFactory(branch=branch, external_id="C17", name="Cal Crow")

    _told("add_user", "cal", "--carer", "C17")

    user = User.objects.get(username="cal")
    assert user.display_name == "Cal Crow"
    assert carer_id_of(user) == carer.pk
    assert roles_of(user) == {Role.CARER}
    assert user.grants.get().branch == branch
    linked = AuditEntry.objects.get(event="carer.linked")
    assert (linked.chain, linked.body) == (f"branch:{branch.pk}", {"user_id": user.pk})


def test_a_typed_password_is_taken_from_the_input(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\nnot this\n"))

    told = _told("add_user", "ada", "--name", "Ada Ash", "--role", "admin", "--ask")

    assert User.objects.get(username="ada").check_password(PASSWORD)
    assert PASSWORD not in told


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_password_mistyped_the_second_time_changes_nothing(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([PASSWORD, f"{PASSWORD}!"])
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("backend.accounts.management.terminal.getpass", lambda _prompt: next(typed))

    with pytest.raises(CommandError, match="not the same"):
        _told("add_user", "ada", "--name", "Ada Ash", "--role", "admin", "--ask")

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--role", "admin"], "--name"),
        (["--name", "Ada"], "--role"),
        (["--name", "Ada", "--role", "coordinator"], "name it with --branch"),
        (["--name", "Ada", "--role", "admin", "--branch", "leeds"], "leave --branch out"),
        (["--name", "Ada", "--role", "coordinator", "--branch", "York"], "There are: leeds"),
        (["--carer", "C99"], "has no carer 'C99'"),
        (["--carer", "C18"], "say which --branch"),
        (["--carer", "C17"], "signs in as somebody else already"),
        (["--name", "Ada", "--role", "admin", "--organisation", "elm"], "no organisation 'elm'"),
        (["--name", "Ada", "--role", "admin", "--actor", "nobody"], "Nobody signs in as 'nobody'"),
        (["--name", "Ada", "--role", "admin", "--actor", "off"], "off is shut out"),
        (["--name", "", "--role", "admin"], "display_name: This field cannot be blank"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing_behind(
    branch: Branch, words: list[str], says: str
) -> None:
    other = BranchFactory(
        organisation=branch.organisation, external_id="wakefield", name="Wakefield"
    )
    off = UserFactory(organisation=branch.organisation, username="off", is_active=False)
    CarerFactory(branch=branch, external_id="C17", user=off)
    for place in (branch, other):
        CarerFactory(branch=place, external_id="C18")

    with pytest.raises(CommandError, match=re.escape(says)):
        _told("add_user", "ada", *words)

    assert not User.objects.filter(username="ada").exists()
    assert not AuditEntry.objects.exists()


def test_a_taken_username_is_refused_in_words(branch: Branch) -> None:
    UserFactory(username="ada")

    with pytest.raises(CommandError, match="Somebody signs in as 'ada' already"):
        _told("add_user", "ada", "--name", "Ada Ash", "--role", "admin", "--organisation", "oak")


def test_a_user_is_shut_out_and_let_in_again(branch: Branch) -> None:
    user = coordinator_of(branch, username="cora", display_name="Cora Coe")

    assert "Cora Coe (cora) is shut out" in _told("deactivate_user", "cora")
    assert not has_role(user, [Role.COORDINATOR])

    assert "can sign in again" in _told("reactivate_user", "cora")
    assert has_role(user, [Role.COORDINATOR])


def test_the_last_administrator_is_kept_with_words_on_what_to_do(branch: Branch) -> None:
    admin_of(branch.organisation, username="ada")

    with pytest.raises(CommandError, match="Make somebody else administrator first"):
        _told("deactivate_user", "ada")
    with pytest.raises(CommandError, match="Make somebody else administrator first"):
        _told("revoke_role", "ada", "admin")


def test_a_role_is_given_and_taken_away_by_command(branch: Branch) -> None:
    user = UserFactory(organisation=branch.organisation, username="cora", display_name="Cora Coe")

    told = _told("grant_role", "cora", "branch_manager", "--branch", "leeds")
    assert told.strip() == "Cora Coe is branch_manager of Leeds North."
    assert has_role(user, [Role.BRANCH_MANAGER])

    _told("revoke_role", "cora", "branch_manager", "--branch", "leeds")
    assert not has_role(user, [Role.BRANCH_MANAGER])


def test_a_forgotten_password_is_replaced_by_one_that_works(branch: Branch) -> None:
    user = coordinator_of(branch, username="cora")

    password = _password_in(_told("set_password", "cora"))

    user.refresh_from_db()
    assert user.check_password(password)
    assert not user.check_password(PASSWORD)


def test_a_weak_typed_password_is_refused_in_words(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator_of(branch, username="cora")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    with pytest.raises(CommandError, match="at least 12 characters"):
        _told("set_password", "cora", "--ask")
