import { Plural, Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { BranchWeekOut, OpenedWeekOut } from "@/api/generated/model";
import {
  getGetBoardQueryKey,
  getListBranchWeeksQueryKey,
  useListBranchWeeks,
  useOpenWeek,
} from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { clockAt, localDate, shortDate } from "@/lib/time";
import styles from "./commitments.module.css";
import { OpenedWeek } from "./opened-week";

interface OpenWeekProps {
  branchId: number;
  week: string;
  /** Leads to the board of the week; drawn once there are visits on it. */
  boardLink: ReactNode;
  clientLink: (clientId: number, name: string) => ReactNode;
}

/** Where the week stands, and the step that turns its packages into dated visits. */
export function OpenWeek({ branchId, week, boardLink, clientLink }: OpenWeekProps) {
  const cache = useQueryClient();
  const [opened, setOpened] = useState<OpenedWeekOut | null>(null);
  const weeks = useListBranchWeeks(branchId);
  const { mutate, isPending, error } = useOpenWeek({
    mutation: {
      onSuccess: async (told) => {
        setOpened(told);
        await Promise.all([
          cache.invalidateQueries({ queryKey: getListBranchWeeksQueryKey(branchId) }),
          cache.invalidateQueries({ queryKey: getGetBoardQueryKey(told.rota_id) }),
        ]);
      },
    },
  });
  if (weeks.error !== null && weeks.data === undefined) {
    return <ProblemPanel error={weeks.error} onRetry={() => void weeks.refetch()} />;
  }
  if (weeks.data === undefined) {
    return <Skeleton lines={2} />;
  }
  const state = weeks.data.find((one) => one.week === week);
  const isOpen = state !== undefined && state.rota_id !== null;
  return (
    <div className={styles.stack}>
      <Card>
        <div className={styles.state}>
          {isOpen ? <WeekState state={state} /> : <NotOpened />}
          <Button
            kind={isOpen ? "secondary" : "primary"}
            busy={isPending}
            onClick={() => mutate({ branchId, week })}
          >
            {isOpen ? <Trans>Take over changed packages</Trans> : <Trans>Open the week</Trans>}
          </Button>
          {isOpen && boardLink}
        </div>
      </Card>
      {error !== null && <ProblemPanel error={error} />}
      {opened !== null && <OpenedWeek opened={opened} clientLink={clientLink} />}
    </div>
  );
}

function NotOpened() {
  return (
    <>
      <StatusChip status="info">
        <Trans>Not opened</Trans>
      </StatusChip>
      <p>
        <Trans>Opening the week turns these packages into dated visits. Nobody is told yet.</Trans>
      </p>
    </>
  );
}

function WeekState({ state }: { state: BranchWeekOut }) {
  const { visits, unallocated, publication, changed_since_publication: changed } = state;
  return (
    <>
      {unallocated > 0 ? (
        <StatusChip status="uncovered">
          <Plural
            value={unallocated}
            one="# visit without carers"
            other="# visits without carers"
          />
        </StatusChip>
      ) : (
        <StatusChip status="done">
          <Trans>Every visit is covered</Trans>
        </StatusChip>
      )}
      <p>
        <Plural value={visits} one="The week has # visit." other="The week has # visits." />{" "}
        {publication === null ? (
          <Trans>It has not been published.</Trans>
        ) : (
          <Published at={publication.published_at} number={publication.number} />
        )}{" "}
        {publication !== null && changed > 0 && (
          <Plural
            value={changed}
            one="# visit has changed since then."
            other="# visits have changed since then."
          />
        )}
      </p>
    </>
  );
}

function Published({ at, number }: { at: string; number: number }) {
  const [day, time] = [shortDate(localDate(at)), clockAt(at)];
  return (
    <Trans>
      Publication {number} went out on {day} at {time}.
    </Trans>
  );
}
