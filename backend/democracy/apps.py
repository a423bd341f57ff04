"""How Django finds this app."""

from django.apps import AppConfig

from backend.core.ticks import each_tick


class DemocracyConfig(AppConfig):
    """Names the app."""

    name = "backend.democracy"
    label = "democracy"

    def ready(self) -> None:
        """Have ballots close by themselves."""
        from backend.democracy.tick import tick

        each_tick(tick)
