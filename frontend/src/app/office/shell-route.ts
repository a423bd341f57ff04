import { createRoute, redirect, retainSearchParams } from "@tanstack/react-router";
import { getListBranchesQueryOptions } from "@/api/generated/organisation/organisation";
import { localDate } from "@/lib/time";
import { holdsAny, OFFICE_ROLES } from "../session";
import { completePlace, readPlace } from "./place";
import { rootRoute } from "./root-route";

/**
 * Around every page of the office app: the bar with branch and week, and the menu.
 *
 * Before a page opens, the address is completed with branch and week. Both stay in it from
 * page to page.
 */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  validateSearch: readPlace,
  search: { middlewares: [retainSearchParams(["branch", "week"])] },
  beforeLoad: async ({ context, search, location }) => {
    const branches = holdsAny(context.user, OFFICE_ROLES)
      ? await context.cache.ensureQueryData(getListBranchesQueryOptions())
      : [];
    const place = completePlace(search, branches, localDate(new Date()));
    if (place.branch !== search.branch || place.week !== search.week) {
      throw redirect({
        to: location.pathname,
        search: { ...location.search, ...place },
        // Others lead to one policy on its page.
        hash: location.hash,
        replace: true,
      });
    }
    return { branches };
  },
});
