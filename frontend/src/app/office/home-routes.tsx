import { createRoute, redirect } from "@tanstack/react-router";
import { coordinatorMenu } from "../coordinator/routes";
import { memberMenu } from "../member/routes";
import { NotFound } from "../not-found";
import type { SessionUser } from "../session";
import { menuFor } from "./menu";
import { shellRoute } from "./shell-route";

const CARER_APP = "/carer/";

/** Where a person's day starts: the first page of the office, or a carer's own week. */
export function homeOf(user: SessionUser): string {
  const [office] = menuFor(coordinatorMenu, user);
  if (office !== undefined) {
    return office.to;
  }
  const [member] = memberMenu;
  return user.carer_id === null && member !== undefined ? member.to : CARER_APP;
}

/** Any address that no page has, shown with the menu around it. */
export const nowhereRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "$",
  component: () => <NotFound home="/" />,
});

/** `/` has no page of its own. */
export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  beforeLoad: ({ context }) => {
    const home = homeOf(context.user);
    // The carer app is another document: the browser has to load it.
    throw home === CARER_APP
      ? redirect({ href: home, reloadDocument: true, replace: true })
      : redirect({ to: home, replace: true });
  },
});
