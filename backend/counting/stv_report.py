"""A count of a BLT file as JSON: the table of stages, or all ways in which lots can fall."""

import re

from backend.counting.canonical import digest
from backend.counting.lots import (
    MOST_OUTCOMES,
    Lot,
    Lots,
    ScriptedLots,
    SeededLots,
    every_outcome,
)
from backend.counting.meek import MeekUnsettledError, count_meek
from backend.counting.profile import Profile
from backend.counting.stv import METHOD, ONE, Stage, count_stv, quota_of

Json = dict[str, object]

_PARTY = re.compile(r"(?P<name>.*\S)\s*\((?P<party>(?:[^()]|\([^()]*\))*)\)$")
WORK = 300_000
"""About how many papers and comparisons may be gone through to show in which ways lots can fall."""


def stv_report(papers: Profile, *, seed: str | None = None, election: str = "") -> Json:
    """Return a Scottish STV count, with who would be elected by Meek's method beside it.

    Where a lot is needed and no seed was published, there is no one result: then all ways in
    which lots can fall are listed, each with who is elected.
    """
    inputs = profile_as_json(papers)
    report: Json = {
        "method": METHOD,
        "title": papers.title,
        "seats": papers.seats,
        "valid": papers.valid,
        "rejected": papers.rejected,
        "distinct_ballots": len(papers.papers),
        "quota": quota_of(valid=papers.valid, seats=papers.seats),
        "candidates": [_candidate(n, papers) for n in range(1, len(papers.candidates) + 1)],
    }
    report |= _counted(papers, seed, election)
    report["meek_winners_unofficial"] = _meek_winners(papers)
    report["inputs_hash"] = digest(inputs)
    return report | {"result_hash": digest(report)}


def profile_as_json(papers: Profile) -> Json:
    """Return the papers as they are published: alike ones together, in the rankings' order."""
    return {
        "seats": papers.seats,
        "candidates": list(papers.candidates),
        "withdrawn": sorted(papers.withdrawn),
        "rejected": papers.rejected,
        "papers": [[times, *ranking] for times, ranking in papers.papers],
    }


def stage_as_json(number: int, stage: Stage) -> Json:
    """Return one row of the table, votes in words with five decimals."""
    return {
        "stage": number,
        "action": str(stage.action),
        "candidate": stage.candidate,
        "votes": [votes_as_text(votes) for votes in stage.votes],
        "non_transferable": votes_as_text(stage.non_transferable),
        "elected": list(stage.elected),
    }


def votes_as_text(votes: int) -> str:
    """Return units of 0.00001 vote with their five decimals."""
    return f"{votes // ONE}.{votes % ONE:05d}"


def lots_as_json(lots: tuple[Lot, ...] | list[Lot]) -> list[Json]:
    """Return lots as between whom they were, and who was drawn."""
    return [{"tied": list(lot.tied), "drawn": lot.drawn} for lot in lots]


def _candidate(number: int, papers: Profile) -> Json:
    name, party = papers.candidates[number - 1], None
    if match := _PARTY.match(name):
        name, party = match["name"], match["party"]
    candidate: Json = {"no": number, "name": name, "party": party}
    return candidate | ({"withdrawn": True} if number in papers.withdrawn else {})


def _counted(papers: Profile, seed: str | None, election: str) -> Json:
    lots: Lots = ScriptedLots() if seed is None else SeededLots(seed, election)
    result = count_stv(papers, lots)
    if result.lots and seed is None:
        outcomes, complete = every_outcome(
            lambda lots: count_stv(papers, lots).elected, most=_most_outcomes(papers)
        )
        counted: Json = {
            "lots_needed": True,
            "first_tie": list(result.lots[0].tied),
            "outcomes": [
                {"lots": lots_as_json(outcome.lots), "elected": list(outcome.elected)}
                for outcome in outcomes
            ],
        }
        return counted if complete else counted | {"outcomes_are_complete": False}
    counted = {"lots_needed": bool(result.lots)}
    if result.lots:
        counted |= {"seed": seed, "election": election, "lots": lots_as_json(result.lots)}
    return counted | {
        "elected": list(result.elected),
        "elected_without_quota": list(result.elected_without_quota),
        "stages": [stage_as_json(number, stage) for number, stage in enumerate(result.stages, 1)],
    }


def _most_outcomes(papers: Profile) -> int:
    """Return how many ways are tried: all of three candidates' at least, fewer the more papers."""
    one_count = len(papers.papers) + len(papers.candidates) ** 3 // 6 + 1
    return min(MOST_OUTCOMES, max(6, WORK // one_count))


def _meek_winners(papers: Profile) -> list[int] | None:
    """Return Meek's winners in number order; None if they hang on a lot."""
    try:
        outcomes, complete = every_outcome(
            lambda lots: count_meek(papers, lots).elected, most=_most_outcomes(papers) // 10 + 1
        )
    except MeekUnsettledError:
        return None
    winners = {tuple(sorted(outcome.elected)) for outcome in outcomes}
    return list(winners.pop()) if complete and len(winners) == 1 else None
