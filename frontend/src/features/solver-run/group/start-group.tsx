import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useState } from "react";
import type { GroupBranchOut } from "@/api/generated/model";
import { useStartGroupRun } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { EmptyState } from "@/components/empty-state";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import styles from "../solver-run.module.css";
import groupStyles from "./group.module.css";
import { namesOf } from "./names";
import { useTellGroupRun } from "./use-group-week";

const USUAL_SECONDS = 300;

interface StartGroupProps {
  week: string;
  branches: readonly GroupBranchOut[];
  /** Nothing has been built before: building is the one thing to do. */
  isFirst: boolean;
  onStarted: () => void;
  openLink: (branchId: number, name: string) => ReactNode;
}

/** Starts building the week of all branches that have opened it. */
export function StartGroup({ week, branches, isFirst, onStarted, openLink }: StartGroupProps) {
  const { t } = useLingui();
  const tell = useTellGroupRun(week);
  const [seconds, setSeconds] = useState(USUAL_SECONDS);
  const { mutate, isPending, error } = useStartGroupRun({
    mutation: {
      onSuccess: (run) => {
        tell(run);
        onStarted();
      },
    },
  });
  const opened = branches.filter(({ rota_id }) => rota_id !== null);
  const left = branches.filter(({ rota_id }) => rota_id === null);
  const start = (event: FormEvent) => {
    event.preventDefault();
    mutate({ week, data: { seconds } });
  };
  if (opened.length === 0) {
    return (
      <EmptyState title={<Trans>No branch has opened this week yet.</Trans>}>
        <Trans>A week gets its visits when it is opened on the page of its commitments:</Trans>
        <LeftOut branches={left} openLink={openLink} />
      </EmptyState>
    );
  }
  const names = namesOf(opened.map(({ branch_name: name }) => name));
  return (
    <Card>
      <div className={styles.stack}>
        <p>
          <Trans>
            Each branch is planned by itself, then neighbours together, so that a carer can be lent
            where two branches meet. In it: {names}.
          </Trans>
        </p>
        {left.length > 0 && (
          <div>
            <p>
              <Trans>Left out, because they have not opened this week:</Trans>
            </p>
            <LeftOut branches={left} openLink={openLink} />
          </div>
        )}
        <form className={styles.start} onSubmit={start}>
          <SelectField
            label={t`How long may it take?`}
            value={String(seconds)}
            onChoose={(value) => setSeconds(Number(value))}
            options={[
              { value: "30", label: t`30 seconds, a first look` },
              { value: "300", label: t`5 minutes` },
              { value: "900", label: t`15 minutes` },
              { value: "3600", label: t`1 hour, for the best week` },
            ]}
          />
          <Button type="submit" kind={isFirst ? "primary" : "secondary"} busy={isPending}>
            {isFirst ? (
              <Trans>Build the week of all</Trans>
            ) : (
              <Trans>Build the week of all again</Trans>
            )}
          </Button>
          <p className={styles.quiet}>
            <Trans>
              Locked visits stay as they are. Nothing changes until what is proposed is accepted.
            </Trans>
          </p>
        </form>
        {error !== null && <ProblemPanel error={error} />}
      </div>
    </Card>
  );
}

function LeftOut({ branches, openLink }: Pick<StartGroupProps, "branches" | "openLink">) {
  return (
    <ul className={groupStyles.links}>
      {branches.map(({ branch_id: id, branch_name: name }) => (
        <li key={id}>{openLink(id, name)}</li>
      ))}
    </ul>
  );
}
