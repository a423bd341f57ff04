import { Trans, useLingui } from "@lingui/react/macro";
import type { FunderCommitmentOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { type Column, DataTable } from "@/components/data-table";
import { count } from "@/lib/numbers";
import { hours } from "@/lib/time";
import styles from "./commitments.module.css";

interface FundersTableProps {
  funders: readonly FunderCommitmentOut[];
  /** The funder whose packages are shown below; null for all. */
  chosen: number | null;
  onChoose: (funder: number | null) => void;
}

/** The hours owed by who pays for them, most hours first; a name opens its packages. */
export function FundersTable({ funders, chosen, onChoose }: FundersTableProps) {
  const { t } = useLingui();
  const columns: Column<FunderCommitmentOut>[] = [
    {
      key: "name",
      heading: t`Who pays`,
      cell: (row) => (
        <button
          type="button"
          className={styles.rowButton}
          aria-pressed={row.funder_id === chosen}
          onClick={() => onChoose(row.funder_id === chosen ? null : row.funder_id)}
        >
          {row.name}
        </button>
      ),
    },
    { key: "clients", heading: t`Clients`, cell: (row) => count(row.clients), numeric: true },
    { key: "packages", heading: t`Packages`, cell: (row) => count(row.packages), numeric: true },
    { key: "visits", heading: t`Visits`, cell: (row) => count(row.visits), numeric: true },
    {
      key: "hours",
      heading: t`Hours owed`,
      cell: (row) => hours(row.carer_minutes),
      numeric: true,
    },
  ];
  return (
    <>
      <DataTable
        sentence={t`Who pays for these hours. A name shows the packages behind its figure.`}
        columns={columns}
        rows={[...funders].sort((one, other) => other.carer_minutes - one.carer_minutes)}
        rowKey={(row) => row.funder_id}
      />
      {chosen !== null && (
        <div>
          <Button onClick={() => onChoose(null)}>
            <Trans>Show the packages of everybody</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
