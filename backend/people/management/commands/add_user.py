"""`manage.py add_user`: somebody who can sign in, with a first role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from backend.accounts.management.terminal import actor_called, password_from, refusals_in_words
from backend.accounts.models import Role, User
from backend.accounts.services.create_user import create_user
from backend.accounts.services.roles import grant_role
from backend.organisation.management.which import branch_called, organisation_called
from backend.organisation.models import Branch, Organisation
from backend.people.models import Carer
from backend.people.services import link_carer


class Command(BaseCommand):
    """All of it or nothing; the password is shown this once."""

    help = "Add somebody who can sign in, with a first role. A password is made up and printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("username", help="what they will type to sign in")
        parser.add_argument("--name", help="as they write it; a carer's own, if left out")
        parser.add_argument("--role", choices=Role.values, help="carer, where --carer is given")
        parser.add_argument("--branch", help="external id or name, for a role held for one branch")
        parser.add_argument(
            "--carer", metavar="EXTERNAL_ID", help="the carer they are, as in the import"
        )
        parser.add_argument("--organisation", help="external id; needed where there are several")
        parser.add_argument("--ask", action="store_true", help="ask for the password instead")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add them, and print how to sign in."""
        organisation = organisation_called(options["organisation"])
        branch = options["branch"] and branch_called(options["branch"], organisation)
        carer = _carer(organisation, branch or None, options["carer"])
        password = password_from(asks=options["ask"])
        with refusals_in_words():
            user = _add(organisation, branch or None, carer, options, password)
        self.stdout.write(f"{user.display_name} can sign in as {user.username}.")
        if not options["ask"]:
            self.stdout.write(f"Password, shown this once: {password}")


@transaction.atomic
def _add(
    organisation: Organisation,
    branch: Branch | None,
    carer: Carer | None,
    options: dict[str, Any],
    password: str,
) -> User:
    actor, now = actor_called(options["actor"]), timezone.now()
    user = create_user(
        organisation=organisation,
        username=options["username"],
        display_name=_name(options["name"], carer),
        password=password,
        actor=actor,
        now=now,
    )
    role = _role(options["role"], carer)
    if branch is None and carer is not None and role == Role.CARER:
        branch = carer.branch
    grant_role(user=user, role=role, branch=branch, actor=actor, now=now)
    if carer is not None:
        link_carer(carer=carer, user=user, actor=actor, now=now)
    return user


def _name(given: str | None, carer: Carer | None) -> str:
    if given is None and carer is None:
        raise CommandError("Say with --name how they write their name.")
    return given if given is not None else carer.name if carer else ""


def _role(given: str | None, carer: Carer | None) -> Role:
    if given is None and carer is None:
        raise CommandError(f"Say with --role what they are: {', '.join(Role.values)}.")
    return Role(given) if given else Role.CARER


def _carer(
    organisation: Organisation, branch: Branch | None, external_id: str | None
) -> Carer | None:
    if external_id is None:
        return None
    carers = Carer.objects.select_related("branch").filter(
        branch__organisation=organisation, external_id=external_id
    )
    found = list(carers.filter(branch=branch) if branch else carers)
    if len(found) > 1:
        raise CommandError(f"Several branches have a carer {external_id!r}: say which --branch.")
    if not found:
        place = branch or organisation
        raise CommandError(f"{place} has no carer {external_id!r}; import the branch first.")
    return found[0]
