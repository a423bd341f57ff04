"""One sign-in for each kind of user, with passwords that differ on every installation."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from backend.accounts.models import Role, User
from backend.demo.cooperative import ADMIN, CARER, COORDINATOR, MANAGER, MEMBER, PLANNER
from backend.organisation.models import Organisation

SHOWN = (
    (Role.COORDINATOR, COORDINATOR),
    (Role.BRANCH_MANAGER, MANAGER),
    (Role.BRANCH_MANAGER, PLANNER),
    (Role.CARER, CARER),
    (Role.MEMBER, MEMBER),
    (Role.ADMIN, ADMIN),
)
# No letters or digits that are taken for each other when read from a screen.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 3, 4


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody types to have a look round."""

    role: str
    username: str
    password: str
    name: str


def sign_ins(organisation: Organisation) -> list[SignIn]:
    """Return the sign-ins that are shown, and see to it that they work.

    The passwords follow from the installation's secret key, so they need no place of their own
    and are as secret as that key; where the key was changed, they are set anew.
    """
    users = {
        user.username: user
        for user in organisation.users.filter(username__in=[name for _, name in SHOWN])
    }
    found = []
    # A co-operative of an earlier release has nobody yet who plans all branches.
    for role, username in ((role, name) for role, name in SHOWN if name in users):
        user, password = users[username], password_of(username)
        _make_sure(user, password)
        found.append(SignIn(role.label, username, password, user.display_name))
    return found


def password_of(username: str) -> str:
    """Return an account's password on this installation: 59 bits that nobody can guess."""
    number = int.from_bytes(
        salted_hmac("backend.demo.sign_ins", username, algorithm="sha256").digest()
    )
    letters = []
    for _ in range(GROUPS * GROUP_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    word = "".join(letters)
    return "-".join(word[i : i + GROUP_LENGTH] for i in range(0, len(word), GROUP_LENGTH))


def _make_sure(user: User, password: str) -> None:
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
