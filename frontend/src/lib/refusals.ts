/**
 * What a problem means in words. Refusal codes never change; their words may.
 *
 * Here are the words that both apps need; those that only the office can meet are in
 * `office-refusals.ts`, so that the phone does not load them. A test compares both with the
 * codes that the backend can answer.
 */
import { t } from "@lingui/core/macro";
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

/** The figures that come with a refusal. */
export type RefusalParams = Readonly<Record<string, unknown>>;

/** Words by code. */
export type Refusals = Readonly<Record<string, (params: RefusalParams) => ProblemWords>>;

/** When the code can be seen; the hours are a dated rule, so they come with the refusal. */
function keySafeHours({ opens_at: opens, closes_at: closes }: RefusalParams): { what?: string } {
  if (typeof opens !== "string" || typeof closes !== "string") {
    return {};
  }
  const [from, until] = [clockAt(opens), clockAt(closes)];
  return { what: t`You can see it from ${from} to ${until}.` };
}

const SHARED: Refusals = {
  "accounts.wrong_sign_in": () => ({
    title: t`That name and password do not go together.`,
    next: t`Check both and try again. Capital letters count in the password.`,
  }),
  "accounts.too_many_tries": () => ({
    title: t`Too many tries.`,
    what: t`Signing in is locked for a while, to keep others from guessing your password.`,
    next: t`Wait a little, then try again. If you have forgotten your password, ask your office.`,
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
  "clients.too_many_reveals": () => ({
    title: t`You have looked up many key-safe codes in the last hour.`,
    what: t`To keep clients safe, no more are shown for now.`,
    next: t`Wait a little, or ring the office.`,
  }),
  "rota.wishes_over_points": ({ points }) => ({
    title: t`You have placed more points than you have.`,
    ...(typeof points === "number" && { what: t`Everybody has ${points} points.` }),
    next: t`Take some points off a wish, then save again.`,
  }),
  "rota.wish_spent": () => ({
    title: t`A week has been planned with one of these wishes.`,
    what: t`Its points are spent and it can no longer be changed.`,
    next: t`Open this page again to see which wishes can still be changed.`,
  }),
  "rota.wish_too_late": () => ({
    title: t`It is too late for one of these wishes.`,
    what: t`The weeks that it is about are planned already.`,
    next: t`Choose a later day, or place the points in the next four weeks.`,
  }),
  "rota.wish_not_possible": () => ({
    title: t`One of these wishes is not possible.`,
    what: t`It stands there twice, or names a day, client or area that is not among yours.`,
    next: t`Take it away and choose again.`,
  }),
};

let refusals: Refusals = SHARED;

/** Add the words of one app. Called once, before anything is drawn. */
export function addRefusals(more: Refusals): void {
  refusals = { ...refusals, ...more };
}

/** The codes that have words. */
export function codesWithWords(): string[] {
  return Object.keys(refusals);
}

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

/** The backend's own sentences, better than none for a code that is newer than this page. */
function ownWords(problem: ApiProblem): ProblemWords {
  // A refusal carries its code in place of a sentence: that is nothing to show.
  const sentences = problem.errors
    .filter(({ code, detail }) => detail !== code)
    .map(({ detail }) => detail)
    .join(" ");
  return {
    title: t`This could not be done.`,
    ...(sentences === "" ? {} : { what: sentences }),
    next: t`Load the page again. If it still cannot be done, ask your office.`,
  };
}

/** Put any error into words: a refusal by its code, otherwise by what kind of fault it is. */
export function problemWords(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    return faultWords(500);
  }
  const known = refusals[error.code];
  if (known !== undefined) {
    return known(error.params);
  }
  if (error.code === NO_SIGNAL || error.isSignedOut) {
    return faultWords(error.code === NO_SIGNAL ? 0 : 401);
  }
  return error.isRefusal || error.status === 400 ? ownWords(error) : faultWords(error.status);
}
