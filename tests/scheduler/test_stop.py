"""When a run stops."""

import os
import signal

import pytest

from scheduler.progress import Heartbeat
from scheduler.stop import Limit, stopped_by_signals


def test_iterations_end_a_run_at_their_number() -> None:
    limit = Limit(iterations=10)

    assert not limit.reached(9)
    assert limit.reached(10)
    assert limit.seconds_left() == float("inf")


def test_no_time_at_all_is_over_at_once_and_a_day_is_not() -> None:
    assert Limit(seconds=0).reached(0)
    assert not Limit(seconds=86_400).reached(10**9)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_a_time_that_means_nothing_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds must be zero or more"):
        Limit(seconds=seconds)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_instead_of_killing_and_only_inside_the_block(number: int) -> None:
    before = signal.getsignal(number)

    with stopped_by_signals() as request:
        asked = [request.made]
        os.kill(os.getpid(), number)
        asked.append(request.made)

    assert asked == [False, True]
    assert signal.getsignal(number) == before


def test_the_heart_beats_until_the_block_ends() -> None:
    beats: list[int] = []

    with Heartbeat(0.01, lambda: beats.append(1)):
        while len(beats) < 3:
            pass
    count = len(beats)

    assert count >= 3
    assert len(beats) == count
