import { expect, test } from "vitest";
import type { LineCommitmentOut } from "@/api/generated/model";
import { groupLines } from "./line-groups";

function line(told: Partial<LineCommitmentOut>): LineCommitmentOut {
  return {
    line_id: 1,
    weekday: 0,
    target_minute: 480,
    minutes: 30,
    carers_required: 1,
    dates: ["2026-11-30"],
    ...told,
  };
}

test("the same visit on several days is one line, with its days in order", () => {
  const groups = groupLines([
    line({ line_id: 2, weekday: 1, dates: ["2026-12-01"] }),
    line({ line_id: 1 }),
  ]);

  expect(groups).toHaveLength(1);
  expect(groups[0]?.dates).toEqual(["2026-11-30", "2026-12-01"]);
});

test("another time, length or number of carers is another line, earliest first", () => {
  const groups = groupLines([
    line({ target_minute: 1080 }),
    line({}),
    line({ minutes: 45 }),
    line({ carers_required: 2 }),
  ]);

  expect(groups.map(({ key }) => key)).toEqual(["480/30/1", "480/45/1", "480/30/2", "1080/30/1"]);
});
