import { shellRoute } from "./shell-route";

/**
 * The branches to choose from, and the branch and week (its Monday) that the address names.
 *
 * `branch` is null for people who belong to no branch's office.
 */
export function usePlace() {
  const search = shellRoute.useSearch();
  const { branches } = shellRoute.useRouteContext();
  if (search.week === undefined) {
    throw new Error("The shell's route has not completed the address.");
  }
  return {
    branches,
    branch: branches.find(({ id }) => id === search.branch) ?? null,
    week: search.week,
  };
}

/** The branch and the week (its Monday) of a page that only office roles can open. */
export function useBranchWeek() {
  const { branch, week } = usePlace();
  if (branch === null) {
    throw new Error("A page of the office was opened without a branch: its route lacks onlyFor.");
  }
  return { branch, week };
}
