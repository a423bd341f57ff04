"""Ballots: members vote and read results; each ballot's officer and scrutineers run it."""

from collections.abc import Mapping

from backend.accounts.policy.rules import (
    BALLOT_OFFICER,
    BALLOT_OFFICES,
    BALLOT_SCRUTINEER,
    MEMBERS,
    OFFICE_OF_REGISTER,
    Rule,
)

OPERATIONS: Mapping[str, Rule] = {
    "list_ballots": MEMBERS,
    "get_ballot": MEMBERS,
    "cast_ballot": MEMBERS,
    "get_ballot_log": MEMBERS,
    "list_ballot_receipts": MEMBERS,
    "get_ballot_result": MEMBERS,
    "download_ballot_package": MEMBERS,
    "challenge_ballot": MEMBERS,
    "create_ballot": OFFICE_OF_REGISTER,
    "get_ballot_office": BALLOT_OFFICES,
    "set_ballot_questions": BALLOT_OFFICER,
    "appoint_scrutineers": BALLOT_OFFICER,
    "freeze_roll": BALLOT_OFFICER,
    "correct_roll": BALLOT_OFFICER,
    "open_ballot": BALLOT_OFFICER,
    "issue_paper_ballot": BALLOT_OFFICER,
    "enter_paper_ballots": BALLOT_OFFICES,
    "declare_ballot": BALLOT_OFFICER,
    "decide_ballot_challenge": BALLOT_OFFICER,
    "void_ballot": BALLOT_OFFICER,
    "set_ballot_key": BALLOT_SCRUTINEER,
    "confirm_key_share": BALLOT_SCRUTINEER,
    "download_sealed_box": BALLOT_SCRUTINEER,
    "bring_opened_ballots": BALLOT_SCRUTINEER,
}
