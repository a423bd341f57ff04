"""A policy ballot speaks of the rota by the keys of its rules and limits, so that a policy follows.

The officer says which limits are asked and on which scale; everything that is known already (the
seven rules, their names, what is in force) is put in here, and what does not fit is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backend.counting.fields import Field
from backend.counting.input_error import InputError
from backend.democracy.papers import AskedLimit, AskedWeights, Paper
from backend.organisation.models import Organisation, RuleArea
from backend.organisation.policy_words import LIMIT_WORDS
from backend.organisation.rota_policy import NOTICE_DAYS, RULE_NAMES, TOKENS, VOTED_LIMITS
from backend.organisation.selectors import list_rules_in_force
from backend.rota.selectors.policy import policy_on, shares_of

WEIGHTS_TITLE: Final = "How much does each rule of the rota count?"


@dataclass(frozen=True, slots=True)
class PresentPolicy:
    """What is in force on a day: thousandths in the order of the paper, and limits by name.

    `number` is the version's; None before the members' first vote.
    """

    number: int | None
    weights: list[int]
    limits: Mapping[str, int]


def present_policy(organisation: Organisation, on: date) -> PresentPolicy:
    """Return the organisation's policy in force on a day, whatever its branches have.

    Raises
    ------
    NoRuleInForceError
        Nothing was in force on that day.
    """
    rules = policy_on(organisation, on)
    weights, _ = shares_of(rules)
    of_notice = (
        row.values[NOTICE_DAYS]
        for row in list_rules_in_force(organisation, on)
        if row.area == RuleArea.NOTICE and row.branch is None
    )
    known = {**rules.values, **rules.values.get("voted", {}), NOTICE_DAYS: next(of_notice, None)}
    return PresentPolicy(
        number=rules.policy_version.number if rules.policy_version else None,
        weights=[weights[name] for name in RULE_NAMES],
        limits={name: known[name] for name in VOTED_LIMITS if known.get(name) is not None},
    )


def completed_paper(rows: object, present: PresentPolicy) -> list[dict[str, Any]]:
    """Return the questions with everything in them that follows from the keys and the policy.

    Raises
    ------
    InputError
        A limit that the rota does not know, or a `present` value that is not in force.
    """
    return [_completed(row, present) for row in Field(rows, "paper").items()]


def require_enactable(paper: Paper) -> None:
    """Refuse a paper whose result could not become the policy of the rota.

    Raises
    ------
    InputError
        Names the question and what to mend.
    """
    weights = [one for one in paper.questions if isinstance(one, AskedWeights)]
    if len(weights) != 1:
        raise InputError("paper", "must ask once for the weights of the rules")
    for place, asked in enumerate(paper.questions):
        row = Field(dict(asked.row), f"paper[{place}]")
        if isinstance(asked, AskedWeights):
            _require_weights(asked, row)
        elif isinstance(asked, AskedLimit):
            _require_limit(asked, row)


def speaks_of_the_rota(paper: Paper) -> bool:
    """Say whether a policy follows from a paper; those set before there were keys make none."""
    asked = [one.rules for one in paper.questions if isinstance(one, AskedWeights)]
    limits = {one.id for one in paper.questions if isinstance(one, AskedLimit)}
    return asked == [RULE_NAMES] and limits <= VOTED_LIMITS.keys()


def _completed(row: Field, present: PresentPolicy) -> dict[str, Any]:
    ask, given = row["ask"].text(), {name: part.value for name, part in row.entries()}
    if ask == AskedWeights.ask:
        return {
            "title": WEIGHTS_TITLE,
            "rules": list(RULE_NAMES),
            "tokens": TOKENS,
            **given,
            "present": _in_force(row, present.weights),
            "present_version": present.number,
        }
    if ask == AskedLimit.ask:
        return _completed_limit(row, given, present)
    return given


def _completed_limit(
    row: Field, given: Mapping[str, Any], present: PresentPolicy
) -> dict[str, Any]:
    name = row["id"].text()
    words = LIMIT_WORDS.get(name)
    if words is None:
        row["id"].refuse(f"is no limit of the rota; there are {', '.join(VOTED_LIMITS)}")
    completed = {"title": words.title, "unit": words.unit, **given}
    if name in present.limits:
        completed["present"] = _in_force(row, present.limits[name])
    elif row.maybe("present") is None:
        row.refuse("has no limit in force: give as present the value that changes nothing")
    least, most = VOTED_LIMITS[name]
    if words.law_end and given.get(words.law_end) == {"low": least, "high": most}[words.law_end]:
        completed = {"law_end": words.law_end, "law": words.law, **completed}
    return completed


def _in_force(row: Field, value: object) -> object:
    given = row.maybe("present")
    if given is not None and given.value != value:
        given.refuse(f"is not in force; leave it out, or give {value}")
    return value


def _require_weights(asked: AskedWeights, row: Field) -> None:
    if asked.rules != RULE_NAMES:
        row["rules"].refuse(f"must be {', '.join(RULE_NAMES)}, in this order")
    if asked.tokens != TOKENS:
        row.refuse(f"must place {TOKENS} tokens, not {asked.tokens}")


def _require_limit(asked: AskedLimit, row: Field) -> None:
    if asked.id not in VOTED_LIMITS:
        row["id"].refuse(f"is no limit of the rota; there are {', '.join(VOTED_LIMITS)}")
    least, most = VOTED_LIMITS[asked.id]
    for end in ("low", "high"):
        row[end].whole(least=least, most=most)
