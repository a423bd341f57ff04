/**
 * The pages of the coordinator's room, and their lines in the menu.
 *
 * A page is a component of its own in this folder (`board-page.tsx`): it reads branch and week
 * with `useBranchWeek()` and puts features together. To add one: a `createRoute` below, its
 * name in `coordinatorRoutes`, and its line in `coordinatorMenu`. README.md has an example.
 */
import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readBoardSearch } from "@/features/board/view";
import type { MenuEntry } from "../office/menu";
import { shellRoute } from "../office/shell-route";
import { OFFICE_ROLES, onlyFor } from "../session";

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/board",
  validateSearch: readBoardSearch,
  beforeLoad: onlyFor(OFFICE_ROLES),
  component: lazyRouteComponent(() => import("./board-page"), "BoardPage"),
});

/** Every page of this room; the router takes them from here. */
export const coordinatorRoutes = [boardRoute] as const;

/** In the order of the work: what is owed, the week, what goes out. Only pages that exist. */
export const coordinatorMenu: readonly MenuEntry[] = [
  { to: "/board", label: msg`Week board`, roles: OFFICE_ROLES },
];
