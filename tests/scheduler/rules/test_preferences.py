"""S5: wishes and fairness."""

import pytest

from scheduler.model import Visit, Wish
from scheduler.rules import preferences
from tests.scheduler.builders import a_carer, a_client, a_problem, a_visit, week_of

CLIENTS = [a_client("kim"), a_client("lee")]
MORNING = a_visit("v1", "Mon 09:00", 30)
EVENING = a_visit("v2", "Mon 19:00", 60)
SATURDAY = a_visit("v3", "Sat 09:00", 30)
SUNDAY = a_visit("v4", "Sun 09:00", 30)
TO_LEE = a_visit("v5", "Tue 09:00", 30, client="lee")
TO_MIDNIGHT = a_visit("v6", "Wed 23:30", 30)
SOON = a_visit("v7", "Mon 11:30", 30)
LATER = a_visit("v8", "Mon 11:31", 30)


@pytest.mark.parametrize(
    ("wish", "visits", "size"),
    [
        (Wish("day_off", 1, day=0), [MORNING, EVENING], 1),
        (Wish("day_off", 1, day=1), [MORNING], 0),
        (Wish("avoid_window", 1, from_minute=540, to_minute=570), [MORNING], 30),
        (Wish("avoid_window", 1, from_minute=560, to_minute=1200), [MORNING, EVENING], 70),
        (Wish("avoid_window", 1, from_minute=570, to_minute=1140), [MORNING, EVENING], 0),
        (Wish("avoid_window", 1, from_minute=1420, to_minute=1440), [TO_MIDNIGHT], 20),
        (Wish("avoid_client", 1, client="lee"), [MORNING, TO_LEE], 1),
        (Wish("avoid_client", 1, client="left"), [MORNING], 0),
        # Two of Kim's seven carer-visits: nobody is owed more than five.
        (Wish("prefer_client", 1, client="kim"), [MORNING, EVENING], 3),
        (Wish("prefer_client", 1, client="lee"), [MORNING], 1),
        (Wish("prefer_client", 1, client="lee"), [TO_LEE], 0),
        (Wish("prefer_client", 1, client="left"), [], 0),
        (Wish("no_split", 1), [MORNING, SOON], 0),
        (Wish("no_split", 1), [MORNING, LATER], 1),
        (Wish("no_split", 1), [MORNING, SATURDAY], 0),
        (Wish("weekend_off", 1), [MORNING], 0),
        (Wish("weekend_off", 1), [SATURDAY, SUNDAY], 1),
        (Wish("weekend_off", 1), [SUNDAY], 1),
    ],
)
def test_how_far_a_wish_is_not_kept(wish: Wish, visits: list[Visit], size: int) -> None:
    everything = [MORNING, EVENING, SATURDAY, SUNDAY, TO_LEE, TO_MIDNIGHT, SOON, LATER]
    problem = a_problem(visits=everything, carers=[a_carer(preferences=(wish,))], clients=CLIENTS)

    assert list(preferences.sizes(week_of(problem, *visits), problem)) == [(wish, size)]


def test_points_grow_with_strength_and_their_square_is_unfair() -> None:
    wishes = Wish("day_off", 2, day=0), Wish("avoid_client", 3, client="kim")
    problem = a_problem(visits=[MORNING], carers=[a_carer(preferences=wishes)])

    points = preferences.penalty(week_of(problem, MORNING), problem)

    pain = 60 * 2 + 25 * 3
    assert points["S5 preferences"] == pain
    assert points["S5 fairness"] == pytest.approx(0.002 * pain**2)
