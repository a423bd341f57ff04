import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { ProblemPanel } from "@/components/problem-panel";
import styles from "./solver-run.module.css";

interface StopRunProps {
  isStopping: boolean;
  hasPlan: boolean;
  cancel: { isPending: boolean; error: unknown };
  onStop: (keep: boolean) => void;
  /** What there is to keep, while there is nothing. */
  untilThere?: ReactNode;
}

/** The ways to stop what is being built, and that nobody has to wait for it here. */
export function StopRun({ isStopping, hasPlan, cancel, onStop, untilThere }: StopRunProps) {
  return (
    <>
      <p className={styles.quiet}>
        <Trans>You can leave this page: the run goes on, and is found here again.</Trans>
      </p>
      <div className={styles.actions}>
        <Button
          busy={cancel.isPending}
          disabled={isStopping || !hasPlan}
          onClick={() => onStop(true)}
        >
          <Trans>Stop and keep the best</Trans>
        </Button>
        <Button
          kind="quiet"
          busy={cancel.isPending}
          disabled={isStopping}
          onClick={() => onStop(false)}
        >
          <Trans>Stop and drop</Trans>
        </Button>
      </div>
      {!hasPlan && !isStopping && untilThere !== undefined && (
        <p className={styles.quiet}>{untilThere}</p>
      )}
      {cancel.error !== null && <ProblemPanel error={cancel.error} />}
    </>
  );
}
