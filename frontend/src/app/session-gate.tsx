import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LonePage } from "@/components/lone-page";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { SignIn } from "@/features/sign-in/sign-in";
import { changeSession, type SessionUser, useSession } from "./session";

/**
 * Draws what is behind the sign-in once somebody is signed in, and the sign-in until then.
 *
 * The address stays as it is, so that a link leads to its page also by way of the sign-in.
 */
export function SessionGate({ children }: { children: (user: SessionUser) => ReactNode }) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const session = useSession();

  if (session.data === undefined) {
    return (
      <LonePage>
        {session.isError ? (
          <ProblemPanel error={session.error} onRetry={() => session.refetch()} />
        ) : (
          <Skeleton label={t`Opening Roundtable`} />
        )}
      </LonePage>
    );
  }
  if (session.data.user === null) {
    return <SignIn onSignedIn={(next) => changeSession(cache, next)} />;
  }
  return children(session.data.user);
}
