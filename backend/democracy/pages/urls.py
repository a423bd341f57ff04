"""Addresses of the ballots' pages. None ever holds what somebody voted, or a receipt."""

from django.urls import path

from backend.democracy.pages.views.calling import call_page, plan_page
from backend.democracy.pages.views.challenge import challenge_page
from backend.democracy.pages.views.naming import naming_page
from backend.democracy.pages.views.officer import officer_page
from backend.democracy.pages.views.overview import ballot_list, ballot_page
from backend.democracy.pages.views.preview import preview_page
from backend.democracy.pages.views.questions import question_page, questions_page
from backend.democracy.pages.views.receipts import check_page, receipt_page
from backend.democracy.pages.views.results import (
    log_file,
    log_page,
    named_ballot,
    package_file,
    recount_script,
    result_page,
)
from backend.democracy.pages.views.roll import roll_page
from backend.democracy.pages.views.scrutineer import box_file, scrutineer_page
from backend.democracy.pages.views.typing import typing_page
from backend.democracy.pages.views.voting import vote_page

NAMED = "member/ballots/named/<slug:code>"
ONE = "member/ballots/<int:ballot_id>"

urlpatterns = [
    path("member/ballots/", ballot_list, name="ballot_list"),
    path("member/ballots/call", call_page, name="call_page"),
    path("member/ballots/recount.py", recount_script, name="recount_script"),
    path(f"{NAMED}/result", named_ballot, {"page": "result_page"}, name="named_result"),
    path(f"{NAMED}/package.json", named_ballot, {"page": "package_file"}, name="named_package"),
    path(ONE, ballot_page, name="ballot_page"),
    path(f"{ONE}/vote", vote_page, name="vote_page"),
    path(f"{ONE}/receipt", receipt_page, name="receipt_page"),
    path(f"{ONE}/check", check_page, name="check_page"),
    path(f"{ONE}/result", result_page, name="result_page"),
    path(f"{ONE}/package.json", package_file, name="package_file"),
    path(f"{ONE}/log", log_page, name="log_page"),
    path(f"{ONE}/log.json", log_file, name="log_file"),
    path(f"{ONE}/officer", officer_page, name="officer_page"),
    path(f"{ONE}/officer/plan", plan_page, name="plan_page"),
    path(f"{ONE}/officer/questions", questions_page, name="questions_page"),
    path(f"{ONE}/officer/questions/<slug:name>", question_page, name="question_page"),
    path(f"{ONE}/officer/preview", preview_page, name="preview_page"),
    path(f"{ONE}/officer/scrutineers", naming_page, name="naming_page"),
    path(f"{ONE}/officer/roll", roll_page, name="roll_page"),
    path(f"{ONE}/papers", typing_page, name="typing_page"),
    path(f"{ONE}/challenge", challenge_page, name="challenge_page"),
    path(f"{ONE}/scrutineer", scrutineer_page, name="scrutineer_page"),
    path(f"{ONE}/box.json", box_file, name="box_file"),
]
