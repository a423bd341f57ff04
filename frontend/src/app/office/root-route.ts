import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";
import type { SessionUser } from "../session";

/** What every route's guard is given. */
export interface OfficeContext {
  cache: QueryClient;
  user: SessionUser;
}

/** Above every page of the office app. */
export const rootRoute = createRootRouteWithContext<OfficeContext>()();
