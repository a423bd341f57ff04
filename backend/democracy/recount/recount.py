#!/usr/bin/env python3
"""Count a published election again: `python3 recount.py package.json`.

This one file needs nothing but Python 3.11 or newer, and shares no line with the program that
declared the result; where it could, it takes another way to the same answer. It prints the result
as canonical JSON, its SHA-256, and whether both are what was declared. It ends with 0 if they
are, with 1 if not, and with 2 if the package makes no sense.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

Inputs = dict[str, Any]
Answer = dict[str, Any]
Papers = list[tuple[int, list[int]]]
Votes = dict[int, Fraction]


class PackageError(Exception):
    """The package cannot be counted; the message says why."""


NONSENSE = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What Python raises over a package whose parts are of another kind than they should be."""


def main(words: list[str]) -> int:
    """Count the package that the words name."""
    if len(words) != 1:
        sys.stderr.write("Usage: python3 recount.py package.json\n")
        return 2
    try:
        text = Path(words[0]).read_text(encoding="utf-8")
        package = json.loads(
            text,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
            object_pairs_hook=_no_twins,
        )
        result = recount(package)
    except (OSError, UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        sys.stderr.write(f"{words[0]} cannot be read: {error}\n")
        return 2
    except (PackageError, *NONSENSE) as error:
        sys.stderr.write(f"{words[0]} makes no sense: {error}\n")
        return 2
    sys.stdout.write(f"{canonical(result)}\n{digest(result)}\n")
    if is_declared(package, result):
        sys.stdout.write("This is the declared result.\n")
        return 0
    sys.stdout.write("This is NOT the declared result.\n")
    return 1


def is_declared(package: Any, result: Any) -> bool:
    """Return whether a package declares exactly this result, to the letter."""
    found = {"result": result, "result_hash": digest(result)}
    return canonical(package["declared"]) == canonical(found)


def recount(package: Any) -> dict[str, Any]:
    """Return the result of a package; what it declares is not looked at."""
    check_names(package, "package", "election", "lots", "questions", "declared")
    check_names(package["lots"], "seed", "commitment")
    seed, election = package["lots"]["seed"], package["election"]
    if package["package"] != "roundtable-package-1":
        raise PackageError(f"the format {package['package']!r} is not known")
    if hashlib.sha256(seed.encode()).hexdigest() != package["lots"]["commitment"]:
        raise PackageError("the seed is not the one whose hash was announced")
    published = {name: part for name, part in package.items() if name != "declared"}
    answers = []
    for question in package["questions"]:
        check_names(question, "id", "method", "inputs")
        if question["method"] not in METHODS:
            raise PackageError(f"the method {question['method']!r} is not known")
        count, names = METHODS[question["method"]]
        check_names(question["inputs"], *names.split())
        found = count(question["inputs"], Lots(seed, election))
        answers.append({"id": question["id"], "method": question["method"], "result": found})
    return {"election": election, "inputs_hash": digest(published), "answers": answers}


def canonical(value: Any) -> str:
    """Return JSON with sorted names, no spaces and letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def check_names(part: Any, *names: str) -> None:
    """Refuse an object that lacks a name or has one too many."""
    if not isinstance(part, dict) or set(part) != set(names):
        raise PackageError(f"there must be exactly {', '.join(names)}, but there is {part!r:.80}")


def check(
    holds: bool,  # noqa: FBT001  it reads as a sentence
    otherwise: str,
) -> None:
    """Refuse votes that cannot be."""
    if not holds:
        raise PackageError(otherwise)


def _no_fraction(digits: str) -> Any:
    raise PackageError(f"{digits} is not a whole number")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    check(len(dict(pairs)) == len(pairs), "a name stands twice in one object")
    return dict(pairs)


# Lots: all candidates in the order of a hash of seed, election and number.


class Lots:
    """Lots of one count; the earliest in order goes first, the latest is excluded."""

    def __init__(self, seed: str, election: str) -> None:
        self.hash_of = lambda n: hashlib.sha256(f"{seed}|{election}|{n}".encode()).hexdigest()
        self.drawn: list[dict[str, Any]] = []

    def draw(self, tied: list[int], *, last: bool) -> int:
        """Return the first or last of several in lot order, and remember it."""
        chosen = (max if last else min)(tied, key=self.hash_of)
        self.drawn.append({"tied": sorted(tied), "drawn": chosen})
        return chosen


# im-1: each rule gets the median of what ballots gave it and of n + 1 rising phantoms.


def count_weights(inputs: Inputs, _lots: Lots) -> Answer:
    """Return the weights of rules in thousandths, and exactly."""
    tokens, present, given = inputs["tokens"], inputs["present"], inputs["given"]
    cast = len(given[0])
    check(len(given) == len(present) == len(inputs["rules"]), "each rule needs its list")
    check(all(len(row) == cast for row in given), "each rule needs one number for each ballot")
    check(sum(map(sum, given)) == cast * tokens, "the tokens do not add up")
    check(all(0 <= n <= tokens for row in given for n in row), "a number of tokens cannot be")
    needed, filled = missing_ballots(cast, inputs)
    whole = tokens * sum(present)
    columns = [
        [n * sum(present) for n in row] + [weight * tokens] * filled
        for row, weight in zip(given, present, strict=True)
    ]
    exact = [Fraction(weight, sum(present)) for weight in present]
    if cast + filled:
        level = level_of_phantoms(columns, whole)
        exact = [median_with_phantoms(column, whole, level)[0] for column in columns]
    weights = [int(1000 * share) for share in exact]
    while sum(weights) < 1000:
        behind = [1000 * share - weight for share, weight in zip(exact, weights, strict=True)]
        weights[behind.index(max(behind))] += 1
    return {
        "cast": cast,
        "quorum_count": needed,
        "filled": filled,
        "weights": weights,
        "exact": [str(share) for share in exact],
    }


def missing_ballots(cast: int, inputs: Inputs) -> tuple[int, int]:
    """Return how many ballots a quorum needs, and how many are missing."""
    part, whole = inputs["quorum"]
    check(cast <= inputs["eligible"], "more ballots than members")
    needed = int(Fraction(inputs["eligible"] * part, whole))
    if needed * whole < inputs["eligible"] * part:
        needed += 1
    return needed, max(0, needed - cast)


def median_with_phantoms(
    column: list[int], whole: int, level: Fraction
) -> tuple[Fraction, tuple[Fraction, int]]:
    """Return the median of shares and phantoms, and as (constant, slope) near this level."""
    top, bottom = level.numerator, level.denominator
    # A phantom stands at k times the level, but never above the whole.
    points = [(share * bottom, share, 0) for share in column]
    for k in range(len(column) + 1):
        if k * top < bottom:
            points.append((k * top * whole, 0, k))
        else:
            points.append((whole * bottom, whole, 0))
    points.sort()
    place, share, k = points[len(column)]
    return Fraction(place, whole * bottom), (Fraction(share, whole), k)


def level_of_phantoms(columns: list[list[int]], whole: int) -> Fraction:
    """Return a level at which the medians make exactly one."""

    def medians(level: Fraction) -> list[tuple[Fraction, tuple[Fraction, int]]]:
        return [median_with_phantoms(column, whole, level) for column in columns]

    low, high = Fraction(0), Fraction(1)
    for _ in range(400):
        for level in (low, high):
            lines = [line for _, line in medians(level)]
            slope = sum(k for _, k in lines)
            constant = sum((share for share, _ in lines), Fraction(0))
            tried = (1 - constant) / slope if slope else level
            if 0 <= tried <= 1 and sum(value for value, _ in medians(tried)) == Fraction(1):
                return tried
        middle = (low + high) / 2
        if sum(value for value, _ in medians(middle)) < 1:
            low = middle
        else:
            high = middle
    raise PackageError("no level was found at which the weights make one")


# median-1


def count_limit(inputs: Inputs, _lots: Lots) -> Answer:
    """Return the value that as many are above as below."""
    low, high, step = inputs["scale"]
    chosen, present = inputs["chosen"], inputs["present"]
    check(all(value in range(low, high + 1, step) for value in chosen), "a value off the scale")
    needed, missing = missing_ballots(len(chosen), inputs)
    values = chosen + [present] * missing
    values += [present] * (1 - len(values) % 2)
    for value in sorted(set(values)):
        if 2 * sum(other <= value for other in values) > len(values):
            return {"cast": len(chosen), "quorum_count": needed, "value": value}
    raise PackageError("no value is in the middle")


# resolution-1 and spin-out-1


def count_resolution(inputs: Inputs, _lots: Lots) -> Answer:
    """Return whether the first meeting carried a resolution, and whether it is passed."""
    eligible, for_it, against = (inputs[n] for n in ("eligible", "votes_for", "votes_against"))
    votes = for_it + against
    present = votes + inputs["abstain"]
    check(min(for_it, against, inputs["abstain"]) >= 0, "votes below zero")
    check(present <= eligible, "more people than members")
    twice, two_thirds = False, 3 * for_it >= 2 * votes and for_it > 0
    kind = inputs["kind"]
    if kind in ("conversion", "merger"):
        first = 4 * for_it >= 3 * votes and for_it > 0 and 2 * votes >= eligible
        twice = True
    elif kind in ("amalgamation", "transfer"):
        first = two_thirds
        twice = True
    elif kind == "rule_change":
        first = two_thirds and 4 * present >= eligible
    elif kind == "ordinary":
        first = for_it > against and 10 * present >= min(10 * eligible, max(100, eligible))
    elif kind in ("confirmation", "admission"):
        first = for_it > against
    else:
        raise PackageError(f"there is no resolution of the kind {kind!r}")
    passed = first
    if twice:
        second = inputs["second"]
        passed = first and bool(second) and second[0] > second[1] and 14 <= second[2] <= 31
    return {"first_meeting": first, "passed": passed}


def count_staff(inputs: Inputs, _lots: Lots) -> Answer:
    """Return how large the support among all staff is."""
    eligible, yes, no, spoilt = (inputs[name] for name in ("eligible", "yes", "no", "spoilt"))
    check(min(yes, no, spoilt) >= 0 and yes + no + spoilt <= eligible, "these votes cannot be")
    return {
        "turnout_bp": (yes + no + spoilt) * 10000 // eligible if eligible else None,
        "of_cast_bp": yes * 10000 // (yes + no) if yes + no else None,
        "of_staff_bp": yes * 10000 // eligible if eligible else None,
        "majority_of_votes": yes > no,
        "majority_of_staff": yes > eligible - yes,
    }


# schulze-1: who can be reached over comparisons that at least so many people decided.


def count_packages(inputs: Inputs, lots: Lots) -> Answer:
    """Return the package that no other beats."""
    options = range(1, len(inputs["options"]) + 1)
    above = {(x, y): 0 for x in options for y in options}
    for times, groups in inputs["papers"]:
        named = [n for group in groups for n in group]
        check(len(named) == len(set(named)) and set(named) <= set(options), "a paper cannot be")
        rest = [n for n in options if n not in named]
        for place, group in enumerate(groups):
            lower = [n for other in groups[place + 1 :] for n in other] + rest
            for x in group:
                for y in lower:
                    above[x, y] += times
    won = {(x, y): n for (x, y), n in above.items() if n > above[y, x]}
    strength = {}
    for least in sorted(set(won.values())):
        for x in options:
            for y in reached(x, [pair for pair, n in won.items() if n >= least]):
                strength[x, y] = least
    beaten_by = {
        y: {x for x in options if x != y and strength.get((x, y), 0) > strength.get((y, x), 0)}
        for y in options
    }
    unbeaten = [y for y in options if not beaten_by[y]]
    winner, decided_by = unbeaten[0], "comparison"
    if len(unbeaten) > 1:
        if inputs["present"] in unbeaten:
            winner, decided_by = inputs["present"], "present_policy"
        else:
            winner, decided_by = lots.draw(unbeaten, last=False), "lot"
    return {
        "winner": winner,
        "unbeaten": unbeaten,
        "wins": [sum(x in beaten_by[y] for y in options) for x in options],
        "preferred": [[above[x, y] for y in options] for x in options],
        "decided_by": decided_by,
    }


def reached(start: int, pairs: list[tuple[int, int]]) -> set[int]:
    """Return whom a chain of wins leads to."""
    found: set[int] = set()
    new = {start}
    while new:
        new = {y for x, y in pairs if x in new} - found
        found |= new
    return found


# scottish-stv-1 and casual-vacancy-1: fractions of a vote, cut off after five decimals.


def usable_papers(inputs: Inputs, gone: int | None = None) -> tuple[Papers, list[int]]:
    """Return [times, ranking] of those who stand, and their numbers."""
    everybody = range(1, len(inputs["candidates"]) + 1)
    standing = [n for n in everybody if n not in inputs["withdrawn"] and n != gone]
    check(inputs["seats"] >= 1, "there are no seats")
    papers: Papers = []
    for times, *ranking in inputs["papers"]:
        check(times > 0 and len(set(ranking)) == len(ranking), "a paper cannot be")
        check(set(ranking) <= set(everybody), "a paper names somebody who did not stand")
        ranking = [n for n in ranking if n in standing]
        if ranking:
            papers.append((times, ranking))
    return papers, standing


@dataclass
class Stages:
    """A Scottish count: its table, and what it came to."""

    table: list[dict[str, Any]]
    elected: list[int]
    without_quota: list[int]
    quota: int
    history: list[Votes]
    """Votes after each stage, the latest first."""


@dataclass
class Line:
    """Papers alike: with whom they lie, and what one of them is worth."""

    times: int
    ranking: list[int]
    holder: int | None
    value: Fraction


def count_stages(
    inputs: Inputs, lots: Lots, leaver: int | None = None, sitting: tuple[int, ...] = ()
) -> Stages:
    """Return stages, who is elected, and of these who did not reach the quota, and the quota."""
    papers, continuing = usable_papers(inputs, leaver)
    everybody = range(1, len(inputs["candidates"]) + 1)
    seats = inputs["seats"]
    valid = sum(times for times, _ in papers)
    quota = valid // (seats + 1) + 1
    lines = [Line(times, ranking, ranking[0], Fraction(1)) for times, ranking in papers]
    count = Stages([], [], [], quota, [])
    transferred: set[int] = set()
    action, moved = "first_preferences", None
    while True:
        votes = {n: Fraction(quota if n in transferred else 0) for n in everybody}
        for line in lines:
            if line.holder is not None and line.holder not in transferred:
                votes[line.holder] += line.times * line.value
        count.history.insert(0, votes)
        new = [n for n in continuing if votes[n] >= quota]
        if len(continuing) <= seats - len(count.elected):
            below = [n for n in continuing if votes[n] < quota]
            count.without_quota += in_order(below, votes)
            new = list(continuing)
        new = in_order(new, votes)
        continuing = [n for n in continuing if n not in new]
        count.elected += new
        row = {
            "stage": len(count.table) + 1,
            "action": action,
            "candidate": moved,
            "votes": [five_decimals(votes[n]) for n in everybody],
            "non_transferable": five_decimals(valid - sum(votes.values(), Fraction(0))),
            "elected": new,
        }
        count.table.append(row)
        newcomer = leaver is not None and bool(set(count.elected) - set(sitting))
        if len(count.elected) >= seats or not continuing or newcomer:
            return count
        over = [n for n in count.elected if votes[n] > quota]
        part = Fraction(1)
        if over:
            action, moved = "transfer_surplus", extreme(over, count.history, lots, last=False)
            transferred.add(moved)
            part = (votes[moved] - quota) / votes[moved]
        else:
            lowest = [n for n in continuing if n not in sitting]
            action, moved = "exclude", extreme(lowest, count.history, lots, last=True)
            continuing.remove(moved)
        for line in lines:
            if line.holder == moved:
                later = line.ranking[line.ranking.index(moved) + 1 :]
                line.holder = next((n for n in later if n in continuing), None)
                line.value = Fraction(int(line.value * part * 100000), 100000)


def in_order(numbers: list[int], votes: dict[int, Any]) -> list[int]:
    """Return candidates by falling votes, and by number where they are equal."""
    return sorted(sorted(numbers), key=lambda n: votes[n], reverse=True)


def extreme(numbers: list[int], history: list[Votes], lots: Lots, *, last: bool) -> int:
    """Return who has most (or, if last, fewest) votes now, else before, and so on; else by lot."""
    record = {n: [votes[n] for votes in history] for n in numbers}
    best = (min if last else max)(record.values())
    tied = [n for n in numbers if record[n] == best]
    return tied[0] if len(tied) == 1 else lots.draw(tied, last=last)


def five_decimals(votes: Fraction) -> str:
    """Return a number of votes as it is printed."""
    units = int(votes * 100000)
    return f"{units // 100000}.{units % 100000:05d}"


def count_seats(inputs: Inputs, lots: Lots) -> Answer:
    """Return the Scottish count."""
    count = count_stages(inputs, lots)
    return {
        "quota": count.quota,
        "elected": count.elected,
        "elected_without_quota": count.without_quota,
        "stages": count.table,
        "lots": lots.drawn,
    }


def count_vacancy(inputs: Inputs, lots: Lots) -> Answer:
    """Return who takes the seat of one who left."""
    sitting = inputs["sitting"]
    count = count_stages(inputs, lots, inputs["leaver"], sitting)
    others = [n for n in count.elected if n not in sitting]
    taker = extreme(others, count.history, lots, last=False) if others else None
    return {"elected": taker, "stages": count.table, "lots": lots.drawn}


# meek-1: decimals of fifty digits, paper by paper.


def count_meek(inputs: Inputs, lots: Lots) -> Answer:
    """Return who is elected and who excluded, in order."""
    papers, standing = usable_papers(inputs)
    seats = inputs["seats"]
    keep = {n: Decimal(1) for n in standing}
    elected: list[int] = []
    excluded: list[int] = []
    history: list[dict[int, Decimal]] = []
    with localcontext() as context:
        context.prec = 50
        while True:
            votes, quota = settle(papers, keep, elected, seats)
            hopeful = [n for n in standing if n not in elected and n not in excluded]
            new = [n for n in hopeful if votes[n] - quota > Decimal("1e-9")]
            if len(elected) + len(hopeful) <= seats:
                new = hopeful
            elected += in_order(new, votes)
            if len(elected) == seats or len(new) == len(hopeful):
                break
            if not new:
                history.insert(0, votes)
                lowest = hopeful
                for earlier in history:
                    fewest = min(earlier[n] for n in lowest)
                    lowest = [n for n in lowest if earlier[n] - fewest < Decimal("1e-9")]
                out = lowest[0] if len(lowest) == 1 else lots.draw(lowest, last=True)
                excluded.append(out)
                keep[out] = Decimal(0)
    return {"elected": elected, "excluded": excluded, "lots": lots.drawn}


def settle(
    papers: Papers, keep: dict[int, Decimal], elected: list[int], seats: int
) -> tuple[dict[int, Decimal], Decimal]:
    """Lower what the elected keep until nobody has more than the quota; return votes, quota."""
    for _ in range(20_000):
        votes = dict.fromkeys(keep, Decimal(0))
        for times, ranking in papers:
            left = Decimal(times)
            for n in ranking:
                kept = left * keep[n]
                votes[n] += kept
                left -= kept
                if not left:
                    break
        quota = sum(votes.values(), Decimal(0)) / (seats + 1)
        surplus = sum((max(Decimal(0), votes[n] - quota) for n in elected), Decimal(0))
        if surplus < Decimal("1e-12"):
            return votes, quota
        for n in elected:
            keep[n] = min(Decimal(1), keep[n] * quota / votes[n])
    raise PackageError("Meek's count does not settle")


# approval-1: one comparison for each option.


def count_approval(inputs: Inputs, _lots: Lots) -> Answer:
    """Return options by how many approve of them, equal ones together."""
    approved, numbers = inputs["approved"], range(1, len(inputs["options"]) + 1)
    if len(approved) != len(numbers) or any(not 0 <= got <= inputs["cast"] for got in approved):
        raise PackageError("approvals do not fit the options or the papers")
    ahead = {n: sum(other > approved[n - 1] for other in approved) for n in numbers}
    places = sorted(set(ahead.values()))
    return {"ranking": [[n for n in numbers if ahead[n] == place] for place in places]}


RANKED = "seats candidates withdrawn rejected papers"
METHODS = {
    "im-1": (count_weights, "rules tokens eligible quorum present given"),
    "median-1": (count_limit, "scale present eligible quorum chosen"),
    "resolution-1": (count_resolution, "kind eligible votes_for votes_against abstain second"),
    "spin-out-1": (count_staff, "eligible yes no spoilt"),
    "schulze-1": (count_packages, "options present papers"),
    "approval-1": (count_approval, "options cast approved"),
    "scottish-stv-1": (count_seats, RANKED),
    "casual-vacancy-1": (count_vacancy, f"{RANKED} leaver sitting"),
    "meek-1": (count_meek, RANKED),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
