import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { PromiseBranchOut, PromiseFigureOut, PromiseOut } from "@/api/generated/model";
import { DataTable } from "@/components/data-table";
import { fullDate } from "@/lib/time";
import { type Figure, figures } from "@/lib/week-figures";
import styles from "./rota-policy.module.css";

interface PromisedProps {
  number: number;
  promise: PromiseOut;
}

/** What a version was to make of recent weeks, beside the weeks that were published under it. */
export function Promised({ number, promise }: PromisedProps) {
  const { t } = useLingui();
  if (promise.branches.length === 0) {
    return (
      <p className={styles.quiet}>
        <Trans>
          Nothing was promised of this policy: no branch of five carers or more had a published week
          to make by it.
        </Trans>
      </p>
    );
  }
  return (
    <section className={styles.stack} aria-labelledby={`promised-${number}`}>
      <h3 id={`promised-${number}`}>
        <Trans>Promised and real</Trans>
      </h3>
      <p>
        <State promise={promise} /> <Weeks promise={promise} />
      </p>
      <Rows
        sentence={t`A week of the counted branches together: before policy ${number}, what it was to change, and the weeks under it.`}
        rows={promise.figures}
      />
      <p className={styles.quiet}>
        <Trans>
          Visits, hours, faces and days are added up over the branches; faces for a client, contract
          hours and wishes are means, by the visits of each branch. What was promised is the
          difference between the same weeks made by the policy before and by this one. As promised
          means the same way and between half and double of it. Under this policy other things
          changed too: clients, carers, illness. So this is no proof of what the policy did.
        </Trans>
      </p>
      <ul className={styles.rules}>
        {promise.branches.map((branch) => (
          <li key={branch.branch_name}>
            <Branch number={number} branch={branch} />
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        <Trans>Branches with fewer than five carers are left out.</Trans>
      </p>
    </section>
  );
}

function State({ promise: { state } }: { promise: PromiseOut }) {
  switch (state) {
    case "waiting":
      return <Trans>Recent weeks are still being made by this policy, when nobody waits.</Trans>;
    case "failed":
      return (
        <Trans>The recent weeks could not be made by this policy, so it has no promise.</Trans>
      );
    case "none":
      return <Trans>There was no published week to make by this policy.</Trans>;
    case "finished":
      return null;
  }
}

function Weeks({ promise }: { promise: PromiseOut }) {
  const { weeks, weeks_needed: needed, has_ended: hasEnded } = promise;
  if (weeks >= needed) {
    return null;
  }
  return (
    <>
      <Plural
        value={weeks}
        _0="No whole week has been published under it yet"
        one="One whole week has been published under it"
        other="# whole weeks have been published under it"
      />
      {hasEnded ? (
        <Trans>; {needed} are needed, and no more are waited for.</Trans>
      ) : (
        <Trans>; {needed} are needed.</Trans>
      )}
    </>
  );
}

function Branch({ number, branch }: { number: number; branch: PromiseBranchOut }) {
  const { t } = useLingui();
  const { branch_name: name, failed_weeks: failed } = branch;
  return (
    <details>
      <summary>
        {branch.is_counted ? name : <Trans>{name}, not among those together</Trans>}
      </summary>
      <Rows sentence={t`A week of ${name} under policy ${number}.`} rows={branch.figures} />
      <ul className={styles.quiet}>
        <li>
          <Trans>Promised by the weeks from: {days(branch.made_weeks)}</Trans>
        </li>
        <li>
          <Trans>Before, the weeks from: {days(branch.weeks_before)}</Trans>
        </li>
        <li>
          <Trans>Under it, the weeks from: {days(branch.weeks_after)}</Trans>
        </li>
        {failed > 0 && (
          <li>
            <Plural
              value={failed}
              one="One week could not be made."
              other="# weeks could not be made."
            />
          </li>
        )}
      </ul>
    </details>
  );
}

function days(weeks: readonly string[]): string {
  return weeks.length === 0 ? "–" : weeks.map(fullDate).join(", ");
}

function Rows({ sentence, rows }: { sentence: string; rows: readonly PromiseFigureOut[] }) {
  const { t } = useLingui();
  const known = new Map(rows.map((row) => [row.name as string, row]));
  return (
    <DataTable
      sentence={sentence}
      columns={[
        { key: "words", heading: t`Figure`, cell: ({ figure }) => figure.words },
        {
          key: "before",
          heading: t`Before`,
          cell: ({ figure, row }) => shown(figure, row.before),
          numeric: true,
        },
        {
          key: "promised",
          heading: t`Promised change`,
          cell: ({ figure, row }) => signed(figure, row.promised_change),
          numeric: true,
        },
        {
          key: "after",
          heading: t`Under it`,
          cell: ({ figure, row }) => shown(figure, row.after),
          numeric: true,
        },
        {
          key: "change",
          heading: t`Real change`,
          cell: ({ figure, row }) => signed(figure, row.change),
          numeric: true,
        },
        { key: "verdict", heading: t`So it went`, cell: ({ row }) => <Verdict row={row} /> },
      ]}
      rows={figures().flatMap((figure) => {
        const row = known.get(figure.name);
        return row === undefined ? [] : [{ figure, row }];
      })}
      rowKey={({ figure }) => figure.name}
    />
  );
}

/** A figure of a mean week; of travel, whole minutes are enough. */
function shown(figure: Figure, value: number | null): string {
  if (value === null) {
    return "–";
  }
  return figure.show(figure.name === "travel minutes" ? Math.round(value) : value);
}

function signed(figure: Figure, value: number | null): string {
  if (value === null) {
    return "–";
  }
  const words = shown(figure, Math.abs(value));
  if (words === shown(figure, 0)) {
    return words;
  }
  return value > 0 ? `+${words}` : `−${words}`;
}

function Verdict({ row: { verdict, promised_change: promised } }: { row: PromiseFigureOut }) {
  switch (verdict) {
    case "too_early":
      return <Trans>too early</Trans>;
    case "too_short":
      return <Trans>too few weeks</Trans>;
    case "not_known":
      return <Trans>nothing to compare with</Trans>;
    case "as_promised":
      return <Trans>as promised</Trans>;
    case "less":
      return promised !== null && promised > 0 ? (
        <Trans>up as promised, by less than half of it</Trans>
      ) : (
        <Trans>down as promised, by less than half of it</Trans>
      );
    case "more":
      return promised !== null && promised > 0 ? (
        <Trans>up as promised, by more than double</Trans>
      ) : (
        <Trans>down as promised, by more than double</Trans>
      );
    case "no_change":
      return <Trans>no clear change, against the promise</Trans>;
    case "unpromised":
      return <Trans>changed, which was not promised</Trans>;
    case "other_way":
      return <Trans>the other way</Trans>;
  }
}
