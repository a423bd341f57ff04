"""Addresses of this app, under /api/."""

from django.urls import path

from backend.democracy.api import members, office, scrutineers

ONE = "ballots/<int:ballot_id>"

urlpatterns = [
    path("ballots", members.Ballots.as_view()),
    path(ONE, members.OneBallot.as_view()),
    path(f"{ONE}/mine", members.MyBallot.as_view()),
    path(f"{ONE}/log", members.BallotLog.as_view()),
    path(f"{ONE}/receipts", members.Receipts.as_view()),
    path(f"{ONE}/result", members.BallotResult.as_view()),
    path(f"{ONE}/package", members.DownloadPackage.as_view()),
    path(f"{ONE}/challenge", members.ChallengeBallot.as_view()),
    path(f"{ONE}/office", office.BallotOffice.as_view()),
    path(f"{ONE}/questions", office.Questions.as_view()),
    path(f"{ONE}/scrutineers", office.Scrutineers.as_view()),
    path(f"{ONE}/freeze-roll", office.FreezeRoll.as_view()),
    path(f"{ONE}/correct-roll", office.CorrectRoll.as_view()),
    path(f"{ONE}/open", office.OpenBallot.as_view()),
    path(f"{ONE}/issue-paper", office.IssuePaper.as_view()),
    path(f"{ONE}/papers", office.EnterPapers.as_view()),
    path(f"{ONE}/declare", office.DeclareBallot.as_view()),
    path(f"{ONE}/decide-challenge", office.DecideChallenge.as_view()),
    path(f"{ONE}/void", office.VoidBallot.as_view()),
    path(f"{ONE}/key", scrutineers.Key.as_view()),
    path(f"{ONE}/confirm-share", scrutineers.ConfirmShare.as_view()),
    path(f"{ONE}/box", scrutineers.SealedBox.as_view()),
    path(f"{ONE}/opened", scrutineers.OpenedBallots.as_view()),
]
