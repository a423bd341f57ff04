"""How long a count takes: `pytest -m benchmark -s tests/backend/counting`."""

import time
from collections.abc import Callable
from random import Random

import pytest

from backend.counting.blt import read_blt
from backend.counting.policy import count_tokens, token_vote
from backend.counting.published import published_package
from backend.counting.questions import SeatsQuestion, WeightsQuestion
from backend.counting.stv_report import stv_report
from backend.democracy.recount import recount as script

PAPERS, CANDIDATES, SEATS = 14_000, 10, 4
MEMBERS, RULES, TOKENS = 850, 7, 20


def _seconds(what: str, count: Callable[[], object]) -> float:
    start = time.perf_counter()
    count()
    seconds = time.perf_counter() - start
    print(f"{what}: {seconds:.3f} s")  # noqa: T201  a figure is what this is for
    return seconds


@pytest.mark.benchmark
def test_fourteen_thousand_papers_that_all_differ() -> None:
    random = Random(1)  # noqa: S311  ballots to measure with
    lines = [f"{CANDIDATES} {SEATS}"]
    for _ in range(PAPERS):
        ranking = random.sample(range(1, CANDIDATES + 1), random.randint(3, CANDIDATES))
        lines.append(f"1 {' '.join(map(str, ranking))} 0")
    text = "\n".join([*lines, "0"])

    assert _seconds("14,000 papers, with Meek", lambda: stv_report(read_blt(text), seed="s")) < 2

    papers = read_blt(text)
    package = published_package(election="e", seed="s", questions=[SeatsQuestion("q", papers)])
    _seconds("14,000 papers, recount", lambda: script.recount(package))


@pytest.mark.benchmark
def test_eight_hundred_and_fifty_ballots_on_seven_rules() -> None:
    random = Random(1)  # noqa: S311  ballots to measure with
    ballots = []
    for _ in range(MEMBERS):
        cuts = sorted(random.randint(0, TOKENS) for _ in range(RULES - 1))
        ballots.append([b - a for a, b in zip([0, *cuts], [*cuts, TOKENS], strict=True)])
    present = [250, 200, 150, 150, 150, 50, 50]
    vote = token_vote(ballots, present=present, eligible=MEMBERS)

    assert _seconds("850 ballots on 7 rules", lambda: count_tokens(vote)) < 1

    questions = [WeightsQuestion("q", tuple("abcdefg"), vote)]
    package = published_package(election="e", seed="s", questions=questions)
    _seconds("850 ballots on 7 rules, recount", lambda: script.recount(package))
