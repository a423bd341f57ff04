"""Skills by day: for any training, a carer fits a visit exactly when in date on its day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.core.periods import Week
from backend.rota.solver.skill_days import HeldSkill, SkillDays, days_in_date, plain_code

WEEK = Week(date(2026, 6, 1))
CODES = ("medication", "peg", "hoist")

held_skills = st.lists(
    st.builds(
        HeldSkill,
        carer=st.integers(1, 4),
        code=st.sampled_from(CODES),
        days=st.frozensets(st.integers(0, 6)),
    ),
    unique_by=lambda skill: (skill.carer, skill.code),
    max_size=12,
)


@given(held=held_skills, needs=st.sets(st.sampled_from(CODES)), day=st.integers(0, 6))
def test_names_say_exactly_who_is_in_date(held: list[HeldSkill], needs: set[str], day: int) -> None:
    names = SkillDays(held)
    needed = set(names.needed(needs, day))

    for carer in range(1, 5):
        in_date = {row.code for row in held if row.carer == carer and day in row.days}
        assert (needed <= set(names.of_carer(carer))) == (needs <= in_date)
    assert {plain_code(name) for name in needed} == needs


@given(held=held_skills)
def test_names_stay_plain_where_nothing_lapses(held: list[HeldSkill]) -> None:
    whole = [HeldSkill(row.carer, row.code, frozenset(range(7))) for row in held]

    assert all("@" not in name for row in whole for name in SkillDays(whole).of_carer(row.carer))


def test_training_is_in_date_from_its_day_until_the_day_it_ends_before() -> None:
    monday = WEEK.starts_on

    assert days_in_date(None, None, WEEK) == frozenset(range(7))
    assert days_in_date(monday + timedelta(days=2), monday + timedelta(days=5), WEEK) == {2, 3, 4}
    assert days_in_date(None, monday, WEEK) == frozenset()
    assert days_in_date(monday + timedelta(days=7), None, WEEK) == frozenset()
