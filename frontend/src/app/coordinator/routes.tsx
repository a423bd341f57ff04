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
import { readCommitmentsSearch } from "@/features/commitments/view";
import type { MenuEntry } from "../office/menu";
import { shellRoute } from "../office/shell-route";
import { OFFICE_ROLES, onlyFor, type Role } from "../session";
import { readFilesSearch, readListSearch, readRepairSearch } from "./list-search";

/** An administrator has no branch, but brings new ones in. */
const FILES_ROLES: readonly Role[] = [...OFFICE_ROLES, "admin"];

const OFFICE_PAGE = { getParentRoute: () => shellRoute, beforeLoad: onlyFor(OFFICE_ROLES) };

const commitmentsRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/commitments",
  validateSearch: readCommitmentsSearch,
  component: lazyRouteComponent(() => import("./commitments-page"), "CommitmentsPage"),
});

const boardRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/board",
  validateSearch: readBoardSearch,
  component: lazyRouteComponent(() => import("./board-page"), "BoardPage"),
});

const runRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/run",
  component: lazyRouteComponent(() => import("./run-page"), "RunPage"),
});

const groupRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/run-all",
  component: lazyRouteComponent(() => import("./group-page"), "GroupPage"),
});

const repairRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/repair",
  validateSearch: readRepairSearch,
  component: lazyRouteComponent(() => import("./repair-page"), "RepairPage"),
});

const whatIfRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/what-if",
  component: lazyRouteComponent(() => import("./what-if-page"), "WhatIfPage"),
});

const publishRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/publish",
  component: lazyRouteComponent(() => import("./publish-page"), "PublishPage"),
});

const clientsRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/clients",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("./clients-page"), "ClientsPage"),
});

const clientRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/clients/$clientId",
  component: lazyRouteComponent(() => import("./client-page"), "ClientPage"),
});

const carersRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/carers",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("./carers-page"), "CarersPage"),
});

const carerRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/carers/$carerId",
  component: lazyRouteComponent(() => import("./carer-page"), "CarerPage"),
});

const filesRoute = createRoute({
  ...OFFICE_PAGE,
  path: "/files",
  beforeLoad: onlyFor(FILES_ROLES),
  validateSearch: readFilesSearch,
  component: lazyRouteComponent(() => import("./files-page"), "FilesPage"),
});

/** Every page of this room; the router takes them from here. */
export const coordinatorRoutes = [
  commitmentsRoute,
  boardRoute,
  runRoute,
  groupRoute,
  repairRoute,
  whatIfRoute,
  publishRoute,
  clientsRoute,
  clientRoute,
  carersRoute,
  carerRoute,
  filesRoute,
] as const;

/** In the order of the work: what is owed, the week, what goes out. Only pages that exist. */
export const coordinatorMenu: readonly MenuEntry[] = [
  { to: "/commitments", label: msg`Commitments`, roles: OFFICE_ROLES },
  { to: "/board", label: msg`Week board`, roles: OFFICE_ROLES },
  { to: "/run", label: msg`Build`, roles: OFFICE_ROLES },
  { to: "/publish", label: msg`Publish`, roles: OFFICE_ROLES },
  { to: "/clients", label: msg`Clients`, roles: OFFICE_ROLES },
  { to: "/carers", label: msg`Carers`, roles: OFFICE_ROLES },
  { to: "/files", label: msg`Import and export`, roles: FILES_ROLES },
];
