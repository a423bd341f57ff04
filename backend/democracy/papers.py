"""What is asked on a ballot paper, which answers it allows, and how answers become questions.

A paper is a list of questions, each a row of JSON with `id`, `ask`, `title` and what its kind
needs. Pure: the same code checks an answer when it is cast and when it is counted.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from backend.counting import policy, schulze, stv, thresholds
from backend.counting.canonical import canonical
from backend.counting.fields import Field
from backend.counting.input_error import InputError
from backend.counting.limits import Scale
from backend.counting.meek import METHOD as MEEK
from backend.counting.profile import profile
from backend.counting.questions import (
    ApprovalQuestion,
    LimitQuestion,
    MeekSeatsQuestion,
    PackagesQuestion,
    Question,
    ResolutionQuestion,
    SeatsQuestion,
    StaffQuestion,
    WeightsQuestion,
)

Json = object
VOTES = ("for", "against", "abstain")
MOST_OPTIONS = 100
MOST_QUESTIONS = 40


@dataclass(frozen=True)
class Asked(ABC):
    """One question of a paper. An answer of None leaves it blank."""

    ask: ClassVar[str]
    kinds: ClassVar[frozenset[str]]
    row: Mapping[str, object]

    @property
    def id(self) -> str:
        """Its name in answers, package and result."""
        return str(self.row["id"])

    @property
    def constituency(self) -> int | None:
        """Whose members are asked; None: everybody on the roll."""
        found = self.row.get("constituency")
        return found if isinstance(found, int) else None

    @property
    def options(self) -> int:
        """Number of options whose order turns from member to member; 0 for rules and scales."""
        return 0

    @abstractmethod
    def check(self, answer: Field) -> Json:
        """Return an answer as it is counted. Raises `InputError` with its place."""

    @abstractmethod
    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""

    @abstractmethod
    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:
        """Return the question with its votes; `answers` may hold None."""


@dataclass(frozen=True)
class AskedWeights(Asked):
    """`rules` (names), `present` weights, `tokens`, `quorum`, `floor` tokens for each."""

    ask = "weights"
    kinds = frozenset({"policy"})
    rules: tuple[str, ...]
    present: tuple[int, ...]
    tokens: int
    quorum: tuple[int, int]
    floor: int

    @classmethod
    def read(cls, row: Field) -> "AskedWeights":
        """Read it, and refuse what could not be counted."""
        rules = _names(row["rules"], least=2)
        present = tuple(one.whole() for one in row["present"].items())
        if len(present) != len(rules) or not sum(present):
            row["present"].refuse("must hold a weight for each rule, and not only zeros")
        tokens = row.whole_or("tokens", policy.DEFAULT_TOKENS, least=1)
        floor = row.whole_or("floor", 0)
        if tokens > MOST_OPTIONS or floor * len(rules) > tokens:
            row.refuse("the tokens must reach for every rule's floor, and be at most 100")
        return cls(_mapping(row), rules, present, tokens, _quorum(row), floor)

    def check(self, answer: Field) -> Json:
        """All tokens placed, none below the floor."""
        given = [one.whole(least=self.floor, most=self.tokens) for one in answer.items()]
        if len(given) != len(self.rules) or sum(given) != self.tokens:
            answer.refuse(f"must place all {self.tokens} tokens on the {len(self.rules)} rules")
        return given

    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""
        return 2 + len(self.rules) * 4

    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:  # noqa: ARG002
        """Return the question with its votes."""
        ballots = [one for one in answers if isinstance(one, list)]
        given = tuple(tuple(one[place] for one in ballots) for place in range(len(self.rules)))
        vote = policy.TokenVote(given, self.tokens, eligible, self.quorum, self.present)
        return WeightsQuestion(self.id, self.rules, vote)


@dataclass(frozen=True)
class AskedLimit(Asked):
    """`low`, `high`, `step`, `present` value, `quorum`; the law's end is the end of the scale."""

    ask = "limit"
    kinds = frozenset({"policy"})
    scale: Scale
    present: int
    quorum: tuple[int, int]

    @classmethod
    def read(cls, row: Field) -> "AskedLimit":
        """Read it, and refuse what could not be counted."""
        scale = Scale(row["low"].whole(), row["high"].whole(), row.whole_or("step", 1, least=1))
        if scale.low >= scale.high:
            row["high"].refuse("must be above the low end")
        present = row["present"].whole()
        scale.check(present, row["present"].path)
        return cls(_mapping(row), scale, present, _quorum(row))

    def check(self, answer: Field) -> Json:
        """Refuse values beside the scale."""
        value = answer.whole()
        self.scale.check(value, answer.path)
        return value

    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""
        return len(str(self.scale.high)) + 4

    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:  # noqa: ARG002
        """Return the question with its votes."""
        chosen = tuple(one for one in answers if isinstance(one, int))
        return LimitQuestion(self.id, self.scale, self.present, eligible, self.quorum, chosen)


@dataclass(frozen=True)
class AskedResolution(Asked):
    """`kind` as in `thresholds.ResolutionKind`, or `staff` for a ballot on a spin-out."""

    ask = "resolution"
    kinds = frozenset({"resolution"})
    kind: str

    @classmethod
    def read(cls, row: Field) -> "AskedResolution":
        """Read it, and refuse what could not be counted."""
        kind = row["kind"].text()
        if kind != "staff" and kind not in set(thresholds.ResolutionKind):
            row["kind"].refuse("is no kind of resolution")
        return cls(_mapping(row), kind)

    def check(self, answer: Field) -> Json:
        """For, against, or abstain."""
        word = answer.text()
        if word not in VOTES or (self.kind == "staff" and word == "abstain"):
            answer.refuse("is none of the answers on the paper")
        return word

    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""
        return len('"abstain"')

    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:
        """Return the question with its votes; a blank paper abstains."""
        yes, no = answers.count("for"), answers.count("against")
        blank = len(answers) - yes - no
        if self.kind == "staff":
            vote = thresholds.StaffBallot(eligible=eligible, yes=yes, no=no, spoilt=blank + invalid)
            return StaffQuestion(self.id, vote)
        kind = thresholds.ResolutionKind(self.kind)
        return ResolutionQuestion(self.id, thresholds.Resolution(kind, eligible, yes, no, blank))


@dataclass(frozen=True)
class AskedPackages(Asked):
    """`options` (names), `notes` (a text for each, or none), `present`: the number of the one in
    force, or null.
    """

    ask = "packages"
    kinds = frozenset({"packages"})
    names: tuple[str, ...]
    present: int | None

    @classmethod
    def read(cls, row: Field) -> "AskedPackages":
        """Read it, and refuse what could not be counted."""
        names = _names(row["options"], least=2)
        found = row.maybe("present")
        present = None if found is None else found.whole(least=1, most=len(names))
        _notes(row, names)
        return cls(_mapping(row), names, present)

    @property
    def options(self) -> int:
        """Number of options."""
        return len(self.names)

    def check(self, answer: Field) -> Json:
        """Groups of equals, best first; each option once at most."""
        groups = [
            [one.whole(least=1, most=len(self.names)) for one in group.items()]
            for group in answer.items()
        ]
        named = [number for group in groups for number in group]
        if len(set(named)) < len(named) or not all(groups):
            answer.refuse("must name each option once at most, and no empty rank")
        return [sorted(group) for group in groups]

    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""
        return 2 + len(self.names) * 6

    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:  # noqa: ARG002
        """Return the question with its votes."""
        papers = tuple(
            (1, tuple(tuple(group) for group in one)) for one in answers if isinstance(one, list)
        )
        return PackagesQuestion(self.id, schulze.PackageVote(self.names, papers, self.present))


@dataclass(frozen=True)
class AskedSeats(Asked):
    """`seats`, `candidates` (each `name`, and `membership` where they are a member), `method`."""

    ask = "seats"
    kinds = frozenset({"election"})
    seats: int
    names: tuple[str, ...]
    memberships: frozenset[int]
    method: str

    @classmethod
    def read(cls, row: Field) -> "AskedSeats":
        """Read it, and refuse what could not be counted."""
        rows = row["candidates"].items()
        names = _unique([one["name"] for one in rows], row["candidates"], least=1)
        members = [one.maybe("membership") for one in rows]
        method = row["method"].text() if "method" in row else stv.METHOD
        if method not in {stv.METHOD, MEEK}:
            row["method"].refuse("is no way of counting seats")
        seats = row["seats"].whole(least=1, most=len(names))
        if row.maybe("constituency") is not None:
            row["constituency"].whole(least=1)
        known = frozenset(one.whole(least=1) for one in members if one is not None)
        return cls(_mapping(row), seats, names, known, method)

    @property
    def options(self) -> int:
        """Number of candidates."""
        return len(self.names)

    def check(self, answer: Field) -> Json:
        """Candidates' numbers, first preference first."""
        ranking = [one.whole(least=1, most=len(self.names)) for one in answer.items()]
        if len(set(ranking)) < len(ranking) or not ranking:
            answer.refuse("must name somebody, and nobody twice")
        return ranking

    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""
        return 2 + len(self.names) * 4

    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:  # noqa: ARG002
        """Return the question with its votes; blank papers are rejected ones."""
        rankings = [one for one in answers if isinstance(one, list)]
        papers = profile(
            seats=self.seats,
            candidates=self.names,
            papers=[(1, one) for one in rankings],
            rejected=len(answers) - len(rankings) + invalid,
        )
        kind = MeekSeatsQuestion if self.method == MEEK else SeatsQuestion
        return kind(self.id, papers)


@dataclass(frozen=True)
class AskedApproval(Asked):
    """`options` (names) and `notes` as above; members approve as many as they like."""

    ask = "approval"
    kinds = frozenset({"poll"})
    names: tuple[str, ...]

    @classmethod
    def read(cls, row: Field) -> "AskedApproval":
        """Read it, and refuse what could not be counted."""
        names = _names(row["options"], least=2)
        _notes(row, names)
        return cls(_mapping(row), names)

    @property
    def options(self) -> int:
        """Number of options."""
        return len(self.names)

    def check(self, answer: Field) -> Json:
        """Numbers of the options approved of."""
        chosen = [one.whole(least=1, most=len(self.names)) for one in answer.items()]
        if len(set(chosen)) < len(chosen):
            answer.refuse("must name each option once at most")
        return sorted(chosen)

    def longest(self) -> int:
        """Return how many bytes the longest allowed answer takes."""
        return 2 + len(self.names) * 4

    def counted(self, answers: Sequence[Json], *, eligible: int, invalid: int) -> Question:  # noqa: ARG002
        """Return the question with its votes."""
        papers = [one for one in answers if isinstance(one, list)]
        approved = tuple(
            sum(number in paper for paper in papers) for number in range(1, len(self.names) + 1)
        )
        return ApprovalQuestion(self.id, self.names, len(papers), approved)


KINDS = {
    kind.ask: kind
    for kind in (
        AskedWeights,
        AskedLimit,
        AskedResolution,
        AskedPackages,
        AskedSeats,
        AskedApproval,
    )
}


@dataclass(frozen=True)
class Paper:
    """All questions of a ballot, in paper order."""

    questions: tuple[Asked, ...] = field(default=())

    def for_constituency(self, constituency: int | None) -> "Paper":
        """Return what members of a constituency are asked."""
        return Paper(
            tuple(one for one in self.questions if one.constituency in {None, constituency})
        )

    @property
    def is_by_constituency(self) -> bool:
        """Whether not everybody is asked the same."""
        return any(one.constituency is not None for one in self.questions)

    def longest(self) -> int:
        """Return how many bytes the longest allowed content takes, for any voter."""
        return 2 + sum(one.longest() + 1 for one in self.questions)

    def content_of(self, answers: Mapping[str, object]) -> str:
        """Return checked answers as the text that goes into an envelope: a list in paper order.

        Raises
        ------
        InputError
            Names the question, or says that nothing was answered.
        """
        given = Field(dict(answers), "answers")
        known = {one.id for one in self.questions}
        for name, answer in given.entries():
            if name not in known:
                answer.refuse("is no question of this paper")
        found = [given.maybe(one.id) for one in self.questions]
        if not any(answer is not None for answer in found):
            given.refuse("must answer at least one question")
        return canonical(
            [
                None if answer is None else one.check(answer)
                for one, answer in zip(self.questions, found, strict=True)
            ]
        )

    def answers_in(self, content: object) -> list[Json]:
        """Return the answers of an opened ballot, checked again.

        Raises
        ------
        InputError
            It is no list of allowed answers.
        """
        rows = Field(content, "content").items()
        if len(rows) != len(self.questions):
            raise InputError("content", "has not one answer for each question")
        return [
            None if row.value is None else one.check(row)
            for one, row in zip(self.questions, rows, strict=True)
        ]


def read_paper(rows: object, *, kind: str) -> Paper:
    """Return a paper from its rows.

    Raises
    ------
    InputError
        Names the place and what is wrong with it.
    """
    found = Field(rows, "paper").items()
    if not 1 <= len(found) <= MOST_QUESTIONS:
        raise InputError("paper", f"must hold 1 to {MOST_QUESTIONS} questions")
    questions = [_read_question(row, kind) for row in found]
    if len({one.id for one in questions}) < len(questions):
        raise InputError("paper", "two questions have the same id")
    return Paper(tuple(questions))


def _read_question(row: Field, kind: str) -> Asked:
    asks = KINDS.get(row["ask"].text())
    if asks is None or kind not in asks.kinds:
        row["ask"].refuse("does not stand on the paper of such a ballot")
    if not row["id"].text() or not row["title"].text().strip():
        row.refuse("must have an id and a title")
    return asks.read(row)


def _mapping(row: Field) -> dict[str, object]:
    return {name: part.value for name, part in row.entries()}


def _quorum(row: Field) -> tuple[int, int]:
    if row.maybe("quorum") is None:
        return policy.DEFAULT_QUORUM
    parts = [one.whole(least=0) for one in row["quorum"].items()]
    if len(parts) != len(policy.DEFAULT_QUORUM) or not parts[1] or parts[0] > parts[1]:
        row["quorum"].refuse("must be a part of a whole, as [30, 100]")
    return parts[0], parts[1]


def _names(rows: Field, *, least: int) -> tuple[str, ...]:
    return _unique(rows.items(), rows, least=least)


def _notes(row: Field, names: Sequence[str]) -> None:
    notes = row.maybe("notes")
    if notes is not None and len([one.text() for one in notes.items()]) != len(names):
        notes.refuse("must hold one text for each option")


def _unique(fields: Sequence[Field], rows: Field, *, least: int) -> tuple[str, ...]:
    names = tuple(one.text().strip() for one in fields)
    if not least <= len(names) <= MOST_OPTIONS or len(set(names)) < len(names) or not all(names):
        rows.refuse(f"must hold {least} to {MOST_OPTIONS} different names")
    return names
