import { createRouter } from "@tanstack/react-router";
import { Skeleton } from "@/components/skeleton";
import { coordinatorRoutes } from "../coordinator/routes";
import { memberRoutes } from "../member/routes";
import { RouteProblem } from "../route-problem";
import { homeRoute, nowhereRoute } from "./home-routes";
import { type OfficeContext, rootRoute } from "./root-route";
import { OfficeShell } from "./shell";
import { shellRoute } from "./shell-route";

// Given here and not at the route: the shell links to the pages, the pages to the shell's route.
shellRoute.update({ component: OfficeShell });

const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([homeRoute, ...coordinatorRoutes, ...memberRoutes, nowhereRoute]),
]);

/** All addresses of the office app. */
export function createOfficeRouter(context: OfficeContext) {
  return createRouter({
    routeTree,
    context,
    defaultErrorComponent: RouteProblem,
    defaultPendingComponent: () => <Skeleton lines={6} />,
    scrollRestoration: true,
  });
}

export type OfficeRouter = ReturnType<typeof createOfficeRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: OfficeRouter;
  }
}
