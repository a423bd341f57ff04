"""Questions as their officer writes them: one editor for each kind, drafts in the page alone."""

from collections.abc import Mapping

from backend.democracy.models import BallotKind
from backend.democracy.pages.editors.editor import Editor
from backend.democracy.pages.editors.options import PackagesEditor, PollEditor
from backend.democracy.pages.editors.resolution import ResolutionEditor
from backend.democracy.pages.editors.seats import SeatsEditor

EDITORS: Mapping[BallotKind, type[Editor]] = {
    BallotKind.RESOLUTION: ResolutionEditor,
    BallotKind.PACKAGES: PackagesEditor,
    BallotKind.ELECTION: SeatsEditor,
    BallotKind.POLL: PollEditor,
}
"""A policy ballot has one page for all its questions, see `forms/policy_form.py`."""

__all__ = ["EDITORS", "Editor"]
