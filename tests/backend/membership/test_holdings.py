"""Shares allotted, paid, withdrawn, transferred; every entry stays."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.audit.models import AuditEntry
from backend.membership.models import Holder, OrganisationForm, ShareClass, ShareEntry
from backend.membership.services.events import Recording
from backend.membership.services.holdings import (
    CannotReverseError,
    MoreThanUnpaidError,
    NotEnoughSharesError,
    OverMaximumError,
    OverWithdrawableLimitError,
    ShareClassForbidsError,
    ShareOrder,
    allot_shares,
    call_payment,
    forfeit_shares,
    pay_for_shares,
    redeem_shares,
    request_withdrawal,
    reverse_share_entry,
    transfer_shares,
    withdraw_shares,
)
from backend.membership.services.share_entries import (
    BeforeLastEntryError,
    KeyUsedError,
    held_now,
)
from backend.membership.shares import ShareHolding, holding_on
from tests.backend.factories import NOW
from tests.backend.factories.accounts import admin_of
from tests.backend.factories.membership import (
    HolderFactory,
    LegalEntityFactory,
    ShareClassFactory,
)

DAY = date(2026, 6, 1)
BY = Recording(None, NOW)


def _class(**fields: object) -> ShareClass:
    return ShareClassFactory(nominal_pence=5000, **fields)


def _order(share_class: ShareClass, holder: Holder | None = None) -> ShareOrder:
    holder = holder or HolderFactory(kept_by=share_class.entity.kept_by)
    return ShareOrder(share_class.pk, holder.pk, DAY, key=uuid4())


def _again(order: ShareOrder) -> ShareOrder:
    return replace(order, key=uuid4())


def _held(order: ShareOrder) -> ShareHolding:
    return held_now(
        ShareClass.objects.get(pk=order.share_class_id), Holder.objects.get(pk=order.holder_id)
    )


@pytest.mark.django_db
def test_a_share_is_paid_by_instalments_and_never_above_its_price() -> None:
    order = _order(_class())
    allot_shares(order=order, quantity=1, price_pence=5000, by=BY)
    call_payment(order=_again(order), amount_pence=2000, by=BY)
    assert _held(order) == ShareHolding(quantity=1, unpaid_pence=5000, due_pence=2000)

    pay_for_shares(order=_again(order), amount_pence=1500, by=BY)
    assert _held(order) == ShareHolding(1, paid_pence=1500, unpaid_pence=3500, due_pence=500)

    with pytest.raises(MoreThanUnpaidError) as refused:
        pay_for_shares(order=_again(order), amount_pence=3501, by=BY)
    assert refused.value.params == {"unpaid_pence": 3500}
    with pytest.raises(MoreThanUnpaidError):
        call_payment(order=_again(order), amount_pence=3001, by=BY)
    pay_for_shares(order=_again(order), amount_pence=3500, by=BY)
    assert _held(order) == ShareHolding(1, paid_pence=5000)


@pytest.mark.django_db
def test_the_same_request_twice_makes_one_entry_and_one_line_in_the_audit() -> None:
    order = _order(_class())

    first = allot_shares(order=order, quantity=2, price_pence=10_000, by=BY)
    second = allot_shares(order=order, quantity=2, price_pence=10_000, by=BY)

    assert first == second
    assert AuditEntry.objects.filter(event="share_entry.allot").count() == 1
    with pytest.raises(KeyUsedError):
        pay_for_shares(order=order, amount_pence=1, by=BY)


@pytest.mark.django_db
def test_shares_asked_to_be_withdrawn_exist_until_they_are_repaid() -> None:
    order = _order(_class())
    allot_shares(order=order, quantity=3, price_pence=15_000, by=BY)
    pay_for_shares(order=_again(order), amount_pence=10_000, by=BY)

    request = request_withdrawal(order=_again(order), quantity=1, by=BY)
    assert request.amount_pence == 3333
    assert _held(order) == ShareHolding(
        3, paid_pence=10_000, unpaid_pence=5_000, leaving=1, repayable_pence=3333
    )
    rest = request_withdrawal(order=_again(order), quantity=2, by=BY)
    assert rest.amount_pence == 6667
    with pytest.raises(NotEnoughSharesError) as refused:
        request_withdrawal(order=_again(order), quantity=1, by=BY)
    assert refused.value.params == {"free": 0}

    later = DAY + timedelta(days=60)
    for _ in range(2):
        withdraw_shares(request_id=request.pk, on=later, by=BY)
        withdraw_shares(request_id=rest.pk, on=later, by=BY)
    assert _held(order) == ShareHolding()
    entries = list(ShareEntry.objects.all())
    assert holding_on(entries, later - timedelta(days=1)).leaving == 3
    assert len(entries) == 6


@pytest.mark.django_db
def test_a_transfer_takes_what_is_paid_along_and_is_taken_back_with_both_sides() -> None:
    share_class = _class(is_transferable=True)
    order, taker = _order(share_class), _order(share_class)
    allot_shares(order=order, quantity=2, price_pence=10_000, by=BY)
    pay_for_shares(order=_again(order), amount_pence=10_000, by=BY)
    move = _again(order)

    out, came = transfer_shares(order=move, to_holder_id=taker.holder_id, quantity=1, by=BY)
    again = transfer_shares(order=move, to_holder_id=taker.holder_id, quantity=1, by=BY)
    assert again == (out, came)
    assert (_held(order).quantity, _held(taker)) == (1, ShareHolding(1, paid_pence=5000))

    taken_back = reverse_share_entry(entry_id=came.pk, note="wrong name", on=DAY, by=BY)
    assert reverse_share_entry(entry_id=out.pk, note="", on=DAY, by=BY) == taken_back
    assert {row.reverses_id for row in taken_back} == {out.pk, came.pk}
    assert (_held(order).quantity, _held(taker)) == (2, ShareHolding())
    assert ShareEntry.objects.count() == 6


@pytest.mark.django_db
def test_an_entry_on_which_others_rest_is_not_taken_back() -> None:
    order = _order(_class())
    allotted = allot_shares(order=order, quantity=1, price_pence=5000, by=BY)
    paid = pay_for_shares(order=_again(order), amount_pence=5000, by=BY)
    request = request_withdrawal(order=_again(order), quantity=1, by=BY)
    withdrawn = withdraw_shares(request_id=request.pk, on=DAY, by=BY)

    def why(entry: ShareEntry) -> object:
        with pytest.raises(CannotReverseError) as refused:
            reverse_share_entry(entry_id=entry.pk, note="", on=DAY, by=BY)
        return refused.value.params["why"]

    assert why(allotted) == "later_entries_rest_on_it"
    assert why(paid) == "later_entries_rest_on_it"
    assert why(request) == "was_repaid"
    [back] = reverse_share_entry(entry_id=withdrawn.pk, note="not sent", on=DAY, by=BY)
    assert why(back) == "is_a_reversal"
    assert _held(order).leaving == 1
    reverse_share_entry(entry_id=request.pk, note="changed mind", on=DAY, by=BY)
    assert _held(order) == ShareHolding(1, paid_pence=5000)


@pytest.mark.django_db
def test_shares_that_are_redeemed_or_forfeited_end_with_what_was_paid() -> None:
    order = _order(_class(is_redeemable=True))
    allot_shares(order=order, quantity=3, price_pence=15_000, by=BY)
    pay_for_shares(order=_again(order), amount_pence=15_000, by=BY)

    assert redeem_shares(order=_again(order), quantity=1, by=BY).amount_pence == 5000
    assert forfeit_shares(order=_again(order), quantity=2, by=BY).amount_pence == 10_000
    assert _held(order) == ShareHolding()


@pytest.mark.django_db
def test_a_class_forbids_what_it_does_not_allow() -> None:
    share_class = _class(is_withdrawable=False)
    order = _order(share_class)
    allot_shares(order=order, quantity=1, price_pence=5000, by=BY)

    with pytest.raises(ShareClassForbidsError):
        request_withdrawal(order=_again(order), quantity=1, by=BY)
    with pytest.raises(ShareClassForbidsError):
        redeem_shares(order=_again(order), quantity=1, by=BY)
    with pytest.raises(ShareClassForbidsError):
        transfer_shares(
            order=_again(order),
            to_holder_id=_order(share_class).holder_id,
            quantity=1,
            by=BY,
        )


@pytest.mark.django_db
def test_nobody_holds_more_than_the_class_or_the_law_allows() -> None:
    limited = _order(_class(max_per_holder=2))
    allot_shares(order=limited, quantity=2, price_pence=10_000, by=BY)
    with pytest.raises(OverMaximumError):
        allot_shares(order=_again(limited), quantity=1, price_pence=5000, by=BY)

    # £100,000 in withdrawable shares of a society, all classes together.
    first = _class()
    order = _order(first)
    other = replace(_again(order), share_class_id=_class(entity=first.entity).pk)
    allot_shares(order=order, quantity=1999, price_pence=1, by=BY)
    allot_shares(order=other, quantity=1, price_pence=1, by=BY)
    with pytest.raises(OverWithdrawableLimitError):
        allot_shares(order=_again(other), quantity=1, price_pence=1, by=BY)

    company = LegalEntityFactory(form=OrganisationForm.COMPANY_SHARES)
    allot_shares(order=_order(_class(entity=company)), quantity=9999, price_pence=1, by=BY)


@pytest.mark.django_db
def test_entries_are_written_in_order_and_only_in_the_own_books() -> None:
    order = _order(_class())
    entry = allot_shares(order=order, quantity=1, price_pence=5000, by=BY)

    with pytest.raises(BeforeLastEntryError):
        pay_for_shares(
            order=replace(_again(order), on=DAY - timedelta(days=1)), amount_pence=1, by=BY
        )
    with pytest.raises(Holder.DoesNotExist):
        allot_shares(
            order=replace(_again(order), holder_id=HolderFactory().pk),
            quantity=1,
            price_pence=1,
            by=BY,
        )
    stranger = Recording(admin_of(LegalEntityFactory().kept_by), NOW)
    with pytest.raises(ShareClass.DoesNotExist):
        allot_shares(order=_again(order), quantity=1, price_pence=1, by=stranger)
    with pytest.raises(ShareEntry.DoesNotExist):
        reverse_share_entry(entry_id=entry.pk, note="", on=DAY, by=stranger)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(0, 10**6))
def test_repaying_share_by_share_gives_back_every_penny(parts: list[int], paid: int) -> None:
    holding = ShareHolding(quantity=sum(parts), paid_pence=paid)
    repaid = 0
    for part in parts:
        amount = holding.paid_on(part)
        repaid += amount
        holding = replace(
            holding,
            quantity=holding.quantity - part,
            paid_pence=holding.paid_pence - amount,
        )

    assert repaid == paid
