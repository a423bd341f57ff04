import { shellRoute } from "./shell-route";

/** The branches to choose from, and the branch and week that the address names. */
export function usePlace() {
  const search = shellRoute.useSearch();
  const { branches } = shellRoute.useRouteContext();
  return {
    branches,
    branch: branches.find(({ id }) => id === search.branch) ?? null,
    week: search.week ?? null,
  };
}

/**
 * The branch and the week (its Monday) of a coordinator's page.
 *
 * Only on pages for office roles: the shell has then put both into the address.
 */
export function useBranchWeek() {
  const { branch, week } = usePlace();
  if (branch === null || week === null) {
    throw new Error("A coordinator's page was opened without a branch: its route lacks onlyFor.");
  }
  return { branch, week };
}
