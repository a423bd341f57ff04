import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ScenarioOut, ScenarioResultOut, SpreadOut } from "@/api/generated/model";
import { DataTable } from "@/components/data-table";
import { FigureVerdict, Summary } from "@/components/figure-verdict";
import { decimal } from "@/lib/numbers";
import { termName } from "@/lib/office-rules";
import { figureOf, figures } from "@/lib/week-figures";
import { limits, weights } from "./rules";
import styles from "./what-if.module.css";

function spreadName(name: string): string {
  const words: Record<string, string> = {
    "work minutes": t`Work of a carer, minutes`,
    "travel minutes": t`Travel of a carer, minutes`,
    splits: t`Split days of a carer`,
    days: t`Days of a carer`,
    "new faces": t`New faces for a client`,
    "different carers": t`Different carers for a client`,
  };
  return words[name] ?? name;
}

interface SidesProps {
  scenario: ScenarioOut;
  result: ScenarioResultOut;
}

/** Both sides in figures; how they lie over people opens below, without names. */
export function Sides({ scenario, result: { present, tried } }: SidesProps) {
  const { t: words } = useLingui();
  const hasOtherPoints = Object.keys(scenario.change.weights).length > 0;
  return (
    <section className={styles.stack} aria-labelledby="sides-heading">
      <h2 id="sides-heading">
        <Trans>Side by side</Trans>
      </h2>
      <Tried scenario={scenario} />
      <Summary present={present.figures} tried={tried.figures} />
      <DataTable
        sentence={words`The week as it would be under the present rules, and as tried.`}
        columns={[
          { key: "words", heading: words`Figure`, cell: (row) => row.words },
          {
            key: "present",
            heading: words`Present`,
            cell: (row) => row.show(figureOf(present.figures, row.name)),
            numeric: true,
          },
          {
            key: "tried",
            heading: words`Tried`,
            cell: (row) => row.show(figureOf(tried.figures, row.name)),
            numeric: true,
          },
          {
            key: "verdict",
            heading: words`The tried week is`,
            cell: (row) => (
              <FigureVerdict
                figure={row}
                present={figureOf(present.figures, row.name)}
                tried={figureOf(tried.figures, row.name)}
              />
            ),
          },
        ]}
        rows={figures()}
        rowKey={(row) => row.name}
      />
      <details className={styles.more}>
        <summary>
          <Trans>How it lies over carers and clients</Trans>
        </summary>
        <Spreads rows={pairs(present.by_carer, tried.by_carer)} />
        <Spreads rows={pairs(present.by_client, tried.by_client)} />
      </details>
      <details className={styles.more}>
        <summary>
          <Trans>Points by what they are for</Trans>
        </summary>
        {/* Both policies price alike where no points were tried. */}
        {present.costs.slice(0, hasOtherPoints ? 2 : 1).map((cost, policy) => (
          <DataTable
            key={policy === 0 ? "present" : "tried"}
            sentence={
              policy === 0 ? words`Under the present rules.` : words`Under the tried rules.`
            }
            columns={[
              { key: "term", heading: words`For`, cell: (row) => termName(row.name) },
              {
                key: "present",
                heading: words`Present week`,
                cell: (row) => decimal(row.value),
                numeric: true,
              },
              {
                key: "tried",
                heading: words`Tried week`,
                cell: (row) => decimal(figureOf(tried.costs[policy]?.terms ?? [], row.name)),
                numeric: true,
              },
            ]}
            rows={cost.terms}
            rowKey={(row) => row.name}
          />
        ))}
      </details>
    </section>
  );
}

function Tried({ scenario: { change } }: { scenario: ScenarioOut }) {
  const { t: words } = useLingui();
  const { weights: points, limits: bounds, more_carers: more } = change;
  const parts = [
    ...weights().flatMap(({ name, label }) =>
      points[name] === undefined ? [] : [`${label}: ${decimal(points[name])}`],
    ),
    ...limits().flatMap(({ name, label, unit }) =>
      bounds[name] === undefined ? [] : [`${label}: ${decimal(bounds[name] / unit)}`],
    ),
  ];
  if (more !== null) {
    const { count } = more;
    parts.push(words`${count} more carers`);
  }
  return (
    <p>
      <Trans>Tried: {parts.join("; ")}.</Trans>
    </p>
  );
}

interface Pair {
  name: string;
  present: SpreadOut;
  tried: SpreadOut | undefined;
}

function pairs(present: readonly SpreadOut[], tried: readonly SpreadOut[]): Pair[] {
  return present.map((row) => ({
    name: row.name,
    present: row,
    tried: tried.find(({ name }) => name === row.name),
  }));
}

function Spreads({ rows }: { rows: readonly Pair[] }) {
  const { t: words } = useLingui();
  const shown = (row: SpreadOut | undefined) =>
    row === undefined
      ? "–"
      : [row.lowest, row.quarter, row.median, row.three_quarters, row.highest]
          .map(decimal)
          .join(" · ");
  return (
    <DataTable
      sentence={words`Lowest, a quarter, half, three quarters of the people, highest.`}
      columns={[
        { key: "name", heading: words`Figure`, cell: (row) => spreadName(row.name) },
        { key: "present", heading: words`Present`, cell: (row) => shown(row.present) },
        { key: "tried", heading: words`Tried`, cell: (row) => shown(row.tried) },
      ]}
      rows={rows}
      rowKey={(row) => row.name}
    />
  );
}
