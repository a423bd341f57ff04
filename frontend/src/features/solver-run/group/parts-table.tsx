import { Trans, useLingui } from "@lingui/react/macro";
import type { GroupPartOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { StatusChip } from "@/components/status-chip";
import { count } from "@/lib/numbers";
import { stageWords } from "../stage-words";
import { useElapsed } from "../use-elapsed";
import { namesOf } from "./names";

/** How far each branch, or pair of neighbours, is in the step under way. */
export function PartsTable({ parts }: { parts: readonly GroupPartOut[] }) {
  const { t } = useLingui();
  const columns: Column<GroupPartOut>[] = [
    { key: "branches", heading: t`Branch`, cell: (part) => namesOf(part.branches) },
    { key: "now", heading: t`Now`, cell: (part) => <Now part={part} /> },
    {
      key: "open",
      heading: t`Without carers`,
      cell: (part) => shown(part.unassigned),
      numeric: true,
    },
    {
      key: "critical",
      heading: t`Critical`,
      cell: (part) => shown(part.unassigned_critical),
      numeric: true,
    },
  ];
  return (
    <DataTable
      sentence={t`How far the branches are in this step.`}
      columns={columns}
      rows={parts}
      rowKey={(part) => part.run_id}
    />
  );
}

function shown(value: number | null): string {
  return value === null ? "" : count(value);
}

function Now({ part }: { part: GroupPartOut }) {
  const elapsed = Math.round(useElapsed(part));
  const most = part.seconds;
  switch (part.state) {
    case "finished":
      return (
        <StatusChip status="done">
          <Trans>done</Trans>
        </StatusChip>
      );
    case "failed":
      return (
        <StatusChip status="uncovered">
          <Trans>failed</Trans>
        </StatusChip>
      );
    case "cancelled":
      return <Trans>stopped</Trans>;
    case "queued":
      return part.attempts > 0 ? (
        <StatusChip status="at-risk">
          <Trans>its worker was lost; another goes on with it</Trans>
        </StatusChip>
      ) : (
        stageWords(part)
      );
    case "running":
      return part.lost ? (
        <StatusChip status="at-risk">
          <Trans>its worker is silent; another will go on with it</Trans>
        </StatusChip>
      ) : (
        <>
          {stageWords(part)},{" "}
          <Trans>
            {elapsed} of {most} seconds
          </Trans>
        </>
      );
  }
}
