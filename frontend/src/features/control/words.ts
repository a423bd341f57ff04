/** Classes, verdicts and flags of the control statement in words. */
import { t } from "@lingui/core/macro";
import type { ClassKindEnum, ControlFlagOut, ControlVerdictEnum } from "@/api/generated/model";
import type { Status } from "@/components/status-chip";

/** Basis points as per cent with two places, never rounded up: `5099` → `50.99%`. */
export function share(bp: number | null): string {
  if (bp === null) {
    return t`not recorded`;
  }
  const whole = Math.floor(bp / 100);
  const rest = bp % 100;
  return rest === 0 ? `${whole}%` : `${whole}.${String(rest).padStart(2, "0")}%`;
}

/** The name of a class of members. */
export function className(kind: ClassKindEnum): string {
  const names: Record<ClassKindEnum, string> = {
    worker: t`Workers`,
    worker_trust: t`Trust for all workers`,
    user: t`People who receive care`,
    family: t`Families`,
    community: t`Community`,
    investor: t`Investor members`,
    private_investor: t`Private investor`,
    public_body: t`Public bodies`,
    founder: t`Founders`,
    founding_coop: t`Founding co-operative`,
    franchisor: t`Parent of the franchise`,
    union: t`Trade unions`,
    external: t`People from outside`,
    ex_officio: t`By office`,
    other: t`Others`,
    undisclosed: t`Nobody knows who`,
  };
  return names[kind];
}

/** A verdict as a status, a title and what it means. */
export function verdictWords(verdict: ControlVerdictEnum): {
  status: Status;
  title: string;
  meaning: string;
} {
  switch (verdict) {
    case "genuine":
      return {
        status: "done",
        title: t`Workers and users are in control.`,
        meaning: t`They have the votes and the board.`,
      };
    case "not_genuine":
      return {
        status: "uncovered",
        title: t`Workers and users are not in control.`,
        meaning: t`Others have the votes, and no elected board makes up for it.`,
      };
    case "ambiguous":
      return {
        status: "at-risk",
        title: t`It is not clear who is in control.`,
        meaning: t`Votes, board and elections do not all say the same. Look at what is listed below.`,
      };
    case "incomplete":
      return {
        status: "info",
        title: t`Something is not recorded.`,
        meaning: t`Without votes or board seats for this day, nobody can say who is in control.`,
      };
  }
}

const SEAT_FAULTS: Record<string, () => string> = {
  not_elected: () => t`nobody elects to this seat`,
  term_overrun: () => t`the term has run out`,
  election_long_ago: () => t`the last election is too long ago`,
  too_many_terms: () => t`more terms in a row than the rules allow`,
};

/** What somebody who reads the verdict should also know. */
export function flagWords(flag: ControlFlagOut): string {
  const { subject } = flag;
  const now = share(flag.share_bp);
  const bound = share(flag.bound_bp);
  switch (flag.code) {
    case "can_block":
      return t`${subject} has ${now} of the votes, and can stop whatever needs three quarters.`;
    case "diluted":
      return t`A year before, workers and users had ${bound} of the votes; now they have ${now}.`;
    case "covenant_breached":
      return t`A promise is broken (${now} instead of ${bound}): ${subject}`;
    case "undisclosed":
      return t`Nobody knows who holds ${now} of the votes.`;
    case "chain_cut":
      return t`Companies hold each other here; at ${subject} the chain was followed no further.`;
    case "seat": {
      const fault = SEAT_FAULTS[flag.detail]?.() ?? flag.detail;
      return t`Seat ${subject}: ${fault}.`;
    }
  }
}
