"""Everything that moves a ballot on. Keyword arguments only; `actor` and `now` as everywhere.

For casting and closing, `now` is `backend.core.database_clock.database_now()`: no web server's
clock decides whether a vote was in time.

==================== ================================================================ ============
call                 keyword arguments besides `actor`, `now`                          returns
==================== ================================================================ ============
create_ballot        plan: BallotPlan                                                  Ballot
change_plan          ballot_id, plan: BallotPlan                                       Ballot
set_paper            ballot_id, paper: list of questions (see `papers.py`)             Ballot
appoint_scrutineers  ballot_id, user_ids: three                                        Ballot
freeze_roll          ballot_id                                                         Ballot
correct_roll         ballot_id, membership_id, is_added: bool, reason                  Ballot
set_key              ballot_id, public_key: 64 hexadecimal digits                      Ballot
confirm_share        ballot_id, public_key                                             Ballot
open_ballot          ballot_id                                                         Ballot
issue_paper          ballot_id, number: of the member                                  RollEntry
cast_ballot          ballot_id, answers: by question id, is_assisted: bool             str: receipt
close_ballot         ballot_id  (no actor: the ticker's, see `tick.py`)                Ballot
enter_papers         ballot_id, papers: list of (constituency_id, answers)             bool: agreed
unlink_ballot        ballot_id  (no actor: the ticker's)                               Ballot
receive_opened       ballot_id, opened: {random id: content}                           Ballot
declare_ballot       ballot_id                                                         Ballot
challenge_ballot     ballot_id, reason                                                 Ballot
decide_challenge     ballot_id, is_upheld: bool, reason                                Ballot
finish_ballot        ballot_id  (no actor: the ticker's)                               Ballot
void_ballot          ballot_id, reason                                                 Ballot
==================== ================================================================ ============

`actor` is the member for `cast_ballot` and `challenge_ballot`, a scrutineer for `set_key`,
`confirm_share` and `receive_opened`, and the ballot's returning officer else.
Each refusal is beside its service and in `steps.py`; reads are in `selectors/`.
"""

from backend.democracy.services.casting import BadAnswerError, cast_ballot
from backend.democracy.services.closing import close_ballot, rewrite_roll, unlink_ballot
from backend.democracy.services.declaring import (
    challenge_ballot,
    challenge_until,
    decide_challenge,
    declare_ballot,
    finish_ballot,
    receive_opened,
    void_ballot,
)
from backend.democracy.services.preparing import (
    BallotPlan,
    appoint_scrutineers,
    change_plan,
    confirm_share,
    create_ballot,
    open_ballot,
    paper_of,
    set_key,
    set_paper,
)
from backend.democracy.services.rolls import (
    correct_roll,
    freeze_roll,
    issue_paper,
    members_asked,
)
from backend.democracy.services.typing_in import enter_papers

__all__ = [
    "BadAnswerError",
    "BallotPlan",
    "appoint_scrutineers",
    "cast_ballot",
    "challenge_ballot",
    "challenge_until",
    "change_plan",
    "close_ballot",
    "confirm_share",
    "correct_roll",
    "create_ballot",
    "decide_challenge",
    "declare_ballot",
    "enter_papers",
    "finish_ballot",
    "freeze_roll",
    "issue_paper",
    "members_asked",
    "open_ballot",
    "paper_of",
    "receive_opened",
    "rewrite_roll",
    "set_key",
    "set_paper",
    "unlink_ballot",
    "void_ballot",
]
