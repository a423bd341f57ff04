import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ScenarioOut } from "@/api/generated/model";
import { useListRulesInForce, useListSkills } from "@/api/generated/organisation/organisation";
import {
  getListScenariosQueryKey,
  useAskScenario,
  useCancelScenario,
  useListScenarios,
} from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { EmptyState } from "@/components/empty-state";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { ProgressBar } from "@/components/progress-bar";
import { Skeleton } from "@/components/skeleton";
import { Ask } from "./ask";
import { presentOf } from "./present";
import { Sides } from "./sides";
import styles from "./what-if.module.css";

const LOOK_EVERY_MS = 2_000;

const isUnderWay = (scenario: ScenarioOut | undefined) =>
  scenario?.state === "queued" || scenario?.state === "running";

interface WhatIfProps {
  rotaId: number;
  branchName: string;
  week: string;
}

/** The same week under tried rules or with more carers, beside the week as it is. */
export function WhatIf({ rotaId, branchName, week }: WhatIfProps) {
  const cache = useQueryClient();
  const skills = useListSkills();
  const rules = useListRulesInForce({ on: week });
  const { data, error, isPending, refetch } = useListScenarios(rotaId, {
    query: {
      refetchInterval: ({ state }) => (isUnderWay(state.data?.[0]) ? LOOK_EVERY_MS : false),
    },
  });
  const mutation = {
    onSuccess: () => cache.invalidateQueries({ queryKey: getListScenariosQueryKey(rotaId) }),
  };
  const asking = useAskScenario({ mutation });
  const stopping = useCancelScenario({ mutation });
  if (isPending || skills.isPending || rules.isPending) {
    return <Skeleton lines={8} />;
  }
  if (data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  const [latest] = data;
  return (
    <div className={styles.stack}>
      {latest === undefined || !isUnderWay(latest) ? (
        <Ask
          skills={skills.data ?? []}
          present={presentOf(rules.data ?? [], branchName)}
          isBusy={asking.isPending}
          onAsk={(seconds, change) => asking.mutate({ rotaId, data: { seconds, change } })}
        />
      ) : (
        <Progress
          scenario={latest}
          isStopping={stopping.isPending}
          onStop={() => stopping.mutate({ scenarioId: latest.id })}
        />
      )}
      {asking.error !== null && <ProblemPanel error={asking.error} />}
      {stopping.error !== null && <ProblemPanel error={stopping.error} />}
      <Answer scenario={latest} />
    </div>
  );
}

function Answer({ scenario }: { scenario: ScenarioOut | undefined }) {
  if (scenario === undefined) {
    return (
      <EmptyState title={<Trans>Nothing has been tried for this week yet.</Trans>}>
        <Trans>Both weeks are only tried: nothing of them can be accepted or published.</Trans>
      </EmptyState>
    );
  }
  if (scenario.result !== null) {
    return <Sides scenario={scenario} result={scenario.result} />;
  }
  if (scenario.state === "failed") {
    return (
      <Notice
        status="at-risk"
        live="status"
        title={<Trans>The last try failed. Nothing was kept; you can try again.</Trans>}
      />
    );
  }
  if (scenario.state === "cancelled") {
    return <Notice title={<Trans>The last try was stopped. Nothing was kept.</Trans>} />;
  }
  return null;
}

interface ProgressProps {
  scenario: ScenarioOut;
  isStopping: boolean;
  onStop: () => void;
}

function Progress({ scenario, isStopping, onStop }: ProgressProps) {
  const { t } = useLingui();
  const runs = [scenario.present, scenario.tried];
  const all = runs.reduce((sum, { seconds }) => sum + seconds, 0);
  const done = runs.reduce(
    (sum, { state, seconds, elapsed_seconds: elapsed }) =>
      sum + (state === "finished" ? seconds : Math.min(seconds, elapsed)),
    0,
  );
  const seconds = Math.round(done);
  return (
    <Card>
      <ProgressBar
        label={t`Trying both weeks`}
        value={scenario.state === "queued" ? null : done}
        max={all}
        text={scenario.state === "queued" ? t`waiting for a worker` : t`${seconds} of ${all} s`}
      />
      <Button busy={isStopping} onClick={onStop}>
        <Trans>Stop</Trans>
      </Button>
    </Card>
  );
}
