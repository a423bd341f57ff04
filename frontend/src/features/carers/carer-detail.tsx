import { t as words } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { AvailabilityOut, CarerOut, ContractOut, PayRateOut } from "@/api/generated/model";
import { useGetCarer } from "@/api/generated/people/people";
import { Card } from "@/components/card";
import { type Column, DataTable } from "@/components/data-table";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { pounds } from "@/lib/numbers";
import { absenceWords, checkWords, travelModeWords, weekdayName } from "@/lib/office-words";
import { clock, clockAt, fullDate, hours, localDate } from "@/lib/time";
import styles from "./carers.module.css";

/** A carer: contract, when they can work, what they may do, and when they are away. */
export function CarerDetail({ carerId }: { carerId: number }) {
  const { t } = useLingui();
  const { data, error, refetch } = useGetCarer(carerId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={10} label={t`Loading the carer`} />;
  }
  const mode = travelModeWords(data.travel_mode);
  return (
    <div className={styles.stack}>
      <PageHeading title={data.name}>
        {data.external_id} ·{" "}
        <Trans>
          travels {mode} from {data.home_postcode}
        </Trans>
      </PageHeading>
      <div className={styles.columns}>
        <Card>
          <Contracts contracts={data.contracts} />
        </Card>
        <Card>
          <Availability rows={data.availability} />
        </Card>
        <Card>
          <Proofs carer={data} />
        </Card>
        <Card>
          <PayRates rates={data.pay_rates} />
        </Card>
        <Card aria-labelledby="carer-away">
          <h2 id="carer-away">
            <Trans>Away</Trans>
          </h2>
          <Absences carer={data} />
        </Card>
      </div>
    </div>
  );
}

function Contracts({ contracts }: { contracts: readonly ContractOut[] }) {
  const { t } = useLingui();
  const columns: Column<ContractOut>[] = [
    { key: "from", heading: t`From`, cell: (row) => fullDate(row.starts_on) },
    {
      key: "before",
      heading: t`Until before`,
      cell: (row) => (row.ends_before === null ? t`no end` : fullDate(row.ends_before)),
    },
    {
      key: "guaranteed",
      heading: t`Hours guaranteed`,
      cell: (row) => hours(row.guaranteed_minutes),
      numeric: true,
    },
    {
      key: "most",
      heading: t`At most`,
      cell: (row) => hours(row.maximum_minutes),
      numeric: true,
    },
    { key: "days", heading: t`Days`, cell: (row) => row.max_days, numeric: true },
  ];
  return (
    <DataTable
      sentence={t`The contract: hours and days of a week.`}
      columns={columns}
      rows={contracts}
      rowKey={(row) => row.starts_on}
    />
  );
}

function Availability({ rows }: { rows: readonly AvailabilityOut[] }) {
  const { t } = useLingui();
  const columns: Column<AvailabilityOut>[] = [
    { key: "day", heading: t`Day`, cell: (row) => weekdayName(row.weekday) },
    {
      key: "hours",
      heading: t`Hours`,
      cell: (row) => `${clock(row.from_minute)} – ${clock(row.to_minute)}`,
      numeric: true,
    },
    {
      key: "weeks",
      heading: t`Weeks`,
      cell: (row) =>
        row.cycle_weeks === 1 ? t`every week` : t`week ${row.cycle_week} of ${row.cycle_weeks}`,
    },
  ];
  return (
    <DataTable
      sentence={t`When this carer can work.`}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.weekday}/${row.from_minute}/${row.cycle_week}/${row.starts_on}`}
    />
  );
}

interface Proof {
  key: string;
  name: string;
  since: string | null;
  before: string | null;
}

function Proofs({ carer }: { carer: CarerOut }) {
  const { t } = useLingui();
  const rows: Proof[] = [
    ...carer.checks.map((row) => ({
      key: `check/${row.kind}`,
      name: checkWords(row.kind),
      since: row.completed_on,
      before: row.ends_before,
    })),
    ...carer.skills.map((row) => ({
      key: `skill/${row.code}`,
      name: row.name,
      since: row.completed_on,
      before: row.ends_before,
    })),
    ...carer.opt_outs.map((row) => ({
      key: `opt-out/${row.signed_on}`,
      name: t`Has agreed to more than 48 hours a week`,
      since: row.signed_on,
      before: row.ends_before,
    })),
    ...carer.visa_hours.map((row) => ({
      key: `visa/${row.starts_on}`,
      name: t`Visa: at most ${hours(row.weekly_minutes)} hours a week`,
      since: row.starts_on,
      before: row.ends_before,
    })),
    ...(carer.born_on === null
      ? []
      : [{ key: "born", name: t`Born`, since: carer.born_on, before: null }]),
    ...nightProofs(carer),
  ];
  const columns: Column<Proof>[] = [
    { key: "name", heading: t`What`, cell: (row) => row.name },
    { key: "since", heading: t`Since`, cell: (row) => row.since && fullDate(row.since) },
    {
      key: "before",
      heading: t`Until before`,
      cell: (row) => (row.before === null ? t`no end` : fullDate(row.before)),
    },
  ];
  return (
    <DataTable
      sentence={t`Checks and training.`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
    />
  );
}

/** Night work as far as rules need it: of the health assessment, the day alone. */
function nightProofs(carer: CarerOut): Proof[] {
  const assessed: Proof = {
    key: "night-assessment",
    name: words`Health assessment for nights`,
    since: carer.night_assessed_on,
    before: null,
  };
  const works: Proof = {
    key: "night-worker",
    name: carer.has_night_hazard ? words`Works nights, with a special hazard` : words`Works nights`,
    since: null,
    before: null,
  };
  return [
    ...(carer.is_night_worker ? [works] : []),
    ...(carer.night_assessed_on === null ? [] : [assessed]),
  ];
}

function PayRates({ rates }: { rates: readonly PayRateOut[] }) {
  const { t } = useLingui();
  const columns: Column<PayRateOut>[] = [
    { key: "from", heading: t`From`, cell: (row) => fullDate(row.starts_on) },
    {
      key: "contact",
      heading: t`With clients`,
      cell: (row) => pounds(row.contact_pence),
      numeric: true,
    },
    {
      key: "travel",
      heading: t`On the way`,
      cell: (row) => pounds(row.travel_pence),
      numeric: true,
    },
    {
      key: "waiting",
      heading: t`Waiting`,
      cell: (row) => pounds(row.waiting_pence),
      numeric: true,
    },
    { key: "mile", heading: t`A mile`, cell: (row) => pounds(row.mileage_pence), numeric: true },
  ];
  return (
    <DataTable
      sentence={t`Basic pay, an hour.`}
      columns={columns}
      rows={rates}
      rowKey={(row) => row.starts_on}
    />
  );
}

function Absences({ carer }: { carer: CarerOut }) {
  if (carer.absences.length === 0) {
    return (
      <p>
        <Trans>Nothing is noted.</Trans>
      </p>
    );
  }
  return (
    <ul className={styles.list}>
      {carer.absences.map(({ kind, starts_at, ends_at }) => (
        <li key={`${kind}/${starts_at}`}>
          {absenceWords(kind)}:{" "}
          {ends_at === null ? (
            <Trans>from {moment(starts_at)} on</Trans>
          ) : (
            <Trans>
              {moment(starts_at)} to {moment(ends_at)}
            </Trans>
          )}
        </li>
      ))}
    </ul>
  );
}

function moment(at: string): string {
  return `${fullDate(localDate(at))} ${clockAt(at)}`;
}
