/** What a problem means in words. Refusal codes never change; their words may. */
import { plural, t } from "@lingui/core/macro";
import { ApiProblem, NO_SIGNAL } from "./api-problem";
import { clockAt } from "./time";

/** What happened, with its figures, and what would make it possible. */
export interface ProblemWords {
  title: string;
  /** Absent when the title says it all. */
  what?: string;
  /** What the person can do now. */
  next: string;
}

type Params = Readonly<Record<string, unknown>>;

function count(params: Params, name: string): number {
  const value = params[name];
  return typeof value === "number" ? value : Array.isArray(value) ? value.length : 0;
}

/** The messages the server gives for single breaches, joined; they name carers and figures. */
function messages(params: Params, name: string): string {
  const lines = params[name];
  if (!Array.isArray(lines)) {
    return "";
  }
  return lines
    .map((line: unknown) =>
      typeof line === "object" && line !== null && "message" in line ? String(line.message) : "",
    )
    .filter(Boolean)
    .join(" ");
}

/** When the code can be seen; the hours are a dated rule, so they come with the refusal. */
function keySafeHours({ opens_at: opens, closes_at: closes }: Params): { what?: string } {
  if (typeof opens !== "string" || typeof closes !== "string") {
    return {};
  }
  const [from, until] = [clockAt(opens), clockAt(closes)];
  return { what: t`You can see it from ${from} to ${until}.` };
}

const REFUSALS: Record<string, (params: Params, detail: string) => ProblemWords> = {
  "accounts.wrong_sign_in": () => ({
    title: t`That name and password do not go together.`,
    next: t`Check both and try again. Capital letters count in the password.`,
  }),
  "accounts.too_many_tries": () => ({
    title: t`Too many tries.`,
    what: t`Signing in is locked for a while, to keep others from guessing your password.`,
    next: t`Wait a little, then try again. If you have forgotten your password, ask your office.`,
  }),
  "rota.has_breaches": (params) => ({
    title: t`This week cannot be published yet.`,
    what: plural(count(params, "breaches"), {
      one: "# rule is still broken.",
      other: "# rules are still broken.",
    }),
    next: t`Open the list of broken rules and mend each one, then publish.`,
  }),
  "rota.stale": () => ({
    title: t`Somebody has changed this week since you opened it.`,
    what: t`Nothing of yours has been lost or saved.`,
    next: t`Load the week again, look at what is new, then repeat your change.`,
  }),
  "rota.breaks_rule": (params, detail) => ({
    title: t`A rule does not allow this.`,
    what: messages(params, "breaches") || detail,
    next: t`Choose another carer or another time.`,
  }),
  "rota.proposal_stale": () => ({
    title: t`This proposal is out of date.`,
    what: t`The week was changed after the proposal was made, so the two no longer fit.`,
    next: t`Reject it and build the week again.`,
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
  "exchange.has_problems": (params) => ({
    title: t`The file was not taken in.`,
    what: plural(count(params, "problems"), {
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
  "clients.key_safe_closed": (params) => ({
    title: t`The key-safe code is not open now.`,
    ...keySafeHours(params),
    next: t`If you need it at another time, ring the office.`,
  }),
  "clients.no_key_safe": () => ({
    title: t`There is no key-safe code for this client.`,
    next: t`Ring the office if nobody opens the door.`,
  }),
};

function faultWords(status: number): ProblemWords {
  switch (status) {
    case 0:
      return {
        title: t`No signal.`,
        what: t`What is on the page may be out of date. Nothing was sent.`,
        next: t`Try again when you are connected.`,
      };
    case 401:
      return {
        title: t`You are signed out.`,
        next: t`Sign in again to go on.`,
      };
    case 403:
      return {
        title: t`This is not open to you.`,
        next: t`If you need it for your work, ask your branch manager.`,
      };
    case 404:
      return {
        title: t`There is nothing here.`,
        what: t`It may have been moved, or it is not yours to see.`,
        next: t`Go back and choose again.`,
      };
    default:
      return {
        title: t`Something went wrong on our side.`,
        what: t`What was saved before is safe.`,
        next: t`Try again in a minute. If it happens again, tell your office.`,
      };
  }
}

/** Put any error into words: a refusal by its code, otherwise by what kind of fault it is. */
export function problemWords(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    return faultWords(500);
  }
  const known = REFUSALS[error.code];
  if (known !== undefined) {
    return known(error.params, error.message);
  }
  if (error.code === NO_SIGNAL || error.isSignedOut) {
    return faultWords(error.code === NO_SIGNAL ? 0 : 401);
  }
  // The backend's own sentence is better than none for a code that is newer than this page.
  if ((error.isRefusal || error.status === 400) && error.errors.length > 0) {
    return {
      title: t`This could not be done.`,
      what: error.errors.map((line) => line.detail).join(" "),
      next: t`Change it and try again.`,
    };
  }
  return faultWords(error.status);
}
