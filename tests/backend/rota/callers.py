"""Who calls the rota's addresses in the tests."""

from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.organisation.models import Branch
from backend.people.models import Carer
from tests.backend.factories.accounts import carer_user_of, coordinator_of
from tests.backend.factories.people import working_carer


def signed_in(user: User | None) -> APIClient:
    """Return a browser in which a user is signed in, or nobody."""
    browser = APIClient()
    if user is not None:
        browser.force_login(user)
    return browser


def office_of(branch: Branch) -> APIClient:
    """Return the browser of a coordinator of a branch."""
    return signed_in(coordinator_of(branch))


def carer_with_phone(branch: Branch, **fields: object) -> tuple[Carer, APIClient]:
    """Return a working carer of a branch and the phone they are signed in on."""
    user = carer_user_of(branch)
    return working_carer(branch=branch, user=user, **fields), signed_in(user)
