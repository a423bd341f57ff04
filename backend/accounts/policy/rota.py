"""Weeks, runs, proposals and publications, and the carer's own week."""

from collections.abc import Mapping

from backend.accounts.policy.rules import OFFICE, OWN_CARER, Rule

OPERATIONS: Mapping[str, Rule] = {
    "list_branch_weeks": OFFICE,
    "open_week": OFFICE,
    "get_board": OFFICE,
    "get_visit": OFFICE,
    "list_visit_candidates": OFFICE,
    "get_ways_to_cover": OFFICE,
    "explain_visit": OFFICE,
    "assign_visit": OFFICE,
    "unassign_visit": OFFICE,
    "lock_visit": OFFICE,
    "unlock_visit": OFFICE,
    "list_runs": OFFICE,
    "start_run": OFFICE,
    "start_repair": OFFICE,
    "get_run": OFFICE,
    "stream_run_events": OFFICE,
    "cancel_run": OFFICE,
    "list_scenarios": OFFICE,
    "ask_scenario": OFFICE,
    "get_scenario": OFFICE,
    "cancel_scenario": OFFICE,
    "get_proposal": OFFICE,
    "accept_proposal": OFFICE,
    "reject_proposal": OFFICE,
    "preview_publication": OFFICE,
    "publish_rota": OFFICE,
    "list_publications": OFFICE,
    "download_rota_problem": OFFICE,
    "get_my_week": OWN_CARER,
    "get_my_visit": OWN_CARER,
    "list_my_changes": OWN_CARER,
    "mark_my_changes_seen": OWN_CARER,
    "reveal_my_key_safe_code": OWN_CARER,
}
