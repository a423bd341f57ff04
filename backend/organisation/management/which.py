"""Which organisation and branch a command is about, by the names people type."""

from django.core.management.base import CommandError

from backend.organisation.models import Branch, Organisation


def organisation_called(external_id: str | None) -> Organisation:
    """Return an organisation; None: the only one.

    Raises
    ------
    CommandError
        There is none, or several and no name.
    """
    found = Organisation.objects.order_by("external_id")
    if external_id is not None:
        found = found.filter(external_id=external_id)
    organisations = list(found)
    if len(organisations) == 1:
        return organisations[0]
    if not organisations:
        raise CommandError(
            "There is no organisation yet; ./roundtable organisation add makes the first."
            if external_id is None
            else f"There is no organisation {external_id!r} in the database."
        )
    names = ", ".join(organisation.external_id for organisation in organisations)
    raise CommandError(f"Say which with --organisation: {names}.")


def branch_called(name: str, organisation: Organisation | None = None) -> Branch:
    """Return a branch by its external id or its name; in one organisation, or anywhere.

    Raises
    ------
    CommandError
        There is none, or several.
    """
    branches = Branch.objects.select_related("organisation").order_by("name")
    if organisation is not None:
        branches = branches.filter(organisation=organisation)
    found = list(branches.filter(external_id=name) or branches.filter(name=name))
    if len(found) != 1:
        known = ", ".join(branches.values_list("external_id", flat=True)) or "none"
        fault = "More than one branch is" if found else "No branch is"
        raise CommandError(f"{fault} called {name!r}. There are: {known}.")
    return found[0]
