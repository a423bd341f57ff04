"""Organisations with the rules they start with, branches, skills."""

import factory
import yaml
from factory.django import DjangoModelFactory

from backend.organisation.models import Branch, Organisation, RuleSet, Skill
from backend.organisation.services import SEED
from tests.backend.factories.moments import NOW


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A co-operative; `rules=False` leaves out the rules it starts with."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    external_id = factory.Sequence(lambda n: f"coop-{n}")
    name = factory.Sequence(lambda n: f"Co-operative {n}")

    rules = factory.PostGeneration(lambda row, create, wanted: _enact_seed(row, create, wanted))


def _enact_seed(row: Organisation, create: bool, wanted: bool | None) -> None:  # noqa: FBT001  the hook's signature
    # In one statement; the service does it one by one, with the audit.
    if create and wanted is not False:
        RuleSet.objects.bulk_create(_seed_rules(row))


def _seed_rules(organisation: Organisation) -> list[RuleSet]:
    return [
        RuleSet(
            organisation=organisation,
            area=area,
            version=number,
            starts_on=version["from"],
            values=version["values"],
            decided_by=version["decided_by"],
            enacted_at=NOW,
        )
        for area, versions in yaml.safe_load(SEED.read_text(encoding="utf-8")).items()
        for number, version in enumerate(versions, start=1)
    ]


class BranchFactory(DjangoModelFactory[Branch]):
    """A branch of a new organisation."""

    class Meta:
        model = Branch

    organisation = factory.SubFactory(OrganisationFactory)
    external_id = factory.Sequence(lambda n: f"branch-{n}")
    name = factory.Sequence(lambda n: f"Branch {n}")


class SkillFactory(DjangoModelFactory[Skill]):
    """A skill; give it the organisation of the branch it is used in."""

    class Meta:
        model = Skill

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"skill-{n}")
    name = factory.Sequence(lambda n: f"Skill {n}")
