import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@/lib/api-problem";

const FRESH_MS = 30_000;
const TRIES = 2;

/**
 * Build the cache of server state for one app.
 *
 * `onSignedOut` is called whenever an answer says that nobody is signed in any more.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiProblem && error.isSignedOut) {
      onSignedOut();
    }
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // Without signal a page says so, with what it last heard, instead of waiting in silence.
        networkMode: "always",
        refetchOnReconnect: true,
        // A refusal or a missing page will not change by asking again; a dropped line may.
        retry: (failures, error) =>
          failures < TRIES && error instanceof ApiProblem && error.mayPass,
      },
      mutations: { networkMode: "always" },
    },
  });
}
