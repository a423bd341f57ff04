"""Small flexible problems: random ones with everything in them, and all plans of tiny ones."""

import random
from collections.abc import Iterator, Sequence
from itertools import permutations, product

from scheduler.flexible import (
    Break,
    FlexibleCarer,
    FlexiblePlan,
    FlexibleProblem,
    Part,
    Prices,
    Route,
    Shift,
    Stop,
    Visit,
    Window,
)

HORIZON = 600
EVERYBODY = tuple((carer, 0) for carer in range(4))


def crowded(seed: int) -> FlexibleProblem:
    """Return a day of 12 to 20 visits for 4 carers with every feature of the model."""
    draw = random.Random(seed)  # noqa: S311  (chooses test data)
    visits = draw.randint(12, 20)
    return FlexibleProblem(
        name=f"crowded {seed}",
        days=1,
        travel=_travel(draw, visits + 2),
        carers=tuple(_carer(draw, row) for row in range(4)),
        visits=tuple(_visit(draw, row) for row in range(visits)),
        prices=_prices(draw),
    )


def _prices(draw: random.Random) -> Prices:
    travel, late, latest, waiting, overtime = (draw.randint(1, 10) for _ in range(5))
    return Prices(travel, late, latest, waiting, overtime, idle=draw.choice((0, 30)))


def _travel(draw: random.Random, places: int) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(0 if a == b else draw.randint(3, 40) for b in range(places)) for a in range(places)
    )


def _carer(draw: random.Random, row: int) -> FlexibleCarer:
    begins = draw.choice((0, 60, 120))
    rest = Break(180, 330, 30, missed=60) if row % 2 else None
    ends = draw.choice((480, HORIZON))
    return FlexibleCarer(
        f"carer {row}", row % 2, draw.randint(0, 1), (Shift(begins, ends, None, rest),)
    )


def _visit(draw: random.Random, row: int) -> Visit:
    first = draw.randrange(0, 400, 15)
    windows = [Window(first, first + draw.choice((30, 60, 120)))]
    if draw.random() < 0.3:
        windows.append(Window(first + 150, first + 200))
    two = draw.random() < 0.4
    parts = tuple(
        Part(row + 2, draw.choice((15, 30, 45)), tuple(windows), _able(draw))
        for _ in range(2 if two else 1)
    )
    tie = draw.choice((None, (0, 0), (15, 60))) if two else None
    return Visit(f"visit {row}", parts, tie, left_out=draw.choice((None, 150, 400)))


def _able(draw: random.Random) -> tuple[tuple[int, int], ...]:
    return tuple((carer, draw.choice((0, 0, 7))) for carer in sorted(draw.sample(range(4), 3)))


def weekly(seed: int) -> FlexibleProblem:
    """Return five days with patterns, two carers a client at most, and short days."""
    draw = random.Random(seed)  # noqa: S311  (chooses test data)
    visits = []
    for row in range(14):
        often = draw.randint(1, 5)
        days: dict[int, list[tuple[int, ...]]] = {
            1: [(day,) for day in range(5)],
            2: [(0, 2), (1, 3), (0, 4)],
            3: [(0, 2, 4)],
            4: [(0, 1, 2, 4)],
            5: [(0, 1, 2, 3, 4)],
        }
        parts = (Part(draw.randrange(4), 30, (Window(0, HORIZON),), EVERYBODY),)
        most = min(2, often)
        visits.append(
            Visit(f"client {row}", parts * often, patterns=tuple(days[often]), most_carers=most)
        )
    shifts = (Shift(0, HORIZON, longest=320),) * 5
    return FlexibleProblem(
        name=f"weekly {seed}",
        days=5,
        travel=tuple(tuple(draw.randint(3, 20) for _ in range(4)) for _ in range(4)),
        carers=tuple(FlexibleCarer(f"carer {row}", 0, 0, shifts) for row in range(4)),
        visits=tuple(visits),
        prices=Prices(travel=1),
    )


def tiny(seed: int) -> FlexibleProblem:
    """Return four visits, one of them tied, for two carers; no waiting price and no breaks."""
    draw = random.Random(seed)  # noqa: S311  (chooses test data)
    visits = []
    for row in range(4):
        first = draw.randrange(0, 200, 20)
        window = (Window(first, first + 30),)
        parts = (Part(row + 1, 20, window, ((0, 0), (1, draw.randint(0, 20)))),)
        if row == 0:
            visits.append(Visit("pair", parts * 2, gap=draw.choice([(0, 0), (10, 40)])))
        else:
            visits.append(Visit(f"single {row}", parts))
    return FlexibleProblem(
        name=f"tiny {seed}",
        days=1,
        travel=_travel(draw, 5),
        carers=tuple(FlexibleCarer(f"carer {row}", 0, 0, (Shift(0, 900),)) for row in range(2)),
        visits=tuple(visits),
        prices=Prices(travel=3, late=2, latest=4),
    )


def every_plan(problem: FlexibleProblem) -> Iterator[FlexiblePlan]:
    """Yield a plan with earliest times for every choice of carers and every order that works."""
    parts = [(v, p) for v, visit in enumerate(problem.visits) for p in range(len(visit.parts))]
    for carers in product(range(len(problem.carers)), repeat=len(parts)):
        if carers[0] == carers[1]:
            continue
        own = [
            [part for part, carer in zip(parts, carers, strict=True) if carer == row]
            for row in range(len(problem.carers))
        ]
        for orders in product(*(permutations(rows) for rows in own)):
            starts = _earliest(problem, orders)
            if starts is not None:
                yield _plan(problem, orders, starts)


def _earliest(
    problem: FlexibleProblem, orders: Sequence[Sequence[tuple[int, int]]]
) -> dict[tuple[int, int], int] | None:
    """Return earliest starts by plain repetition; None where the orders wait for each other."""
    starts = {
        (v, p): part.windows[0].opens
        for v, visit in enumerate(problem.visits)
        for p, part in enumerate(visit.parts)
    }
    for _ in range(60):
        before = dict(starts)
        for order in orders:
            place, free = 0, 0
            for key in order:
                part = problem.visits[key[0]].parts[key[1]]
                starts[key] = max(starts[key], free + problem.travel[place][part.place])
                place, free = part.place, starts[key] + part.minutes
        for v, visit in enumerate(problem.visits):
            if visit.gap is not None:
                starts[v, 1] = max(starts[v, 1], starts[v, 0] + visit.gap[0])
                starts[v, 0] = max(starts[v, 0], starts[v, 1] - visit.gap[1])
        if starts == before:
            return starts
    return None


def _plan(
    problem: FlexibleProblem,
    orders: Sequence[Sequence[tuple[int, int]]],
    starts: dict[tuple[int, int], int],
) -> FlexiblePlan:
    return FlexiblePlan(
        tuple(
            Route(
                carer,
                0,
                tuple(Stop(v, p, starts[v, p], problem.visits[v].parts[p].place) for v, p in order),
            )
            for carer, order in enumerate(orders)
            if order
        )
    )
