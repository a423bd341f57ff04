"""The package that is published with a declared result, so that anybody can count again.

`docs/ballots.md` says what stands where; `backend/democracy/recount/recount.py` counts it again.
"""

from collections.abc import Sequence

from backend.counting.canonical import digest
from backend.counting.lots import commitment
from backend.counting.questions import Draw, Question

FORMAT = "roundtable-package-1"

Json = dict[str, object]


def published_package(*, election: str, seed: str, questions: Sequence[Question]) -> Json:
    """Count an election and return its package: votes, seed, declared result and hash.

    Parameters
    ----------
    seed
        What was drawn before the first vote; its hash was published then.

    Raises
    ------
    ValueError
        Two questions have one id.
    """
    if len({question.id for question in questions}) < len(questions):
        raise ValueError("two questions have the same id")
    package: Json = {
        "package": FORMAT,
        "election": election,
        "lots": {"seed": seed, "commitment": commitment(seed)},
        "questions": [
            {"id": question.id, "method": question.method, "inputs": question.inputs()}
            for question in questions
        ],
    }
    draw = Draw(seed, election)
    result: Json = {
        "election": election,
        "inputs_hash": digest(package),
        "answers": [
            {"id": question.id, "method": question.method, "result": question.result(draw)}
            for question in questions
        ],
    }
    return package | {"declared": {"result": result, "result_hash": digest(result)}}
