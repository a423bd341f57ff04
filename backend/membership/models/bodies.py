"""Legal entities, what they are to each other, and whoever holds something in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OrganisationForm(models.TextChoices):
    """The legal form of a body; `forms.py` says what follows from it."""

    COOP_SOCIETY = "coop_society", "Co-operative society"
    COMMUNITY_BENEFIT = "community_benefit", "Community benefit society"
    CIC_SHARES = "cic_shares", "Community interest company with shares"
    CIC_GUARANTEE = "cic_guarantee", "Community interest company by guarantee"
    EOT_COMPANY = "eot_company", "Company controlled by an employee ownership trust"
    COMPANY_SHARES = "company_shares", "Company with shares"
    COMPANY_GUARANTEE = "company_guarantee", "Company by guarantee"
    JOINT_VENTURE = "joint_venture", "Company shared by trust, government and investor"
    PUBLIC_BODY = "public_body", "Public body"
    CHARITY = "charity", "Charity"
    UNION = "union", "Trade union"
    FEDERAL_BODY = "federal_body", "Federation of co-operatives"
    CONTRACTOR = "contractor", "Contractor"
    SCHOOL_TRUST = "school_trust", "School trust"


class EntityKind(models.TextChoices):
    """What an entity is to the organisation in whose books it stands."""

    OWN = "own", "The organisation itself"
    PARTNER = "partner", "A body it has to do with"
    EXAMPLE = "example", "A worked example from the past"


class LegalEntity(models.Model):
    """A registered body: the organisation itself, a partner, or a worked example.

    It is a row of its own beside `Organisation`, because most bodies that hold shares or send
    somebody to a board never run a rota here: they have no branches, no rules and no sign-ins.
    `kept_by` is whose books it stands in; nobody else sees it.
    """

    kept_by = models.ForeignKey(
        "organisation.Organisation", on_delete=models.PROTECT, related_name="entities"
    )
    kind = models.CharField(max_length=10, choices=EntityKind.choices)
    external_id = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    form = models.CharField(max_length=20, choices=OrganisationForm.choices)
    registrar_no = models.CharField(max_length=40, blank=True)
    has_asset_lock = models.BooleanField(
        default=False, help_text="its own rules lock its assets, beyond what the form says"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kept_by", "external_id"], name="membership_entity_external_id_once"
            ),
            models.UniqueConstraint(
                fields=["kept_by"],
                condition=Q(kind=EntityKind.OWN),
                name="membership_one_own_entity",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name that a body had until a day; the entity's row has the present one."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=160)
    ends_before = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "ends_before"], name="membership_former_name_end_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RelationKind(models.TextChoices):
    """What the child is to the parent."""

    BRANCH = "branch", "Branch of"
    FRANCHISE = "franchise", "Franchise of"
    SUBSIDIARY = "subsidiary", "Subsidiary of"
    MERGED_INTO = "merged_into", "Merged into"
    CONVERTED_TO = "converted_to", "Converted to"
    SPUN_OUT_OF = "spun_out_of", "Spun out of"
    COMMISSIONS = "commissions", "Commissioned by"
    FEDERATES = "federates", "Member of the federation"


class EntityRelation(models.Model):
    """What one body is to another for a period."""

    parent = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="parents")
    kind = models.CharField(max_length=15, choices=RelationKind.choices)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "child", "kind", "starts_on"], name="membership_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("child")), name="membership_no_relation_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="membership_relation_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.parent_id}"


class HolderKind(models.TextChoices):
    """Whether a holder can be met in person."""

    PERSON = "person", "Person"
    BODY = "body", "Body"


class Holder(models.Model):
    """Somebody who can be a member, hold shares or sit on a board: a person or a body.

    Somebody who works for the co-operative points to their carer's row or sign-in. A body points
    to its own entity where its control is known, so that chains of holdings can be followed.
    """

    kept_by = models.ForeignKey(
        "organisation.Organisation", on_delete=models.PROTECT, related_name="holders"
    )
    kind = models.CharField(max_length=10, choices=HolderKind.choices)
    name = models.CharField(max_length=160)
    address = models.TextField(blank=True, help_text="postal address, for the register")
    email = models.EmailField(blank=True, help_text="only if given for notices")
    email_use = models.CharField(max_length=120, blank=True, help_text="for which notices")
    carer = models.OneToOneField(
        "people.Carer", null=True, blank=True, on_delete=models.SET_NULL, related_name="holder"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="holder",
    )
    entity = models.ForeignKey(
        LegalEntity, null=True, blank=True, on_delete=models.PROTECT, related_name="as_holder"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=HolderKind.PERSON, entity__isnull=True)
                | Q(kind=HolderKind.BODY, carer__isnull=True, user__isnull=True),
                name="membership_holder_is_person_or_body",
            ),
            models.CheckConstraint(
                condition=Q(email="") | ~Q(email_use=""), name="membership_email_for_a_purpose"
            ),
            models.UniqueConstraint(
                fields=["kept_by", "entity"],
                condition=Q(entity__isnull=False),
                name="membership_one_holder_of_an_entity",
            ),
        ]

    def __str__(self) -> str:
        return self.name
