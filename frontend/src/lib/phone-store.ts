/**
 * What a carer's phone last heard, kept so that it can be read where there is no signal.
 *
 * Only the person's own week, changes, visits, wishes and fairness figures, and who is signed in. Answers to requests that
 * write, and so key-safe codes, never get here: they are not in the cache that is kept.
 */
import type { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem";

const STORE_KEY = "roundtable.seen";
const SESSION = "/api/session";
const KEPT =
  /^\/api\/(session|my\/weeks\/[\d-]+(\/changes)?|my\/visits\/\d+|my\/wishes\/[\d-]+|my\/fairness)$/;

/** As long as the server itself shows a client after a visit. */
const KEPT_MS = 24 * 60 * 60_000;

/** Address, answer, and the moment it was heard. */
type Seen = [address: string, answer: unknown, at: number];

/** Give a cache what the phone kept, and keep what it hears from now on. */
export function keepOnPhone(cache: QueryClient): QueryClient {
  const { queries, ...rest } = cache.getDefaultOptions();
  cache.setDefaultOptions({ ...rest, queries: { ...queries, gcTime: KEPT_MS } });
  for (const [address, answer, at] of read()) {
    cache.setQueryData([address], answer, { updatedAt: at });
  }
  cache.getQueryCache().subscribe(({ type }) => {
    if (type === "updated" || type === "removed") {
      write(cache);
    }
  });
  return cache;
}

/** Wipe the store: the next person with this phone must not see this one's clients. */
export function forgetSeen(): void {
  localStorage.removeItem(STORE_KEY);
}

function read(): Seen[] {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE_KEY) ?? "[]") as Seen[];
    return kept.filter(([, answer, at]) => isFresh(answer, at));
  } catch {
    forgetSeen();
    return [];
  }
}

function write(cache: QueryClient): void {
  const seen = cache
    .getQueryCache()
    .getAll()
    .filter(({ queryKey, state }) => KEPT.test(String(queryKey[0])) && !isRefused(state.error))
    .map(({ queryKey, state }): Seen => [String(queryKey[0]), state.data, state.dataUpdatedAt])
    .filter(([, answer, at]) => answer !== undefined && isFresh(answer, at));
  if (!seen.some(([address, answer]) => address === SESSION && hasUser(answer))) {
    forgetSeen();
    return;
  }
  try {
    localStorage.setItem(STORE_KEY, JSON.stringify(seen));
  } catch {
    // A full or closed store costs reading without signal, nothing else.
    forgetSeen();
  }
}

function isFresh(answer: unknown, at: number): boolean {
  const ends = (answer as { ends_at?: string }).ends_at;
  const oldest = Date.now() - KEPT_MS;
  return at > oldest && (ends === undefined || new Date(ends).getTime() > oldest);
}

function hasUser(answer: unknown): boolean {
  return (answer as { user: unknown }).user !== null;
}

/** The server answered and said no: what it showed before may no longer be seen. */
function isRefused(error: Error | null): boolean {
  return error instanceof ApiProblem && !error.mayPass;
}
