"""What follows from a body's legal form: registrar, least members, limits on what may be paid.

Not legal advice: every co-operative confirms with its own adviser.
"""

from dataclasses import dataclass

from backend.membership.models.bodies import OrganisationForm

FCA, COMPANIES_HOUSE = "Financial Conduct Authority", "Companies House"
WITHDRAWABLE_PENCE = 10_000_000
"""Most that one person may hold in withdrawable shares of a society."""


@dataclass(frozen=True, slots=True)
class FormRules:
    """The rules of one form.

    `dividends_bp` is the most of the distributable profit that may be paid out, None without
    limit; `withdrawable_pence` the most that one person may hold in withdrawable shares.
    """

    registrar: str
    least_members: int = 1
    is_society: bool = False
    dividends_bp: int | None = None
    has_asset_lock: bool = False
    withdrawable_pence: int | None = None


FORMS = {
    # Co-operative and Community Benefit Societies Act 2014.
    OrganisationForm.COOP_SOCIETY: FormRules(
        FCA, least_members=3, is_society=True, withdrawable_pence=WITHDRAWABLE_PENCE
    ),
    OrganisationForm.COMMUNITY_BENEFIT: FormRules(
        FCA,
        least_members=3,
        is_society=True,
        dividends_bp=0,
        withdrawable_pence=WITHDRAWABLE_PENCE,
    ),
    # The CIC Regulator's cap on all dividends together.
    OrganisationForm.CIC_SHARES: FormRules(
        COMPANIES_HOUSE, dividends_bp=3_500, has_asset_lock=True
    ),
    OrganisationForm.CIC_GUARANTEE: FormRules(COMPANIES_HOUSE, dividends_bp=0, has_asset_lock=True),
    OrganisationForm.EOT_COMPANY: FormRules(COMPANIES_HOUSE),
    OrganisationForm.COMPANY_SHARES: FormRules(COMPANIES_HOUSE),
    OrganisationForm.COMPANY_GUARANTEE: FormRules(COMPANIES_HOUSE, dividends_bp=0),
    OrganisationForm.JOINT_VENTURE: FormRules(COMPANIES_HOUSE),
}
"""Forms that can have members here; the other forms are counterparties only."""
OTHERS = FormRules("")


def rules_of(form: str) -> FormRules:
    """Return the rules of a form; a counterparty's form has none."""
    return FORMS.get(OrganisationForm(form), OTHERS)
