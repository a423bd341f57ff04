/** The words of refusals about members, shares and seats. */
import { t } from "@lingui/core/macro";
import type { Refusals } from "./refusals";

export const MEMBERSHIP_REFUSALS: Refusals = {
  "membership.form_recorded": () => ({
    title: t`Another legal form is on record.`,
    what: t`A change of form is a conversion, which members vote on.`,
    next: t`Record the vote first.`,
  }),
  "membership.too_early": () => ({
    title: t`It is too early to join.`,
    what: t`Our rules ask for more months of work first.`,
    next: t`Try again when that time has passed.`,
  }),
  "membership.induction_missing": () => ({
    title: t`The induction is not finished.`,
    what: t`Our rules ask for more steps than are recorded.`,
    next: t`Record what has been done, then admit the member.`,
  }),
  "membership.vote_missing": () => ({
    title: t`Our rules ask for a vote on every new member.`,
    what: t`No vote is named.`,
    next: t`Name the vote that admitted this person.`,
  }),
  "membership.not_a_worker": () => ({
    title: t`Only people who work here can join the workers.`,
    next: t`Choose another class, or enter the person among the carers first.`,
  }),
  "membership.others_holder": () => ({
    title: t`This person belongs to another organisation's books.`,
    next: t`Enter them in your own first.`,
  }),
  "membership.not_in_this_state": () => ({
    title: t`The membership is not at this step.`,
    what: t`Somebody else may have moved it on.`,
    next: t`Load the page again.`,
  }),
  "membership.before_last_event": () => ({
    title: t`The day is too early.`,
    what: t`Something later is already recorded.`,
    next: t`Take a later day, or take back what was recorded last.`,
  }),
  "membership.not_the_last_event": () => ({
    title: t`Only the last thing that was recorded can be taken back.`,
    next: t`Take back the later ones first.`,
  }),
  "membership.others_branch": () => ({
    title: t`This branch is another organisation's.`,
    next: t`Choose one of your own branches.`,
  }),
  "membership.seat_taken": () => ({
    title: t`Somebody has this seat on that day.`,
    next: t`End their term first, or choose another day.`,
  }),
  "membership.seat_not_there": () => ({
    title: t`There is no such seat on that day.`,
    next: t`Look at the dates of the seat.`,
  }),
  "membership.before_last_share_entry": () => ({
    title: t`The day is too early.`,
    what: t`A later entry of these shares is on record.`,
    next: t`Take the day of that entry, or a later one.`,
  }),
  "membership.request_key_used": () => ({
    title: t`This was sent before for another entry.`,
    what: t`Nothing was changed.`,
    next: t`Load the page again, then enter it anew.`,
  }),
  "membership.too_many_shares": () => ({
    title: t`One holder may not have so many shares.`,
    what: t`Nothing was changed.`,
    next: t`Enter fewer.`,
  }),
  "membership.over_withdrawable_limit": () => ({
    title: t`The law does not allow one person to hold so much.`,
    what: t`Nothing was changed.`,
    next: t`Enter less.`,
  }),
  "membership.more_than_unpaid": () => ({
    title: t`That is more than is still to be paid.`,
    what: t`Nothing was changed.`,
    next: t`Enter what is owed, or less.`,
  }),
  "membership.not_enough_shares": () => ({
    title: t`The holder has fewer free shares than that.`,
    what: t`Nothing was changed.`,
    next: t`Enter fewer.`,
  }),
  "membership.share_class_forbids": () => ({
    title: t`Shares of this class cannot be passed on or paid back like this.`,
    what: t`Nothing was changed.`,
    next: t`Look at what the class of shares allows.`,
  }),
  "membership.cannot_reverse_entry": () => ({
    title: t`This entry cannot be taken back.`,
    what: t`It takes one back itself, or later entries rest on it.`,
    next: t`Take back the later ones first.`,
  }),
  "membership.spin_out_not_in_state": () => ({
    title: t`The case is not at this step.`,
    what: t`Somebody else may have moved it on.`,
    next: t`Load the page again.`,
  }),
  "membership.spin_out_conditions_open": () => ({
    title: t`Conditions are still open.`,
    what: t`The case cannot be approved while one is not met.`,
    next: t`Look at the list of conditions.`,
  }),
  "membership.spin_out_not_to_be_waived": () => ({
    title: t`Nobody can waive this condition.`,
    what: t`It follows from the figures of the case.`,
    next: t`Change what the figures come from.`,
  }),
  "membership.spin_out_votes_do_not_fit": () => ({
    title: t`There are more votes than staff.`,
    what: t`Nothing was changed.`,
    next: t`Look at the figures again.`,
  }),
};
