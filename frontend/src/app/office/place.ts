/** Which branch and which week the pages show. Both are in the address, so that a link keeps them. */
import { addDays, isDate, mondayOf } from "@/lib/time";

/** As read from an address: what is missing or no branch or date at all is left out. */
export interface PlaceSearch {
  branch?: number;
  /** The week's Monday. */
  week?: string;
}

interface KnownBranch {
  id: number;
  next_week: string;
}

/** Read branch and week from an address; any day stands for its week. */
export function readPlace(search: Record<string, unknown>): PlaceSearch {
  const { branch, week } = search;
  return {
    ...(typeof branch === "number" && Number.isInteger(branch) && branch > 0 ? { branch } : {}),
    ...(isDate(week) ? { week: mondayOf(week) } : {}),
  };
}

/**
 * Fill in what an address leaves open: the first branch, and the week that is planned next.
 *
 * A branch that is not the viewer's own is replaced too. Without branches there is only the
 * week, then the one that `today` is in.
 */
export function completePlace(
  place: PlaceSearch,
  branches: readonly KnownBranch[],
  today: string,
): PlaceSearch {
  const branch = branches.find(({ id }) => id === place.branch) ?? branches[0];
  const week = place.week ?? branch?.next_week ?? mondayOf(today);
  return branch === undefined ? { week } : { branch: branch.id, week };
}

const WEEKS_BACK = 4;
const WEEKS_AHEAD = 2;

/** The Mondays to choose from around today, earliest first, always with the chosen one. */
export function weeksToChoose(today: string, chosen: string): string[] {
  const thisWeek = mondayOf(today);
  const weeks = Array.from({ length: WEEKS_BACK + 1 + WEEKS_AHEAD }, (_, index) =>
    addDays(thisWeek, (index - WEEKS_BACK) * 7),
  );
  return weeks.includes(chosen) ? weeks : [...weeks, chosen].sort();
}
