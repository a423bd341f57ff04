"""Load the demonstration co-operative once, and find it done the next time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.management import call_command

from backend.audit.models import AuditEntry
from backend.core.errors import RefusalError
from backend.core.periods import Week
from backend.demo.ballots import hold_ballots
from backend.demo.cooperative import EXTERNAL_ID, build_cooperative, demo_organisation
from backend.demo.places import BRANCHES, SHOWN_BRANCH
from backend.demo.published_weeks import publish_weeks
from backend.demo.sign_ins import SignIn, sign_ins
from backend.demo.wishes import place_wishes_of
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import zone_of


class OthersDataError(RefusalError):
    """The database holds another organisation; made-up people are not mixed with real ones."""

    code = "demo.other_organisation"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in the database now; branches in order, the shown one first."""

    organisation: Organisation
    branches: list[Branch]
    current_week: Week
    sign_ins: list[SignIn]
    is_new: bool
    weeks_published: int


def load_demo(*, today: date, all_branches: bool) -> Loaded:
    """Load what is missing: the co-operative, its ballots and wishes, then published weeks.

    A second call changes nothing, also on a later day: the weeks are those of the first call.

    Parameters
    ----------
    all_branches
        Publish the past weeks of every branch and not only of the one that is shown.

    Raises
    ------
    OthersDataError
        There is another organisation in the database.
    """
    _refuse_others()
    organisation = demo_organisation()
    is_new = organisation is None
    if organisation is None:
        organisation = build_cooperative(Week.containing(today).starts_on)
    week = _loaded_week(organisation)
    branches = _in_order(organisation)
    wanted = branches if all_branches else branches[:1]
    hold_ballots(organisation, week.starts_on, branches[0])
    place_wishes_of(branches[0], week.starts_on)
    published = sum(publish_weeks(branch, week.starts_on) for branch in wanted)
    return Loaded(
        organisation=organisation,
        branches=branches,
        current_week=week,
        sign_ins=sign_ins(organisation),
        is_new=is_new,
        weeks_published=published,
    )


def reset_demo() -> None:
    """Empty the database of the demonstration, and of all that was made in it.

    Raises
    ------
    OthersDataError
        There is another organisation in the database; nothing was deleted.
    """
    _refuse_others()
    call_command("flush", interactive=False, verbosity=0)


def _refuse_others() -> None:
    if Organisation.objects.exclude(external_id=EXTERNAL_ID).exists():
        raise OthersDataError


def _loaded_week(organisation: Organisation) -> Week:
    """Return the week that was the current one when the co-operative was loaded."""
    founded = AuditEntry.objects.get(
        event="organisation.founded", subject=f"organisation:{organisation.pk}"
    )
    return Week(founded.at.astimezone(zone_of(organisation)).date() + timedelta(weeks=52))


def _in_order(organisation: Organisation) -> list[Branch]:
    names = [plan.external_id for plan in BRANCHES]
    names.sort(key=lambda name: name != SHOWN_BRANCH)
    found = {branch.external_id: branch for branch in organisation.branches.all()}
    return [found[name] for name in names]
