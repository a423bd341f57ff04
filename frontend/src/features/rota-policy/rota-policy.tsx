import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { PolicyRuleOut } from "@/api/generated/model";
import {
  getListMyPolicyTriesQueryKey,
  useGetRotaPolicy,
  useListMyPolicyTries,
  useTryPolicy,
} from "@/api/generated/rota/rota";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { Overrides } from "./overrides";
import { PolicyInForce } from "./policy-in-force";
import { Relax } from "./relax";
import styles from "./rota-policy.module.css";
import { Split } from "./split";
import { Tried } from "./tried";

const LOOK_EVERY_MS = 2_000;

interface RotaPolicyProps {
  mayTry: boolean;
  mayRelax: boolean;
}

/** The members' policy for the rota; members can try another split of tokens. */
export function RotaPolicy({ mayTry, mayRelax }: RotaPolicyProps) {
  const { data, error, isPending, refetch } = useGetRotaPolicy();
  if (isPending) {
    return <Skeleton lines={8} />;
  }
  if (data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className={styles.stack}>
      <PolicyInForce policy={data} />
      <Overrides overrides={data.overrides} />
      {mayRelax && <Relax />}
      {mayTry && <TryOut present={data.rules} />}
    </div>
  );
}

function TryOut({ present }: { present: readonly PolicyRuleOut[] }) {
  const cache = useQueryClient();
  const { data, error, refetch } = useListMyPolicyTries({
    query: {
      refetchInterval: ({ state }) =>
        state.data?.tries.some((one) => isUnderWay(one.state)) ? LOOK_EVERY_MS : false,
    },
  });
  const asking = useTryPolicy({
    mutation: {
      onSuccess: () => cache.invalidateQueries({ queryKey: getListMyPolicyTriesQueryKey() }),
    },
  });
  return (
    <section className={styles.stack} aria-labelledby="try-heading">
      <h2 id="try-heading">
        <Trans>Try another split</Trans>
      </h2>
      <p>
        <Trans>
          Place twenty tokens. A week that is over is made twice, by the policy of today and by your
          split, and you see both side by side. Nothing is changed by it, and nobody else sees what
          you tried.
        </Trans>
      </p>
      {data === undefined ? (
        error === null ? (
          <Skeleton lines={6} />
        ) : (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <Split
            present={present}
            weeks={data.weeks}
            isBusy={asking.isPending || data.tries.some((one) => isUnderWay(one.state))}
            onTry={(tokens, branchId) => asking.mutate({ data: { tokens, branch_id: branchId } })}
          />
          {asking.error !== null && <ProblemPanel error={asking.error} />}
          {data.tries.map((one) => (
            <Tried key={one.id} tried={one} />
          ))}
        </>
      )}
    </section>
  );
}

function isUnderWay(state: string): boolean {
  return state === "queued" || state === "running";
}
