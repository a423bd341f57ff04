import { Trans, useLingui } from "@lingui/react/macro";
import type { BranchCommitmentsOut } from "@/api/generated/model";
import { DataTable } from "@/components/data-table";
import { hours } from "@/lib/time";
import styles from "./commitments.module.css";

interface Line {
  key: string;
  words: string;
  minutes: number;
}

/** The gap written out as a sum, and how much room the contracts leave for it. */
export function GapSum({ figures }: { figures: BranchCommitmentsOut }) {
  const { t } = useLingui();
  const { owed, guaranteed, gap } = figures;
  const visits = owed.minutes;
  const columns = [
    { key: "words", heading: t`Part`, cell: (row: Line) => row.words },
    { key: "hours", heading: t`Hours`, cell: (row: Line) => hours(row.minutes), numeric: true },
  ];
  const sum: Line[] = [
    { key: "visits", words: t`Hours that clients are visited`, minutes: visits },
    {
      key: "second",
      words: t`and again for each second carer`,
      minutes: owed.carer_minutes - visits,
    },
    { key: "owed", words: t`Hours of care owed`, minutes: owed.carer_minutes },
    { key: "less", words: t`less hours guaranteed to carers`, minutes: -guaranteed.minutes },
    { key: "gap", words: t`The gap`, minutes: gap.minutes },
  ];
  const room: Line[] = [
    {
      key: "available",
      words: t`Hours that carers are free`,
      minutes: guaranteed.available_minutes,
    },
    {
      key: "maximum",
      words: t`Hours that contracts allow at most`,
      minutes: guaranteed.maximum_minutes,
    },
    {
      key: "paused",
      words: t`Hours paused while clients are away`,
      minutes: figures.suspended_minutes,
    },
  ];
  return (
    <section className={styles.stack} aria-labelledby="gap-rows">
      <h2 id="gap-rows">
        <Trans>How the gap comes about</Trans>
      </h2>
      <div className={styles.sums}>
        <DataTable
          sentence={t`What is owed, less what is guaranteed.`}
          columns={columns}
          rows={sum}
          rowKey={(row) => row.key}
        />
        <DataTable
          sentence={t`What there is to close it with. Travel needs its share of these hours too.`}
          columns={columns}
          rows={room}
          rowKey={(row) => row.key}
        />
      </div>
    </section>
  );
}
