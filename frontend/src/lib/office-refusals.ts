/** The words of refusals that only the office can meet. */
import { plural, t } from "@lingui/core/macro";
import type { RefusalParams, Refusals } from "./refusals";
import { duration, isDate, shortDate } from "./time";

function numberIn(params: RefusalParams, name: string): number {
  const value = params[name];
  return typeof value === "number" ? value : Array.isArray(value) ? value.length : 0;
}

/** The messages the backend gives for single breaches, joined; they name carers and figures. */
function breachesIn(params: RefusalParams): { what?: string } {
  const { breaches } = params;
  const messages = (Array.isArray(breaches) ? breaches : [])
    .map((breach: unknown) =>
      typeof breach === "object" && breach !== null && "message" in breach
        ? String(breach.message)
        : "",
    )
    .filter(Boolean);
  return messages.length === 0 ? {} : { what: messages.join(" ") };
}

function lineDates({ starts_on: starts, ends_before: ends }: RefusalParams): { what?: string } {
  if (!isDate(starts)) {
    return {};
  }
  const from = shortDate(starts);
  if (!isDate(ends)) {
    return { what: t`It holds from ${from} on.` };
  }
  const before = shortDate(ends);
  return { what: t`It holds from ${from} until before ${before}.` };
}

export const OFFICE_REFUSALS: Refusals = {
  "rota.has_breaches": (params) => ({
    title: t`This week cannot be published yet.`,
    what: plural(numberIn(params, "breaches"), {
      one: "# rule is still broken.",
      other: "# rules are still broken.",
    }),
    next: t`Open the list of broken rules and mend each one, then publish.`,
  }),
  "rota.stale": () => ({
    title: t`Somebody has changed this week since you opened it.`,
    what: t`Their change is kept; yours was not saved.`,
    next: t`Load the week again, look at what is new, then repeat your change.`,
  }),
  "rota.breaks_rule": (params) => ({
    title: t`A rule does not allow this.`,
    ...breachesIn(params),
    next: t`Choose another carer or another time.`,
  }),
  "rota.visit_locked": () => ({
    title: t`This visit is locked.`,
    what: t`It stays as it is until it is unlocked.`,
    next: t`Unlock it first, then change it.`,
  }),
  "rota.visit_not_planned": () => ({
    title: t`Nobody is to make this visit.`,
    what: t`It was cancelled or paused.`,
    next: t`Look at the client's package if the visit is needed after all.`,
  }),
  "rota.nothing_to_lock": () => ({
    title: t`There is nothing to lock.`,
    what: t`Nobody has this visit yet.`,
    next: t`Give it to a carer first, then lock it.`,
  }),
  "rota.not_published": () => ({
    title: t`Nobody was told of this week yet.`,
    what: t`There is nothing to mend: visits can still be given out freely.`,
    next: t`Build the week instead.`,
  }),
  "rota.repair_outside_week": () => ({
    title: t`Nothing that is left of this week is touched by this.`,
    what: t`The days lie in another week, or are over.`,
    next: t`Choose other days, or go to the week that it is about.`,
  }),
  "rota.visit_has_begun": (params) => ({
    title: t`What has begun cannot be cancelled.`,
    what: plural(numberIn(params, "visits"), {
      one: "# of the visits has begun.",
      other: "# of the visits have begun.",
    }),
    next: t`Take them out of your choice, and send the rest.`,
  }),
  "rota.nothing_new": () => ({
    title: t`This client has no new visits in this week.`,
    what: t`The packages ask for nothing more that is still to come and has no carer.`,
    next: t`Look whether the package is entered, and from which day on it holds.`,
  }),
  "rota.locked_to_absent": (params) => ({
    title: t`Visits are locked to this carer.`,
    what: plural(numberIn(params, "visits"), {
      one: "# locked visit falls into the absence.",
      other: "# locked visits fall into the absence.",
    }),
    next: t`Unlock them on the board, then look for ways again.`,
  }),
  "rota.run_under_way": () => ({
    title: t`This week is being built or mended just now.`,
    next: t`Let that end, or stop it on its page; then try again.`,
  }),
  "rota.no_week_to_try": () => ({
    title: t`There is no week to try it on yet.`,
    what: t`A split is tried on a week of the last three months that was published.`,
    next: t`Choose another branch, or come back when a week has been published.`,
  }),
  "rota.override_week_over": () => ({
    title: t`That week is over.`,
    next: t`Choose this week or a later one.`,
  }),
  "rota.override_too_long": () => ({
    title: t`That would be more than a fortnight on end.`,
    what: t`The same was relaxed just before or just after.`,
    next: t`Leave a week between, or ask the members to vote on it.`,
  }),
  "rota.policy_declared_otherwise": () => ({
    title: t`This vote was carried out with another result.`,
    next: t`Compare both results. Neither changes until somebody has found out why they differ.`,
  }),
  "rota.scenario_unfit": () => ({
    title: t`This week cannot be tried like that.`,
    what: t`It has no visits yet, or the change does not fit it.`,
    next: t`Open the week first, or try another change.`,
  }),
  "rota.proposal_stale": () => ({
    title: t`This proposal is out of date.`,
    what: t`The week was changed after the proposal was made, so the two no longer fit.`,
    next: t`Reject it and build the week again.`,
  }),
  "rota.loan_clash": () => ({
    title: t`A carer would work for two branches at once.`,
    what: t`What another branch has planned with them meanwhile does not go with this proposal.`,
    next: t`Ask that branch to accept its proposal first, or build the week again.`,
  }),
  "rota.group_week_not_open": () => ({
    title: t`No branch has opened this week yet.`,
    next: t`Open the week in each branch, then build it for all.`,
  }),
  "rota.group_rules_differ": () => ({
    title: t`The branches cannot be planned together this week.`,
    what: t`They plan under different rules or travel speeds.`,
    next: t`Build each branch by itself.`,
  }),
  "rota.proposal_decided": () => ({
    title: t`This proposal was already decided.`,
    next: t`Load the page again to see what was decided.`,
  }),
  "rota.note_needed": () => ({
    title: t`Publishing now needs a reason.`,
    what: t`Visits are still without a carer, or warnings remain.`,
    next: t`Write the reason in the note, then publish.`,
  }),
  "clients.short_visit_needs_reason": (params) => {
    const least = duration(numberIn(params, "minimum_minutes"));
    return {
      title: t`A visit this short needs a reason.`,
      what: t`Visits of less than ${least} need a reason and the date on which they were agreed.`,
      next: t`Write both down, or make the visit longer.`,
    };
  },
  "clients.line_not_in_force": (params) => ({
    title: t`This line of the package does not hold on that date.`,
    ...lineDates(params),
    next: t`Choose a date on which it holds.`,
  }),
  "clients.line_already_changed": () => ({
    title: t`This line of the package was changed already.`,
    next: t`Load the package again and change the line that took its place.`,
  }),
  "clients.suspended_already": () => ({
    title: t`The package is paused already for some of these days.`,
    next: t`Choose other days, or end the other pause first.`,
  }),
  "exchange.has_problems": (params) => ({
    title: t`The file was not taken in.`,
    what: plural(numberIn(params, "problems"), {
      one: "# problem was found. Nothing has changed.",
      other: "# problems were found. Nothing has changed.",
    }),
    next: t`Mend the rows in the list, then send the file again.`,
  }),
  "exchange.changed_since": () => ({
    title: t`The branch has changed since the file was checked.`,
    what: t`Nothing was taken in.`,
    next: t`Check the file again, then take it in.`,
  }),
  "exchange.branch_needed": () => ({
    title: t`Which branch is the file for?`,
    what: t`You work for several branches. Nothing was taken in.`,
    next: t`Choose the branch at the top of the page, then send the file again.`,
  }),
  "democracy.bad_answer": () => ({
    title: t`The paper does not allow this answer.`,
    what: t`Your earlier ballot, if there is one, still counts.`,
    next: t`Look at the question again and change your answer.`,
  }),
  "democracy.bad_paper": () => ({
    title: t`These questions could not be counted.`,
    what: t`Nothing was changed.`,
    next: t`Mend the question that is named, then save again.`,
  }),
  "democracy.bad_plan": () => ({
    title: t`A ballot like this cannot begin.`,
    what: t`The short name is taken, or the dates or the branch do not fit.`,
    next: t`Change them, then try again.`,
  }),
  "democracy.box_not_ready": () => ({
    title: t`The box cannot be given out yet.`,
    what: t`Names are still being taken off, or the box was emptied.`,
    next: t`Wait a minute after the close, then try again.`,
  }),
  "democracy.conflict_of_offices": () => ({
    title: t`These people cannot keep the key.`,
    what: t`Three are needed. None may stand for election or run the ballot.`,
    next: t`Choose others.`,
  }),
  "democracy.counts_differ": () => ({
    title: t`The box does not hold as many ballots as were cast.`,
    what: t`Nothing was changed.`,
    next: t`Tell whoever looks after the computer.`,
  }),
  "democracy.key_missing": () => ({
    title: t`The key is not complete.`,
    what: t`It opens with one key of which all three scrutineers hold a share.`,
    next: t`Set the key, have all three confirm it, then try again.`,
  }),
  "democracy.not_a_member": () => ({
    title: t`This person is not on the roll of this ballot.`,
    next: t`Ask the returning officer if you think that this is wrong.`,
  }),
  "democracy.not_declared": () => ({
    title: t`There is no result yet.`,
    what: t`Nobody can see one before it is declared.`,
    next: t`Come back after the close.`,
  }),
  "democracy.not_due": () => ({
    title: t`It is too early for this.`,
    next: t`Wait until the time that the ballot's page names.`,
  }),
  "democracy.not_the_box": () => ({
    title: t`These are not the ballots of this box.`,
    what: t`Nothing was taken in.`,
    next: t`Fetch the box again, open it, and bring the whole file.`,
  }),
  "democracy.not_your_office": () => ({
    title: t`Somebody else does this for this ballot.`,
    next: t`Ask the returning officer or a scrutineer.`,
  }),
  "democracy.paper_or_here": () => ({
    title: t`A member votes on paper or here, not both.`,
    next: t`Use the paper that was given out, or ask the returning officer.`,
  }),
  "democracy.papers_missing": () => ({
    title: t`Paper ballots are still out.`,
    what: t`Two people must type in the same papers first.`,
    next: t`Type them in, then wait a minute.`,
  }),
  "democracy.policy_not_possible": () => ({
    title: t`The rota cannot hold what was voted any more.`,
    what: t`Nothing was changed. The bounds of a limit became stricter after the questions were set.`,
    next: t`Ask whoever runs the program; the result stays as it was declared.`,
  }),
  "democracy.too_late": () => ({
    title: t`It is too late for this.`,
    next: t`Look at the times on the ballot's page.`,
  }),
  "democracy.too_many_papers": () => ({
    title: t`More papers came back than were given out.`,
    what: t`Nothing was taken in.`,
    next: t`Count the papers again.`,
  }),
  "democracy.wrong_state": () => ({
    title: t`The ballot is not at this step.`,
    what: t`Somebody else may have moved it on.`,
    next: t`Load the page again.`,
  }),
};
