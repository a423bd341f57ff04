"""A week with peaks as one without, in which no plan costs more."""

from dataclasses import replace

from scheduler.model import Problem


def without_peaks(problem: Problem) -> Problem:
    """Return the week as if all roads were free; a week without peaks is returned as it is.

    A sound plan stays sound when its ways take less long: gaps between visits, and with them
    stretches and splits, stay or get easier. Its cost could only rise where a minute of travel
    becomes idle (S6) or is missing from the contract (S4), and so the two together are made to
    cost no more than travel does (S1).
    """
    if not any(mode.peaks for mode in problem.modes.values()):
        return problem
    weights = problem.policy.weights
    idle = min(weights.idle, weights.travel)
    shortfall = min(weights.shortfall, weights.travel - idle)
    return replace(
        problem,
        modes={name: replace(mode, peaks=()) for name, mode in problem.modes.items()},
        policy=replace(problem.policy, weights=replace(weights, idle=idle, shortfall=shortfall)),
    )
