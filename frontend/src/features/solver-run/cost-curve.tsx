import { Trans, useLingui } from "@lingui/react/macro";
import { type Column, DataTable } from "@/components/data-table";
import { count } from "@/lib/numbers";
import { type CurvePoint, curvePath, curvePoints, thinned } from "./curve";
import styles from "./solver-run.module.css";

/** Drawing units; the picture takes the width it is given. */
const WIDTH = 600;
const HEIGHT = 160;
/** Rows of the table: enough to read the fall, few enough to read. */
const ROWS = 8;

/** How the points of the best week so far fell, as a line with its table beside it. */
export function CostCurve({ curve }: { curve: readonly (readonly number[])[] }) {
  const { t } = useLingui();
  const points = curvePoints(curve);
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === undefined || last === undefined) {
    return null;
  }
  const columns: Column<CurvePoint>[] = [
    { key: "s", heading: t`Second`, cell: (row) => count(row.second), numeric: true },
    { key: "cost", heading: t`Points`, cell: (row) => count(row.cost), numeric: true },
    {
      key: "open",
      heading: t`Without carers`,
      cell: (row) => count(row.unassigned),
      numeric: true,
    },
  ];
  const [from, to] = [count(first.cost), count(last.cost)];
  return (
    <div className={styles.curve}>
      <figure className={styles.picture}>
        <figcaption>
          <Trans>
            The best week so far went from {from} to {to} points; fewer is better.
          </Trans>
        </figcaption>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path className={styles.base} d={`M0 ${HEIGHT}H${WIDTH}`} />
          <path className={styles.line} d={curvePath(points, WIDTH, HEIGHT)} />
        </svg>
        <div className={styles.axis} aria-hidden="true">
          <span>{t`0 s`}</span>
          <span>{t`${count(last.second)} s`}</span>
        </div>
      </figure>
      <DataTable
        sentence={t`The same in figures.`}
        columns={columns}
        rows={thinned(points, ROWS)}
        rowKey={(row) => `${row.second}/${row.cost}`}
      />
    </div>
  );
}
