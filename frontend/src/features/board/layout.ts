/** Where everything of the board lies: rows, blocks and the scale of time. */
import type { BoardCarerOut, BoardClientOut, BoardOut, BoardVisitOut } from "@/api/generated/model";
import type { BoardView } from "./view";

const MINUTES_PER_DAY = 1440;

/** Hours outside which no homecare visit is planned are not drawn. */
const DAY_FROM = 6 * 60;
const DAY_TO = 23 * 60;
export const SHOWN_MINUTES = DAY_TO - DAY_FROM;

/** Pixels for a minute: a week is read at a glance, a day in detail. */
const WEEK_SCALE = 0.26;
const DAY_SCALE = 1.6;
/** The narrowest block that can still be hit. */
const LEAST_WIDTH = 6;

export interface Block {
  visit: BoardVisitOut;
  /** Pixels from the left of the first day shown. */
  left: number;
  width: number;
  /** Pixels at which the journey to it starts; null where there is none. */
  travelFrom: number | null;
  travelMinutes: number | null;
}

export interface Row {
  id: number;
  name: string;
  carer: BoardCarerOut | null;
  client: BoardClientOut | null;
  blocks: readonly Block[];
  /** [left, width] of the stretches in which the carer can work. */
  available: readonly (readonly [number, number])[];
}

/** How minutes become pixels in a view. */
export interface Scale {
  perMinute: number;
  dayWidth: number;
  days: readonly number[];
}

export function scaleOf(day: number | null): Scale {
  const perMinute = day === null ? WEEK_SCALE : DAY_SCALE;
  return {
    perMinute,
    dayWidth: Math.round(SHOWN_MINUTES * perMinute),
    days: day === null ? [0, 1, 2, 3, 4, 5, 6] : [day],
  };
}

/** The left of a minute of a day, or null when the day is not shown. */
export function leftOf(scale: Scale, day: number, minute: number): number | null {
  const index = scale.days.indexOf(day);
  if (index < 0) {
    return null;
  }
  const inside = Math.min(Math.max(minute, DAY_FROM), DAY_TO) - DAY_FROM;
  return index * scale.dayWidth + inside * scale.perMinute;
}

/** When a visit is drawn: as planned, otherwise as the client would like it. */
export function startOf(visit: BoardVisitOut): number {
  return visit.start ?? visit.target;
}

export function isOpen(visit: BoardVisitOut): boolean {
  return visit.state === "unallocated";
}

/** Open visits as a coordinator takes them on: worst first, then by time. */
export function openVisits(board: BoardOut): BoardVisitOut[] {
  return board.visits
    .filter(isOpen)
    .sort((a, b) => a.priority - b.priority || a.day - b.day || a.target - b.target);
}

function blockOf(scale: Scale, visit: BoardVisitOut, carer: number | null): Block | null {
  const start = startOf(visit);
  const left = leftOf(scale, visit.day, start);
  if (left === null) {
    return null;
  }
  const width = Math.max(visit.minutes * scale.perMinute, LEAST_WIDTH);
  const travelMinutes = carer === null ? null : (visit.travel[visit.carers.indexOf(carer)] ?? null);
  const travelFrom =
    travelMinutes === null ? null : leftOf(scale, visit.day, start - travelMinutes);
  return { visit, left, width, travelFrom, travelMinutes };
}

function stretchesOf(scale: Scale, carer: BoardCarerOut): [number, number][] {
  const stretches: [number, number][] = [];
  for (const [from, to] of carer.available) {
    if (from === undefined || to === undefined) {
      continue;
    }
    const day = Math.floor(from / MINUTES_PER_DAY);
    const left = leftOf(scale, day, from - day * MINUTES_PER_DAY);
    const right = leftOf(scale, day, to - day * MINUTES_PER_DAY);
    if (left !== null && right !== null) {
      stretches.push([left, right - left]);
    }
  }
  return stretches;
}

function isWanted(visit: BoardVisitOut, view: BoardView): boolean {
  switch (view.only) {
    case "open":
      return isOpen(visit);
    case "changed":
      return visit.changed !== null;
    case "locked":
      return visit.locked;
    default:
      return true;
  }
}

/** The board's rows in a view, by name; rows that the filters leave empty are left out. */
export function rowsOf(board: BoardOut, view: BoardView): Row[] {
  const scale = scaleOf(view.day);
  const byRow = new Map<number, Block[]>();
  for (const visit of board.visits) {
    if (!isWanted(visit, view) || visit.state === "client_away" || visit.state === "cancelled") {
      continue;
    }
    const keys = view.rows === "carers" ? visit.carers : [visit.client];
    for (const key of keys) {
      const block = blockOf(scale, visit, view.rows === "carers" ? key : null);
      if (block !== null) {
        const blocks = byRow.get(key);
        if (blocks === undefined) {
          byRow.set(key, [block]);
        } else {
          blocks.push(block);
        }
      }
    }
  }
  for (const blocks of byRow.values()) {
    blocks.sort((a, b) => a.left - b.left);
  }
  const wanted = view.name.trim().toLowerCase();
  const rows: Row[] =
    view.rows === "carers"
      ? board.carers.map((carer) => ({
          id: carer.id,
          name: carer.name,
          carer,
          client: null,
          blocks: byRow.get(carer.id) ?? [],
          available: stretchesOf(scale, carer),
        }))
      : board.clients.map((client) => ({
          id: client.id,
          name: client.name,
          carer: null,
          client,
          blocks: byRow.get(client.id) ?? [],
          available: [],
        }));
  return rows.filter(
    (row) =>
      row.name.toLowerCase().includes(wanted) && (view.only === "all" || row.blocks.length > 0),
  );
}

/** Different carers of each client in the week. */
export function carersPerClient(board: BoardOut): Map<number, number> {
  const teams = new Map<number, Set<number>>();
  for (const visit of board.visits) {
    const team = teams.get(visit.client) ?? new Set<number>();
    for (const carer of visit.carers) {
      team.add(carer);
    }
    teams.set(visit.client, team);
  }
  return new Map([...teams].map(([client, team]) => [client, team.size]));
}

/** The hours that a day's heading marks, as [left inside the day, hour]. */
export function hourMarks(scale: Scale): [number, number][] {
  const every = scale.days.length === 1 ? 1 : 6;
  const marks: [number, number][] = [];
  for (let hour = DAY_FROM / 60; hour < DAY_TO / 60; hour += 1) {
    if (hour % every === 0) {
      marks.push([(hour * 60 - DAY_FROM) * scale.perMinute, hour]);
    }
  }
  return marks;
}
