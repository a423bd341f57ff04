"""What is to be done once a second, told by apps that the ticker's own app may not know."""

from collections.abc import Callable

Tick = Callable[[], None]

_ticks: list[Tick] = []


def each_tick(tick: Tick) -> None:
    """Have this called at every tick; it must be quick when nothing is due, and safe to repeat."""
    if tick not in _ticks:
        _ticks.append(tick)


def tick_all() -> None:
    """Call what was asked for, in the order of the asking."""
    for tick in _ticks:
        tick()
