"""The screens of a paper: one question each. A draft lives in the page's own hidden fields."""

from backend.democracy.pages.screens.approval import ApprovalScreen
from backend.democracy.pages.screens.choice import ChoiceScreen
from backend.democracy.pages.screens.order import OrderScreen
from backend.democracy.pages.screens.ranks import RanksScreen
from backend.democracy.pages.screens.scale import ScaleScreen
from backend.democracy.pages.screens.screen import Draft, Option, Screen
from backend.democracy.pages.screens.tokens import TokensScreen

__all__ = [
    "ApprovalScreen",
    "ChoiceScreen",
    "Draft",
    "Option",
    "OrderScreen",
    "RanksScreen",
    "ScaleScreen",
    "Screen",
    "TokensScreen",
]
