import { t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { FiguresOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { StatusChip } from "@/components/status-chip";
import { count, decimal, percent } from "@/lib/numbers";
import { duration } from "@/lib/time";

interface Indicator {
  key: keyof Omit<FiguresOut, "terms">;
  words: string;
  show: (value: number) => string;
  better: "lower" | "higher";
  /** Says something only about visits that are planned. */
  ofPlanned?: true;
}

function indicators(): Indicator[] {
  return [
    { key: "unassigned", words: t`Visits without carers`, show: count, better: "lower" },
    {
      key: "unassigned_critical",
      words: t`Critical visits without carers`,
      show: count,
      better: "lower",
    },
    { key: "covered_percent", words: t`Covered`, show: percent, better: "higher" },
    {
      key: "familiar_percent",
      words: t`Visits by known carers`,
      show: percent,
      better: "higher",
      ofPlanned: true,
    },
    {
      key: "carers_per_client",
      words: t`Different carers for a client`,
      show: decimal,
      better: "lower",
      ofPlanned: true,
    },
    {
      key: "within_15_percent",
      words: t`Within 15 minutes of the wished time`,
      show: percent,
      better: "higher",
      ofPlanned: true,
    },
    { key: "travel_minutes", words: t`Travel`, show: duration, better: "lower", ofPlanned: true },
    { key: "splits", words: t`Split days`, show: count, better: "lower", ofPlanned: true },
    {
      key: "wishes_kept_percent",
      words: t`Carers' wishes kept`,
      show: percent,
      better: "higher",
      ofPlanned: true,
    },
    { key: "breaches", words: t`Broken rules`, show: count, better: "lower" },
    { key: "cost", words: t`Points, all in all`, show: count, better: "lower" },
  ];
}

interface FiguresBesideProps {
  before: FiguresOut;
  after: FiguresOut;
}

/** The figures of the draft and of the proposal beside each other; words say which is better. */
export function FiguresBeside({ before, after }: FiguresBesideProps) {
  const { t: words } = useLingui();
  const isEmpty = before.unassigned === before.visits;
  const says = (row: Indicator) => !(isEmpty && row.ofPlanned);
  const columns: Column<Indicator>[] = [
    { key: "words", heading: words`Figure`, cell: (row) => row.words },
    {
      key: "before",
      heading: words`Now`,
      cell: (row) => (says(row) ? row.show(before[row.key]) : "–"),
      numeric: true,
    },
    {
      key: "after",
      heading: words`Proposed`,
      cell: (row) => row.show(after[row.key]),
      numeric: true,
    },
    {
      key: "verdict",
      heading: words`Change`,
      cell: (row) =>
        says(row) && <Verdict row={row} before={before[row.key]} after={after[row.key]} />,
    },
  ];
  return (
    <DataTable
      sentence={
        isEmpty
          ? words`The week as it would be. Nothing is planned in it now.`
          : words`The week as it is now, and as it would be.`
      }
      columns={columns}
      rows={indicators()}
      rowKey={(row) => row.key}
    />
  );
}

function Verdict({ row, before, after }: { row: Indicator; before: number; after: number }) {
  // What looks the same is the same: a difference behind the last shown digit helps nobody.
  if (row.show(before) === row.show(after)) {
    return <>{t`as before`}</>;
  }
  const isBetter = row.better === "lower" ? after < before : after > before;
  return isBetter ? (
    <StatusChip status="done">{t`better`}</StatusChip>
  ) : (
    <StatusChip status="at-risk">{t`worse`}</StatusChip>
  );
}
