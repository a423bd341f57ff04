/**
 * The pages of the coordinator's room, and their lines in the menu.
 *
 * A page is a component of its own in this folder (`board-page.tsx`): it reads branch and week
 * with `useBranchWeek()` and puts features together. To add one: a `createRoute` below, its
 * name in `coordinatorRoutes`, and its line in `coordinatorMenu`. README.md has an example.
 */
import type { MenuEntry } from "../office/menu";

/** Every page of this room; the router takes them from here. */
export const coordinatorRoutes = [] as const;

/** In the order of the work: what is owed, the week, what goes out. Only pages that exist. */
export const coordinatorMenu: readonly MenuEntry[] = [];
