/** The cost of a run over time: from the backend's triples to points, rows and a line. */

export interface CurvePoint {
  second: number;
  cost: number;
  unassigned: number;
}

/** Read `[second, cost, unassigned]` triples; one that is not complete is left out. */
export function curvePoints(curve: readonly (readonly number[])[]): CurvePoint[] {
  return curve.flatMap(([second, cost, unassigned]) =>
    second === undefined || cost === undefined || unassigned === undefined
      ? []
      : [{ second, cost, unassigned }],
  );
}

/** At most `rows` points, evenly chosen, always with the first and the last. */
export function thinned(points: readonly CurvePoint[], rows: number): CurvePoint[] {
  if (points.length <= rows) {
    return [...points];
  }
  const step = (points.length - 1) / (rows - 1);
  return Array.from({ length: rows }, (_, row) => points[Math.round(row * step)]).filter(
    (point) => point !== undefined,
  );
}

/**
 * The line as an SVG path: a step at each better week, since the best stays the best between.
 *
 * The cost axis is logarithmic. A first week with open visits costs a hundred times the last,
 * and on a plain axis all that follows would be one flat line.
 */
export function curvePath(points: readonly CurvePoint[], width: number, height: number): string {
  const last = points[points.length - 1]?.second ?? 0;
  const heights = points.map(({ cost }) => Math.log(Math.max(cost, 1)));
  const [top, bottom] = [Math.max(...heights), Math.min(...heights)];
  return points
    .map(({ second }, index) => {
      const x = last === 0 ? 0 : (second / last) * width;
      const share = top === bottom ? 0 : ((heights[index] ?? bottom) - bottom) / (top - bottom);
      const y = height - share * height;
      return index === 0 ? `M${x.toFixed(1)} ${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`;
    })
    .join("");
}
