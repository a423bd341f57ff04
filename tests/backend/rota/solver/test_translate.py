"""A branch's week as the scheduler's problem: every row in its place, no rule made laxer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.organisation.models import RuleArea
from backend.organisation.services import enact_rules
from backend.people.models import AbsenceKind, CheckKind, TravelMode
from backend.rota.models import Rota, VisitState, WishList
from backend.rota.solver.translate import (
    assignments_of,
    problem_document,
    problem_for,
    problem_hash,
    solution_from_rows,
    week_of_branch,
)
from scheduler import Carer, Client, Problem, Visit, check, problem_from
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.clients import ClientFactory, PackageLineFactory
from tests.backend.factories.moments import WISH_PERIOD
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import (
    AbsenceFactory,
    CarerCheckFactory,
    CarerFactory,
    CarerSkillFactory,
    ContractFactory,
    working_carer,
)
from tests.backend.factories.rota import (
    CarerWishFactory,
    DeclineFactory,
    PlacedWishFactory,
    PreferenceFactory,
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    WishListFactory,
    allocate,
)
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

DAY = 1440
QUERIES = 33
Counting = Callable[[int], AbstractContextManager[Any]]


def only_carer(problem: Problem) -> Carer:
    (carer,) = problem.carers
    return carer


def only_client(problem: Problem) -> Client:
    (client,) = problem.clients
    return client


def only_visit(problem: Problem) -> Visit:
    (visit,) = problem.visits
    return visit


def test_a_visit_is_told_in_minutes_of_the_week() -> None:
    visit = VisitFactory(on=MONDAY + timedelta(days=2), priority=1, carers_required=2)

    found = only_visit(problem_for(visit.rota))

    assert found.id == f"v{visit.pk}"
    assert found.client == f"k{visit.client_id}"
    assert (found.earliest, found.target, found.latest) == tuple(
        2 * DAY + minute for minute in (450, 480, 510)
    )
    assert (found.minutes, found.carers, found.priority) == (30, 2, 1)


def test_visits_that_nobody_is_to_make_are_left_out() -> None:
    visit = VisitFactory(state=VisitState.CLIENT_AWAY)
    VisitFactory(rota=visit.rota, state=VisitState.CANCELLED)

    assert problem_for(visit.rota).visits == ()


def test_the_rules_in_force_on_the_monday_are_the_problems() -> None:
    rota = RotaFactory()
    values = {
        "max_day_minutes": 600,
        "daily_rest_minutes": 700,
        "weekly_rest_minutes": 1440,
        "stretch_minutes": 300,
        "break_minutes": 30,
        "split_gap_minutes": 90,
        "weights": problem_document(rota)["policy"]["weights"],
    }
    for starts_on in (MONDAY, MONDAY + timedelta(days=1)):
        enact_rules(
            organisation=rota.branch.organisation,
            area=RuleArea.ROTA_POLICY,
            starts_on=starts_on,
            values={**values, "max_day_minutes": 600 + (starts_on - MONDAY).days},
            decided_by="a vote",
            actor=None,
            now=NOW,
        )

    policy = problem_for(rota).policy

    assert (policy.max_day_minutes, policy.daily_rest_minutes) == (600, 700)
    assert policy.weights.unassigned == {1: 40, 2: 20, 3: 10}


def test_a_carers_windows_are_cut_by_leave_by_the_minute() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    # 12:00 to 14:00 in British summer time.
    AbsenceFactory(
        carer=carer,
        kind=AbsenceKind.TRAINING,
        starts_at=datetime(2026, 6, 2, 11, tzinfo=UTC),
        ends_at=datetime(2026, 6, 2, 13, tzinfo=UTC),
    )

    windows = only_carer(problem_for(rota)).available

    assert windows[0] == (7 * 60, 22 * 60)
    assert windows[1:3] == ((DAY + 420, DAY + 720), (DAY + 840, DAY + 1320))


def test_the_guarantee_shrinks_with_the_days_of_leave() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    AbsenceFactory(carer=carer)

    found = only_carer(problem_for(rota))

    # One of seven days that are all alike, but for its first hour in summer time.
    assert found.guaranteed_minutes == 1200 * 6 // 7


def test_a_carer_without_a_contract_in_force_can_take_nothing() -> None:
    rota = RotaFactory()
    carer = CarerFactory(branch=rota.branch)
    ContractFactory(carer=carer, ends_before=MONDAY)

    found = only_carer(problem_for(rota))

    assert (found.max_week_minutes, found.max_days, found.available) == (0, 0, ())


def test_a_contract_counts_from_its_first_day_to_its_last() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    carer.contracts.update(
        starts_on=MONDAY + timedelta(days=1), ends_before=MONDAY + timedelta(days=3)
    )
    ContractFactory(carer=carer, starts_on=MONDAY + timedelta(days=5), maximum_minutes=1300)

    found = only_carer(problem_for(rota))

    assert [window[0] // DAY for window in found.available] == [1, 2, 5, 6]
    assert found.max_week_minutes == 2250


def test_carers_who_left_or_have_not_begun_are_not_there() -> None:
    rota = RotaFactory()
    working_carer(branch=rota.branch, ends_before=MONDAY)
    working_carer(branch=rota.branch, starts_on=MONDAY + timedelta(days=7))

    assert problem_for(rota).carers == ()


def test_a_carer_who_left_but_still_stands_in_the_draft_is_reported() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch, ends_before=MONDAY)
    allocate(visit, carer)

    week = week_of_branch(visit.rota)

    assert [breach.code for breach in check(week.problem, week.draft)] == ["H4"]


@pytest.mark.parametrize(
    ("lapses_on", "mode", "kind", "days"),
    [
        (3, TravelMode.WALK, CheckKind.RIGHT_TO_WORK, 3),
        (0, TravelMode.WALK, CheckKind.RIGHT_TO_WORK, 0),
        (7, TravelMode.WALK, CheckKind.RIGHT_TO_WORK, 7),
        (3, TravelMode.CAR, CheckKind.DRIVING, 3),
        (3, TravelMode.WALK, CheckKind.DRIVING, 7),
        (3, TravelMode.WALK, CheckKind.DBS, 7),
    ],
)
def test_a_lapsed_check_ends_all_visits_from_its_day(
    lapses_on: int, mode: TravelMode, kind: CheckKind, days: int
) -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, travel_mode=mode)
    CarerCheckFactory(carer=carer, kind=kind, ends_before=MONDAY + timedelta(days=lapses_on))

    assert len(only_carer(problem_for(rota)).available) == days


def test_training_that_lapses_on_friday_holds_until_thursday_and_only_for_its_own_visits() -> None:
    rota = RotaFactory()
    lapsing, lasting = (working_carer(branch=rota.branch) for _ in range(2))
    skill = CarerSkillFactory(carer=lapsing, ends_before=MONDAY + timedelta(days=4)).skill
    CarerSkillFactory(carer=lasting, skill=skill)
    other = CarerSkillFactory(carer=lapsing).skill
    thursday, friday = (
        VisitFactory(rota=rota, on=MONDAY + timedelta(days=day), skills=[skill.code])
        for day in (3, 4)
    )
    else_friday = VisitFactory(rota=rota, on=friday.on, skills=[other.code], target_minute=720)

    can = _who_can(problem_for(rota))

    assert can[thursday.pk] == {lapsing.pk, lasting.pk}
    assert can[friday.pk] == {lasting.pk}
    assert can[else_friday.pk] == {lapsing.pk}


def test_training_completed_on_wednesday_counts_from_wednesday() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    skill = CarerSkillFactory(carer=carer, completed_on=MONDAY + timedelta(days=2)).skill
    visits = [
        VisitFactory(rota=rota, on=MONDAY + timedelta(days=day), skills=[skill.code])
        for day in range(7)
    ]

    can = _who_can(problem_for(rota))

    assert [bool(can[visit.pk]) for visit in visits] == [False] * 2 + [True] * 5


def test_a_skill_that_nobody_has_stays_as_it_is() -> None:
    visit = VisitFactory(skills=["peg"])

    assert only_visit(problem_for(visit.rota)).skills == ("peg",)


def test_nobody_is_sent_to_a_pin_that_no_person_has_confirmed() -> None:
    visit = VisitFactory(client__pin_confirmed_at=None)
    working_carer(branch=visit.rota.branch)

    assert _who_can(problem_for(visit.rota)) == {visit.pk: set()}


def test_points_make_the_strength_whatever_their_number() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    for points in (12, 24):
        WishList.objects.all().delete()
        given = WishListFactory(carer=carer, points=points)
        PlacedWishFactory(wish_list=given, points=points // 3)
        PlacedWishFactory(wish_list=given, kind="weekend_off", points=2 * points // 3)

        wishes = only_carer(problem_for(rota)).preferences

        assert [(wish.kind, wish.strength) for wish in wishes] == [
            ("no_split", 1.0),
            ("weekend_off", 2.0),
        ]


def test_a_placed_wish_counts_in_its_own_week_and_period_alone() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    given = WishListFactory(carer=carer)
    PlacedWishFactory(wish_list=given, kind="day_off", on=MONDAY + timedelta(days=4))
    PlacedWishFactory(wish_list=given, kind="day_off", weekday=2)
    PlacedWishFactory(wish_list=given, kind="day_off", on=MONDAY + timedelta(days=7))
    PlacedWishFactory(wish_list=given, counts_from=MONDAY + timedelta(days=7))
    last = WishListFactory(carer=carer, period_starts_on=WISH_PERIOD - timedelta(days=28))
    PlacedWishFactory(wish_list=last, kind="weekend_off")

    wishes = only_carer(problem_for(rota)).preferences

    assert [(wish.kind, wish.day) for wish in wishes] == [("day_off", 4), ("day_off", 2)]


def test_an_area_is_each_client_who_lives_there() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    there = [ClientFactory(branch=rota.branch, postcode=f"LS9 6A{n}") for n in "AB"]
    ClientFactory(branch=rota.branch, postcode="LS9 7AA")
    PlacedWishFactory(wish_list=WishListFactory(carer=carer), kind="avoid_area", area="LS9 6")

    wishes = only_carer(problem_for(rota)).preferences

    assert [(wish.kind, wish.client) for wish in wishes] == [
        ("avoid_client", f"k{client.pk}") for client in there
    ]


def test_nobody_reads_in_the_file_of_a_week_whom_a_carer_would_rather_not_see() -> None:
    rota = RotaFactory()
    client = ClientFactory(branch=rota.branch, postcode="LS9 6AA")
    given = WishListFactory(carer=working_carer(branch=rota.branch))
    PlacedWishFactory(wish_list=given, kind="avoid_client", client=client)
    PlacedWishFactory(wish_list=given, kind="avoid_area", area="LS9 6")
    PlacedWishFactory(wish_list=given)

    (carer,) = problem_document(rota)["carers"]

    assert [wish["kind"] for wish in carer["preferences"]] == ["no_split"]


def test_whoever_placed_points_is_heard_by_them_and_not_by_what_the_office_wrote() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    CarerWishFactory(carer=carer, kind="weekend_off")
    assert [row.kind for row in only_carer(problem_for(rota)).preferences] == ["weekend_off"]

    PlacedWishFactory(wish_list=WishListFactory(carer=carer))

    assert [row.kind for row in only_carer(problem_for(rota)).preferences] == ["no_split"]


def test_wishes_count_while_they_hold() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    client = ClientFactory(branch=rota.branch)
    CarerWishFactory(carer=carer, kind="prefer_client", client=client, strength=3)
    CarerWishFactory(carer=carer, kind="avoid_window", from_minute=0, to_minute=540)
    CarerWishFactory(carer=carer, kind="day_off", weekday=2)
    CarerWishFactory(carer=carer, kind="day_off", weekday=3, starts_on=MONDAY + timedelta(days=4))
    CarerWishFactory(carer=carer, ends_before=MONDAY)

    wishes = only_carer(problem_for(rota)).preferences

    assert [(wish.kind, wish.strength) for wish in wishes] == [
        ("prefer_client", 3),
        ("avoid_window", 2),
        ("day_off", 2),
    ]
    assert wishes[0].client == f"k{client.pk}"
    assert (wishes[1].from_minute, wishes[1].to_minute) == (0, 540)
    assert wishes[2].day == 2


def test_two_visits_of_last_month_make_nobody_familiar_and_two_of_last_week_do() -> None:
    visit = VisitFactory()
    recent, long_ago = (working_carer(branch=visit.rota.branch) for _ in range(2))
    for carer, days in ((recent, (1, 3)), (long_ago, (40, 42))):
        for past in days:
            _told(visit, carer, MONDAY - timedelta(days=past))

    assert only_client(problem_for(visit.rota)).familiar == (f"c{recent.pk}",)


def test_a_visit_that_was_taken_back_makes_nobody_familiar() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    for past in (1, 2):
        row = _told(visit, carer, MONDAY - timedelta(days=past))
        row.superseded_by = PublicationFactory(rota=row.rota, number=1 + past)
        row.save()

    assert only_client(problem_for(visit.rota)).familiar == ()


def test_a_preferred_carer_is_familiar_and_a_declined_one_excluded_whoever_asked() -> None:
    visit = VisitFactory()
    preferred, by_client, by_carer = (working_carer(branch=visit.rota.branch) for _ in range(3))
    PreferenceFactory(client=visit.client, carer=preferred)
    PreferenceFactory(client=visit.client, carer=by_client)
    DeclineFactory(client=visit.client, carer=by_client, declined_by="client")
    DeclineFactory(client=visit.client, carer=by_carer, declined_by="carer")

    client = only_client(problem_for(visit.rota))

    assert client.familiar == (f"c{preferred.pk}",)
    assert client.excluded == (f"c{by_client.pk}", f"c{by_carer.pk}")


@pytest.mark.parametrize(
    ("visits", "carers_required", "target"),
    [(7, 1, 3), (8, 1, 5), (14, 1, 5), (15, 1, 8), (28, 1, 8), (35, 1, 8), (7, 2, 5), (28, 2, 13)],
)
def test_how_many_carers_a_client_meets_follows_from_the_visits(
    visits: int, carers_required: int, target: int
) -> None:
    rota = RotaFactory()
    client = ClientFactory(branch=rota.branch)
    for number in range(visits):
        VisitFactory(
            rota=rota,
            client=client,
            on=MONDAY + timedelta(days=number % 7),
            target_minute=480 + 60 * (number // 7),
            carers_required=carers_required,
        )

    assert only_client(problem_for(rota)).target_carers == target


def test_a_clients_own_number_of_carers_goes_before_the_rules() -> None:
    visit = VisitFactory(client__target_carers=1)

    assert only_client(problem_for(visit.rota)).target_carers == 1


def test_last_week_ends_where_it_was_published_to_end() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    sunday = MONDAY - timedelta(days=1)
    _told(visit, carer, sunday - timedelta(days=2), minute=20 * 60)
    _told(visit, carer, sunday, minute=21 * 60)

    found = only_carer(problem_for(visit.rota))

    assert (found.last_end, found.worked_last_weekend) == (-150, True)


def test_last_week_counts_as_drafted_while_it_is_not_published() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    before = RotaFactory(branch=rota.branch, week_starts_on=MONDAY - timedelta(days=7))
    friday = VisitFactory(rota=before, on=MONDAY - timedelta(days=3), target_minute=20 * 60)
    allocate(friday, carer)

    found = only_carer(problem_for(rota))

    assert (found.last_end, found.worked_last_weekend) == (-3 * DAY + 20 * 60 + 30, False)


def test_a_draft_changed_after_publishing_does_not_change_what_was_worked() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    before = RotaFactory(branch=rota.branch, week_starts_on=MONDAY - timedelta(days=7))
    PublicationFactory(rota=before)
    sunday = VisitFactory(rota=before, on=MONDAY - timedelta(days=1), target_minute=21 * 60)
    allocate(sunday, carer)

    assert only_carer(problem_for(rota)).last_end == -7 * DAY


def test_locked_visits_hold_their_carers_and_start() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    locked, extra, free = (VisitFactory(rota=rota, target_minute=60 * h) for h in (8, 10, 12))
    for visit in (locked, extra, free):
        allocate(visit, carer)
    locked.is_locked = True
    locked.save()

    locks = problem_for(rota, locked_extra=[extra.pk]).locked

    assert [(lock.visit, lock.carers, lock.start) for lock in locks] == [
        (f"v{locked.pk}", (f"c{carer.pk}",), 480),
        (f"v{extra.pk}", (f"c{carer.pk}",), 600),
    ]


def test_what_people_were_told_stands_beside_the_visits() -> None:
    visit = VisitFactory(on=MONDAY + timedelta(days=1), carers_required=2)
    publication = PublicationFactory(rota=visit.rota)
    carers = [working_carer(branch=visit.rota.branch) for _ in range(2)]
    for carer in carers:
        PublishedAssignmentFactory(visit=visit, carer=carer, publication=publication)

    (told,) = problem_for(visit.rota).published

    assert (told.visit, told.start) == (f"v{visit.pk}", DAY + 480)
    assert told.carers == tuple(f"c{carer.pk}" for carer in carers)


def test_a_line_that_follows_another_follows_it_on_its_own_day_only() -> None:
    rota = RotaFactory()
    breakfast = PackageLineFactory(package__client__branch=rota.branch)
    lunch = PackageLineFactory(package=breakfast.package, follows=breakfast, gap_minutes=120)
    client = breakfast.package.client
    first = VisitFactory(rota=rota, client=client, line=breakfast)
    second = VisitFactory(rota=rota, client=client, line=lunch, target_minute=720)
    alone = VisitFactory(
        rota=rota, client=client, line=lunch, target_minute=720, on=MONDAY + timedelta(days=1)
    )

    visits = problem_for(rota).visit_of

    after = visits[f"v{second.pk}"].after
    assert after is not None
    assert (after.visit, after.gap) == (f"v{first.pk}", 120)
    assert visits[f"v{alone.pk}"].after is None


@pytest.mark.parametrize(
    ("monday", "shift"),
    [(date(2026, 3, 23), 60), (date(2026, 10, 19), -60), (date(2026, 6, 1), None)],
)
def test_a_clock_change_is_part_of_its_week_and_times_stay_as_agreed(
    monday: date, shift: int | None
) -> None:
    rota = RotaFactory(week_starts_on=monday)
    VisitFactory(rota=rota, on=monday + timedelta(days=6))
    working_carer(branch=rota.branch)

    problem = problem_for(rota)

    assert only_visit(problem).target == 6 * DAY + 480
    assert only_carer(problem).available[6] == (6 * DAY + 420, 6 * DAY + 1320)
    change = problem.clock_change
    assert (change and change.shift) == shift
    # In Britain at 01:00 in spring and 02:00 in autumn, both on Sunday.
    assert change is None or change.minute == 6 * DAY + (60 if change.shift > 0 else 120)


def test_leave_across_the_clock_change_ends_at_the_wall_clock_time() -> None:
    rota = RotaFactory(week_starts_on=date(2026, 10, 19))
    carer = working_carer(branch=rota.branch)
    # Saturday 08:00 summer time to Sunday 08:00 winter time: 25 hours.
    AbsenceFactory(
        carer=carer,
        starts_at=datetime(2026, 10, 24, 7, tzinfo=UTC),
        ends_at=datetime(2026, 10, 25, 8, tzinfo=UTC),
    )

    windows = only_carer(problem_for(rota)).available

    assert windows[-2:] == ((5 * DAY + 420, 5 * DAY + 480), (6 * DAY + 480, 6 * DAY + 1320))


def test_a_couple_at_one_address_is_no_journey_apart() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    for number in range(2):
        client = ClientFactory(branch=rota.branch, address="1 Mill Lane")
        visit = VisitFactory(rota=rota, client=client, target_minute=480 + 30 * number)
        allocate(visit, carer)

    week = week_of_branch(rota)

    assert check(week.problem, week.draft) == ()


def test_the_same_rows_give_the_same_problem_and_another_row_another() -> None:
    rota = full_week(BranchFactory(), carers=2)
    before = problem_hash(problem_for(rota))

    assert problem_hash(problem_for(Rota.objects.get(pk=rota.pk))) == before

    working_carer(branch=rota.branch)
    assert problem_hash(problem_for(rota)) != before


def test_the_problem_goes_out_as_a_file_and_comes_back_equal() -> None:
    rota = full_week(BranchFactory(), carers=2, open_visits=2)

    assert problem_from(problem_document(rota)) == problem_for(rota)


def test_a_draft_goes_to_rows_and_back() -> None:
    week = week_of_branch(full_week(BranchFactory(), carers=2, open_visits=2))

    rows = assignments_of(week.draft, week)

    assert len(rows) == 60
    assert rows == sorted(rows)
    assert set(solution_from_rows(week.problem, rows).assignments) == set(week.draft.assignments)


@pytest.mark.parametrize("carers", [1, 9])
def test_the_number_of_queries_does_not_grow_with_the_branch(
    django_assert_max_num_queries: Counting, carers: int
) -> None:
    rota = Rota.objects.get(pk=full_week(BranchFactory(), carers=carers).pk)

    with django_assert_max_num_queries(QUERIES):
        problem_for(rota)


def _told(visit: Any, carer: Any, on: date, minute: int = 480) -> Any:
    """Tell a carer of an earlier visit to the client of a visit."""
    monday = on - timedelta(days=on.weekday())
    rota = Rota.objects.filter(branch=visit.rota.branch, week_starts_on=monday).first()
    rota = rota or RotaFactory(branch=visit.rota.branch, week_starts_on=monday)
    publication = rota.publications.first() or PublicationFactory(rota=rota)
    past = VisitFactory(rota=rota, client=visit.client, on=on, target_minute=minute)
    return PublishedAssignmentFactory(visit=past, carer=carer, publication=publication)


def _who_can(problem: Problem) -> dict[int, set[int]]:
    """Return the carers whose skills suffice, by visit."""
    return {
        int(visit.id[1:]): {
            int(carer.id[1:]) for carer in problem.carers if set(visit.skills) <= set(carer.skills)
        }
        for visit in problem.visits
    }
