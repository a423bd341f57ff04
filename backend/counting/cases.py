"""Files of cases: what each asks is seen from its fields, and answered one by one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import lcm

from backend.counting import limits, policy, thresholds
from backend.counting.chains import THROUGH_HOLDINGS, VotesHeld, resolve
from backend.counting.control import INSIDE, control_test
from backend.counting.fields import LARGEST, Field
from backend.counting.shares import quorum_count

Json = dict[str, object]
WRAPPER = "cases"
PACKAGE = "package"
THRESHOLD_LISTS = ("spin_out", "resolutions")
MOST_PEOPLE = 10_000_000
"""Missing ballots are added one by one, so a slip of the pen must not fill the memory."""


@dataclass(frozen=True)
class Kind:
    """One kind of case: how it is known, and how it is counted."""

    name: str
    is_it: Callable[[Field], bool]
    count: Callable[[Field], Json]


def count_cases(content: object, more_kinds: Sequence[Kind] = ()) -> object:
    """Return the answers to a file of cases, in its own order and shape.

    `more_kinds` are those that apps above this one know how to count.

    A list gives a list, one case gives one answer, and an object that holds lists of cases
    (`spin_out` and `resolutions`, or `cases`) gives an object with lists of answers.
    """
    kinds = (*KINDS, *more_kinds)
    if isinstance(content, list):
        return [_answer(case, kinds) for case in Field(content, WRAPPER).items()]
    file = Field(content)
    if not isinstance(content, dict):
        file.refuse("this file holds no cases: it must be a list or an object")
    if PACKAGE in file:
        file.refuse("this is the package of a declared result: count it again with recount.py")
    lists = [name for name in (WRAPPER, *THRESHOLD_LISTS) if name in file]
    if lists:
        return {name: [_answer(case, kinds) for case in file[name].items()] for name in lists}
    return _answer(file, kinds)


def _answer(case: Field, kinds: Sequence[Kind]) -> Json:
    if not isinstance(case.value, dict):
        case.refuse("must be an object")
    kind = next((kind for kind in kinds if kind.is_it(case)), None)
    if kind is None:
        case.refuse(f"cannot be recognised as one of {', '.join(kind.name for kind in kinds)}")
    named: Json = {"id": case.value["id"]} if "id" in case else {}
    return named | {"result": kind.count(case)}


def _policy(case: Field) -> Json:
    present = [weight.whole() for weight in case["status_quo"].items()]
    if not sum(present):
        case["status_quo"].refuse("must hold at least one weight above zero")
    if rules := case.maybe("criteria"):
        names = [name.text() for name in rules.items()]
        if len(names) != len(present):
            rules.refuse(f"names {len(names)} rules, but status_quo has {len(present)} weights")
    ballots = case["ballots"].items()
    tokens = case.whole_or("tokens", policy.DEFAULT_TOKENS, least=1)
    read = []
    for ballot in ballots:
        row = [tokens_given.whole() for tokens_given in ballot.items()]
        policy.check_ballot(row, rules=len(present), tokens=tokens, path=ballot.path)
        read.append(row)
    weights = policy.count_tokens(
        policy.token_vote(
            read,
            present=present,
            tokens=tokens,
            eligible=_eligible(case, len(read)),
            quorum=_quorum(case),
        )
    )
    return asdict(weights) | {"exact": [str(share) for share in weights.exact]}


def _limit(case: Field) -> Json:
    present = case["status_quo"].whole(least=-LARGEST)
    scale = _scale(case)
    chosen = []
    for vote in case["votes"].items():
        # A blank one chooses nothing, and does not count towards the quorum.
        if vote.value is not None:
            value = vote.whole(least=-LARGEST)
            scale.check(value, vote.path)
            chosen.append(value)
    needed = case.maybe("quorum_count")
    if needed is None and "quorum" in case:
        count = quorum_count(_eligible(case, len(chosen)), _quorum(case))
    else:
        count = 0 if needed is None else needed.whole()
    value = limits.count_limit(chosen, present=present, quorum_count=_reasonable(case, count))
    return {"value": value}


def _scale(case: Field) -> limits.Scale:
    ends = (("min", -LARGEST), ("max", LARGEST))
    low, high = (case.whole_or(name, end, least=-LARGEST) for name, end in ends)
    if low > high:
        case["max"].refuse(f"is below the least value {low}")
    return limits.Scale(low, high, case.whole_or("step", 1, least=1))


def _control(case: Field) -> Json:
    organisations = case.maybe("organisations")
    accountable = case.maybe("accountable")
    also_inside = case.maybe("also_inside")
    inside = INSIDE | {item.text().lower() for item in (also_inside.items() if also_inside else ())}
    named = {
        name.lower(): votes for name, votes in (organisations.entries() if organisations else ())
    }
    bodies = {name: row for row, name in enumerate(named)}
    registers = {bodies[name]: _holders(votes, bodies) for name, votes in named.items()}
    resolved = resolve(_holders(case["votes"], bodies), registers, inside)
    result = control_test(
        resolved.votes,
        _board(case),
        inside | {THROUGH_HOLDINGS},
        is_accountable=None if accountable is None else accountable.truth(),
    )
    answer = asdict(result) | {
        "outside_block_on_75pct": list(result.outside_block_on_75pct),
        "verdict": str(result.verdict),
    }
    cut = sorted({step.holder for step in resolved.steps if step.was_cut})
    return answer | ({"cut_chains": cut} if cut else {})


def _holders(votes: Field, bodies: Mapping[str, int]) -> list[VotesHeld]:
    """Return who holds votes, on a scale on which parts of votes are whole."""
    held: dict[str, Fraction] = {}
    for name, amount in votes.entries():
        held[name.lower()] = held.get(name.lower(), Fraction(0)) + amount.amount()
    scale = lcm(1, *(number.denominator for number in held.values()))
    return [
        VotesHeld(name, name, int(number * scale), bodies.get(name))
        for name, number in held.items()
    ]


def _board(case: Field) -> dict[str, int]:
    board = case.maybe("board")
    seats: dict[str, int] = {}
    for name, number in board.entries() if board else ():
        seats[name.lower()] = seats.get(name.lower(), 0) + number.whole()
    return seats


def _staff_ballot(case: Field) -> Json:
    ballot = thresholds.StaffBallot(
        eligible=case["eligible"].whole(),
        yes=case["yes"].whole(),
        no=case["no"].whole(),
        spoilt=case.whole_or("spoilt", 0),
    )
    _no_more_than_eligible(case, ballot.eligible, ballot.yes + ballot.no + ballot.spoilt)
    return asdict(thresholds.count_staff_ballot(ballot))


def _resolution(case: Field) -> Json:
    kinds = [str(kind) for kind in thresholds.ResolutionKind]
    kind = re.sub(r"[\s-]+", "_", case["kind"].text().strip().lower())
    if kind not in kinds:
        case["kind"].refuse(f"there is no rule for {kind!r}; there are {', '.join(kinds)}")
    resolution = thresholds.Resolution(
        kind=thresholds.ResolutionKind(kind),
        eligible=case["eligible"].whole(),
        votes_for=case["votes_for"].whole(),
        votes_against=case["votes_against"].whole(),
        abstain=case.whole_or("abstain", 0),
        second=_second_meeting(case),
    )
    _no_more_than_eligible(case, resolution.eligible, resolution.votes + resolution.abstain)
    return asdict(thresholds.decide(resolution))


def _second_meeting(case: Field) -> thresholds.SecondMeeting | None:
    second = case.maybe("second")
    if second is None:
        return None
    figures = second.items()
    if len(figures) != 3:
        second.refuse("must hold votes for, votes against, and days after the first meeting")
    return thresholds.SecondMeeting(*(figure.whole() for figure in figures))


def _no_more_than_eligible(case: Field, eligible: int, taking_part: int) -> None:
    if taking_part > eligible:
        case.refuse(f"{taking_part} took part, but only {eligible} could")


def _eligible(case: Field, cast: int) -> int:
    eligible = case.whole_or("eligible", cast)
    _no_more_than_eligible(case, eligible, cast)
    return _reasonable(case, eligible)


def _quorum(case: Field) -> tuple[int, int]:
    quorum = case.maybe("quorum")
    if quorum is None:
        return policy.DEFAULT_QUORUM
    figures = quorum.items()
    if len(figures) != 2:
        quorum.refuse("must be a fraction: two whole numbers, such as [30, 100]")
    part, whole = figures[0].whole(), figures[1].whole(least=1)
    if part > whole:
        quorum.refuse(f"must not be more than everybody, but is {part} of {whole}")
    return part, whole


def _reasonable(case: Field, people: int) -> int:
    if people > MOST_PEOPLE:
        case.refuse(f"{people} people are more than any co-operative has")
    return people


KINDS = (
    Kind("weights of rules", lambda case: "ballots" in case and "status_quo" in case, _policy),
    Kind("control", lambda case: isinstance(case.value_of("votes"), dict), _control),
    Kind("limit", lambda case: isinstance(case.value_of("votes"), list), _limit),
    Kind("resolution", lambda case: "kind" in case and "votes_for" in case, _resolution),
    Kind("spin-out ballot", lambda case: "yes" in case and "no" in case, _staff_ballot),
)
