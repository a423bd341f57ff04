import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { getGetRunQueryKey, useStartRun } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import styles from "./solver-run.module.css";

const USUAL_SECONDS = 60;

interface StartRunProps {
  rotaId: number;
  /** Nothing has been built before: building is the one thing to do. */
  isFirst: boolean;
  onStarted: () => void;
}

/** Starts building a week, for as long as the person can wait. */
export function StartRun({ rotaId, isFirst, onStarted }: StartRunProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [seconds, setSeconds] = useState(USUAL_SECONDS);
  const { mutate, isPending, error } = useStartRun({
    mutation: {
      onSuccess: (run) => {
        cache.setQueryData(getGetRunQueryKey(run.id), run);
        onStarted();
      },
    },
  });
  const start = (event: FormEvent) => {
    event.preventDefault();
    mutate({ rotaId, data: { seconds } });
  };
  return (
    <Card>
      <form className={styles.start} onSubmit={start}>
        <SelectField
          label={t`How long may it take?`}
          value={String(seconds)}
          onChoose={(value) => setSeconds(Number(value))}
          options={[
            { value: "15", label: t`15 seconds, a first look` },
            { value: "60", label: t`1 minute` },
            { value: "300", label: t`5 minutes` },
            { value: "900", label: t`15 minutes` },
            { value: "3600", label: t`1 hour, for the best week` },
          ]}
        />
        <Button type="submit" kind={isFirst ? "primary" : "secondary"} busy={isPending}>
          {isFirst ? <Trans>Build the week</Trans> : <Trans>Build the week again</Trans>}
        </Button>
        <p className={styles.quiet}>
          <Trans>
            Locked visits stay as they are. Nothing changes until you accept what is proposed.
          </Trans>
        </p>
      </form>
      {error !== null && <ProblemPanel error={error} />}
    </Card>
  );
}
