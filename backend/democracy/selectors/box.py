"""The sealed box as a file for the scrutineers' tool."""

from backend.core.errors import RefusalError
from backend.democracy.models import Ballot

FORMAT = "roundtable-box-1"


class BoxNotReadyError(RefusalError):
    """The names are not taken off yet, or the box is empty again."""

    code = "democracy.box_not_ready"


def exported_box(ballot: Ballot) -> dict[str, object]:
    """Return all envelopes of an unlinked ballot, by random id.

    Not before the roll is rewritten: until then the database's disk still knows whose is whose.
    """
    if not ballot.is_rewritten:
        raise BoxNotReadyError
    sealed = {str(row.random_id): bytes(row.sealed).hex() for row in ballot.box.all()}
    return {
        "format": FORMAT,
        "ballot": ballot.code,
        "public_key": ballot.public_key,
        "sealed": dict(sorted(sealed.items())),
    }
