/** A package's lines as people speak of them: one time of day, on these days. */
import type { LineCommitmentOut } from "@/api/generated/model";

export interface LineGroup
  extends Pick<LineCommitmentOut, "target_minute" | "minutes" | "carers_required"> {
  key: string;
  /** In order. */
  dates: string[];
}

/** Put lines of the same time, length and number of carers together, earliest first. */
export function groupLines(lines: readonly LineCommitmentOut[]): LineGroup[] {
  const groups = new Map<string, LineGroup>();
  for (const { target_minute, minutes, carers_required, dates } of lines) {
    const key = `${target_minute}/${minutes}/${carers_required}`;
    const group = groups.get(key) ?? { key, target_minute, minutes, carers_required, dates: [] };
    group.dates.push(...dates);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => a.target_minute - b.target_minute);
  for (const { dates } of sorted) {
    dates.sort();
  }
  return sorted;
}
