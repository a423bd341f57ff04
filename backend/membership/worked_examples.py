"""The worked examples in words, for the guide: printed, so that it cannot differ from the code."""

from backend.counting.control import Verdict
from backend.membership.histories import Expected, stories
from backend.membership.models import ClassKind, LegalEntity
from backend.membership.selectors import control_statement
from backend.membership.statement import ControlStatement, Flag, FlagCode
from backend.organisation.models import Organisation

VERDICTS = {
    Verdict.GENUINE: "genuine",
    Verdict.NOT_GENUINE: "not genuine",
    Verdict.AMBIGUOUS: "ambiguous",
    Verdict.INCOMPLETE: "incomplete",
}


def worked_examples(organisation: Organisation) -> str:
    """Return the stories that an organisation's books hold, each with its statements."""
    parts = []
    for story in stories():
        rows = [_row(_statement(organisation, expected)) for expected in story.expected]
        parts.append(
            "\n".join(
                (
                    f"### {story.title}",
                    "",
                    story.about,
                    "",
                    "| as at | votes | for workers and users | board | verdict | look out for |",
                    "| --- | --- | --- | --- | --- | --- |",
                    *rows,
                )
            )
        )
    return "\n\n".join(parts) + "\n"


def percent(bp: int | None) -> str:
    """Return basis points as per cent with two places; None is not recorded."""
    return "not recorded" if bp is None else f"{bp // 100}.{bp % 100:02} %"


def _statement(organisation: Organisation, expected: Expected) -> ControlStatement:
    entity = LegalEntity.objects.select_related("kept_by").get(
        kept_by=organisation, external_id=expected.body
    )
    return control_statement(entity, expected.as_at)


def _row(statement: ControlStatement) -> str:
    votes = ", ".join(
        f"{row.holder or ClassKind(row.kind).label} {percent(row.share_bp)}"
        for row in statement.votes
    )
    board = ", ".join(f"{ClassKind(row.kind).label} {row.seats}" for row in statement.board)
    cells = (
        f"{statement.as_at:%B %Y}",
        votes,
        percent(statement.verdict.inside_votes_bp),
        f"{percent(statement.verdict.inside_board_bp)} ({board})" if board else "not recorded",
        f"**{VERDICTS[statement.verdict.verdict]}**",
        "; ".join(_flag(flag) for flag in statement.flags) or "nothing",
    )
    return f"| {' | '.join(cells)} |"


def _flag(flag: Flag) -> str:
    if flag.code is FlagCode.CAN_BLOCK:
        return f"{flag.subject} can block with {percent(flag.share_bp)}"
    if flag.code is FlagCode.COVENANT_BREACHED:
        now, bound = percent(flag.share_bp), percent(flag.bound_bp)
        return f"promise broken ({now} instead of {bound}): {flag.subject}"
    if flag.code is FlagCode.UNDISCLOSED:
        return f"{percent(flag.share_bp)} undisclosed"
    if flag.code is FlagCode.DILUTED:
        return f"{percent(flag.bound_bp)} a year before"
    return f"{flag.code.value}: {flag.subject}"
