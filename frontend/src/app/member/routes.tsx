/** The pages of the member's room, and their lines in the menu. Open to everybody of the organisation. */
import { msg } from "@lingui/core/macro";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { MenuEntry } from "../office/menu";
import { shellRoute } from "../office/shell-route";
import { readControlSearch } from "./control-search";

const organisationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/organisation",
  component: lazyRouteComponent(() => import("./organisation-page"), "OrganisationPage"),
});

const controlRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/control",
  validateSearch: readControlSearch,
  component: lazyRouteComponent(() => import("./control-page"), "ControlPage"),
});

const policyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/rota-policy",
  component: lazyRouteComponent(() => import("./policy-page"), "PolicyPage"),
});

export const memberRoutes = [organisationRoute, controlRoute, policyRoute] as const;

export const memberMenu: readonly MenuEntry[] = [
  { to: "/organisation", label: msg`Our co-operative` },
  { to: "/control", label: msg`Who controls us` },
  { to: "/rota-policy", label: msg`Our rota policy` },
];
