/** Who is signed in, and what that opens. Used by both apps. */
import type { QueryClient } from "@tanstack/react-query";
import {
  type GetSessionQueryResult,
  getGetSessionQueryKey,
  useGetSession,
} from "@/api/generated/accounts/accounts";
import { createQueryClient } from "@/api/query-client";
import { ApiProblem } from "@/lib/api-problem";
import { forgetSeen } from "@/lib/phone-store";

export type Session = GetSessionQueryResult;
export type SessionUser = NonNullable<Session["user"]>;
export type Role = SessionUser["roles"][number]["role"];

/** Roles that make and mend rotas. */
export const OFFICE_ROLES: readonly Role[] = ["coordinator", "branch_manager"];

/** Who is signed in changes by signing in and out, which write it down themselves. */
const SESSION_FRESH_MS = 10 * 60_000;

/** Who is signed in, if anybody. */
export function useSession() {
  return useGetSession({ query: { staleTime: SESSION_FRESH_MS } });
}

/** The person for whom the page is drawn. Only below `SessionGate`. */
export function useUser(): SessionUser {
  const { data } = useSession();
  if (data?.user == null) {
    throw new Error("Drawn without a signed-in person: it is not below SessionGate.");
  }
  return data.user;
}

/** The cache of an app: when an answer says that nobody is signed in, it asks again who is. */
export function createCache(): QueryClient {
  const cache = createQueryClient(() => {
    void cache.invalidateQueries({ queryKey: getGetSessionQueryKey() });
  });
  return cache;
}

/**
 * Take note of a sign-in or sign-out, and forget all that the person before could see.
 *
 * A shared computer or phone must not show one person's clients to the next.
 */
export function changeSession(cache: QueryClient, session: Session): void {
  const [sessionKey] = getGetSessionQueryKey();
  forgetSeen();
  cache.setQueryData(getGetSessionQueryKey(), session);
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey });
}

/** Whether a person holds at least one of the roles, in whatever branch. */
export function holdsAny(user: SessionUser, roles: readonly Role[]): boolean {
  return user.roles.some(({ role }) => roles.includes(role));
}

/** A route's guard: its page opens only for people with one of the roles. */
export function onlyFor(roles: readonly Role[]) {
  return ({ context }: { context: { user: SessionUser } }): void => {
    if (!holdsAny(context.user, roles)) {
      throw new ApiProblem(403, []);
    }
  };
}
