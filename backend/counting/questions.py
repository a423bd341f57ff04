"""Questions as they were voted on: what is published of the votes, and what they come to.

Only what a count needs is published. Tokens and limits are sorted by themselves for each rule, so
that nobody recognises a ballot by its pattern; alike papers stand together, in the rankings' order.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import ClassVar

from backend.counting import (
    limits,
    meek,
    policy,
    schulze,
    shares,
    stv,
    thresholds,
    vacancy,
)
from backend.counting.lots import Lots, SeededLots, lot_order
from backend.counting.profile import Profile
from backend.counting.stv_report import lots_as_json, profile_as_json, stage_as_json

Json = dict[str, object]


@dataclass(frozen=True)
class Draw:
    """Lots of an election by the seed that was fixed before the vote."""

    seed: str
    election: str

    def start(self) -> Lots:
        """Return lots for a new count."""
        return SeededLots(self.seed, self.election)

    def order(self, numbers: Iterable[int]) -> list[int]:
        """Return numbers, first in lots to last."""
        return lot_order(self.seed, self.election, numbers)


class Question(ABC):
    """One question of an election, with its votes."""

    method: ClassVar[str]
    id: str

    @abstractmethod
    def inputs(self) -> Json:
        """Return what is published of the votes."""

    @abstractmethod
    def result(self, draw: Draw) -> Json:
        """Return what the votes come to."""


class CertainQuestion(Question):
    """A question that never needs a lot."""

    def result(self, draw: Draw) -> Json:  # noqa: ARG002  said by the class
        """Return what the votes come to, however lots would fall."""
        return self.certain_result()

    @abstractmethod
    def certain_result(self) -> Json:
        """Return what the votes come to."""


@dataclass(frozen=True)
class WeightsQuestion(CertainQuestion):
    """How much each rule counts; `rules` are their names in paper order."""

    method = policy.METHOD
    id: str
    rules: tuple[str, ...]
    vote: policy.TokenVote

    def inputs(self) -> Json:
        """Return for each rule the tokens that it got, downwards."""
        return {
            "rules": list(self.rules),
            "tokens": self.vote.tokens,
            "eligible": self.vote.eligible,
            "quorum": list(self.vote.quorum),
            "present": list(self.vote.present),
            "given": [sorted(row, reverse=True) for row in self.vote.given],
        }

    def certain_result(self) -> Json:
        """Return weights in thousandths, and exactly."""
        weights = policy.count_tokens(self.vote)
        return {
            "cast": weights.cast,
            "quorum_count": weights.quorum_count,
            "filled": weights.filled,
            "weights": list(weights.weights),
            "exact": [str(share) for share in weights.exact],
        }


@dataclass(frozen=True)
class LimitQuestion(CertainQuestion):
    """Which value a limit has; `chosen` leaves blank ballots out."""

    method = limits.METHOD
    id: str
    scale: limits.Scale
    present: int
    eligible: int
    quorum: tuple[int, int]
    chosen: tuple[int, ...]

    def inputs(self) -> Json:
        """Return the chosen values, upwards."""
        return {
            "scale": [self.scale.low, self.scale.high, self.scale.step],
            "present": self.present,
            "eligible": self.eligible,
            "quorum": list(self.quorum),
            "chosen": sorted(self.chosen),
        }

    def certain_result(self) -> Json:
        """Return the middle value."""
        needed = shares.quorum_count(self.eligible, self.quorum)
        value = limits.count_limit(self.chosen, present=self.present, quorum_count=needed)
        return {"cast": len(self.chosen), "quorum_count": needed, "value": value}


@dataclass(frozen=True)
class ResolutionQuestion(CertainQuestion):
    """Whether a resolution passes."""

    method = thresholds.RESOLUTION_METHOD
    id: str
    vote: thresholds.Resolution

    def inputs(self) -> Json:
        """Return the totals; `second` holds votes for, against, and days after the first."""
        second = self.vote.second
        return {
            "kind": str(self.vote.kind),
            "eligible": self.vote.eligible,
            "votes_for": self.vote.votes_for,
            "votes_against": self.vote.votes_against,
            "abstain": self.vote.abstain,
            "second": second and [second.votes_for, second.votes_against, second.days],
        }

    def certain_result(self) -> Json:
        """Return whether it was carried and is passed."""
        return asdict(thresholds.decide(self.vote))


@dataclass(frozen=True)
class StaffQuestion(CertainQuestion):
    """Whether the staff wants to form a co-operative."""

    method = thresholds.SPIN_OUT_METHOD
    id: str
    vote: thresholds.StaffBallot

    def inputs(self) -> Json:
        """Return the totals."""
        return asdict(self.vote)

    def certain_result(self) -> Json:
        """Return shares and majorities."""
        return asdict(thresholds.count_staff_ballot(self.vote))


@dataclass(frozen=True)
class PackagesQuestion(Question):
    """Which one of several whole packages."""

    method = schulze.METHOD
    id: str
    vote: schulze.PackageVote

    def inputs(self) -> Json:
        """Return the rankings, each as groups of equals with how often it was cast."""
        papers: dict[schulze.GroupedRanking, int] = {}
        for times, ranking in self.vote.papers:
            groups = tuple(tuple(sorted(group)) for group in ranking)
            papers[groups] = papers.get(groups, 0) + times
        return {
            "options": list(self.vote.options),
            "present": self.vote.present,
            "papers": [
                [papers[groups], [list(group) for group in groups]] for groups in sorted(papers)
            ],
        }

    def result(self, draw: Draw) -> Json:
        """Return the winner, and how many put one above another."""
        found = schulze.count_packages(self.vote, draw.order)
        return {
            "winner": found.winner,
            "unbeaten": list(found.unbeaten),
            "wins": list(found.wins),
            "preferred": [list(row) for row in found.preferred],
            "decided_by": found.decided_by,
        }


@dataclass(frozen=True)
class SeatsQuestion(Question):
    """Who is elected, by the Scottish count."""

    method = stv.METHOD
    id: str
    papers: Profile

    def inputs(self) -> Json:
        """Return seats, candidates and papers."""
        return profile_as_json(self.papers)

    def result(self, draw: Draw) -> Json:
        """Return the table of stages and who is elected."""
        found = stv.count_stv(self.papers, draw.start())
        return {
            "quota": found.quota,
            "elected": list(found.elected),
            "elected_without_quota": list(found.elected_without_quota),
            "stages": [stage_as_json(n, stage) for n, stage in enumerate(found.stages, 1)],
            "lots": lots_as_json(found.lots),
        }


@dataclass(frozen=True)
class MeekSeatsQuestion(Question):
    """Who is elected, by Meek's count."""

    method = meek.METHOD
    id: str
    papers: Profile

    def inputs(self) -> Json:
        """Return seats, candidates and papers."""
        return profile_as_json(self.papers)

    def result(self, draw: Draw) -> Json:
        """Return who is elected and excluded, in order; totals are never quite exact."""
        found = meek.count_meek(self.papers, draw.start())
        return {
            "elected": list(found.elected),
            "excluded": [point.excluded for point in found.points[:-1]],
            "lots": lots_as_json(found.lots),
        }


@dataclass(frozen=True)
class VacancyQuestion(Question):
    """Who takes the seat of one who left."""

    method = vacancy.METHOD
    id: str
    papers: Profile
    leaver: int
    sitting: tuple[int, ...]

    def inputs(self) -> Json:
        """Return the election's papers, who left and who still sits."""
        return profile_as_json(self.papers) | {
            "leaver": self.leaver,
            "sitting": sorted(self.sitting),
        }

    def result(self, draw: Draw) -> Json:
        """Return who takes the seat, and the stages up to there."""
        found = vacancy.fill_vacancy(
            self.papers, leaver=self.leaver, sitting=self.sitting, lots=draw.start()
        )
        return {
            "elected": found.elected,
            "stages": [stage_as_json(n, stage) for n, stage in enumerate(found.stages, 1)],
            "lots": lots_as_json(found.lots),
        }


@dataclass(frozen=True)
class ApprovalQuestion(CertainQuestion):
    """How many approve of each option; `approved` in the options' order ("approval-1")."""

    method = "approval-1"
    id: str
    options: tuple[str, ...]
    cast: int
    approved: tuple[int, ...]

    def inputs(self) -> Json:
        """Return the totals: which options were ticked together is nobody's business."""
        return {"options": list(self.options), "cast": self.cast, "approved": list(self.approved)}

    def certain_result(self) -> Json:
        """Return the options' numbers, most approved first, equal ones together."""
        levels = sorted(set(self.approved), reverse=True)
        return {
            "ranking": [
                [number for number, got in enumerate(self.approved, 1) if got == level]
                for level in levels
            ]
        }
