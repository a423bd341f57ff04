"""Call a ballot, and change its dates and words while it is being prepared."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from backend.accounts.models import User
from backend.accounts.policy import POLICY
from backend.accounts.selectors import has_role
from backend.core.database_clock import database_now
from backend.core.errors import RefusalError
from backend.core.pages.private import private_page
from backend.democracy.models import Ballot, BallotState
from backend.democracy.pages.forms.plan_form import PlanForm, voting_classes
from backend.democracy.pages.reading import officers_ballot, viewer_of
from backend.democracy.pages.words import officer_refusal
from backend.democracy.services import change_plan, create_ballot
from backend.democracy.services.preparing import BadPlanError, plan_of

SAME_NAME = "There is a vote with this title and day of opening already. Change the title a little."


def may_call(viewer: User) -> bool:
    """Say whether a viewer may call a ballot, by the same rule as over HTTP."""
    has_organisation = viewer.organisation_id is not None
    return has_organisation and has_role(viewer, POLICY["create_ballot"].roles)


@private_page("GET", "POST")
def call_page(request: HttpRequest) -> HttpResponse:
    """Call a ballot; whoever calls it is its returning officer."""
    viewer = viewer_of(request)
    organisation = viewer.organisation
    if organisation is None or not may_call(viewer):
        raise Http404
    now = database_now()
    form = PlanForm(request.POST or None, organisation=organisation, now=now)
    if form.is_valid():
        try:
            ballot = create_ballot(plan=form.plan, actor=viewer, now=now)
        except RefusalError as refusal:
            _put_into(form, refusal)
        else:
            return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    has_classes = voting_classes(organisation).exists()
    context = {"form": form, "has_classes": has_classes}
    return render(request, "ballots/plan.html", context, status=400 if form.errors else 200)


@private_page("GET", "POST")
def plan_page(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Change dates and words until the roll is frozen."""
    viewer, ballot = officers_ballot(request, ballot_id)
    if ballot.state != BallotState.DRAFT:
        return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    form = _form_of(request, ballot)
    if form.is_valid():
        try:
            change_plan(ballot_id=ballot.pk, plan=form.plan, actor=viewer, now=database_now())
        except RefusalError as refusal:
            _put_into(form, refusal)
        else:
            return HttpResponseRedirect(resolve_url("officer_page", ballot.pk))
    context = {"form": form, "ballot": ballot, "has_classes": True}
    return render(request, "ballots/plan.html", context, status=400 if form.errors else 200)


def _form_of(request: HttpRequest, ballot: Ballot) -> PlanForm:
    return PlanForm(
        request.POST or None,
        organisation=ballot.organisation,
        now=database_now(),
        present=plan_of(ballot),
    )


def _put_into(form: PlanForm, refusal: RefusalError) -> None:
    if isinstance(refusal, BadPlanError) and refusal.params.get("wrong") == "code":
        form.add_error("title", SAME_NAME)
    else:
        form.add_error(None, officer_refusal(refusal))
