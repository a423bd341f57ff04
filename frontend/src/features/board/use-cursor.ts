import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Row } from "./layout";

/** A place on the grid: a row, and a block in it; -1 is the row's heading. */
export interface Cursor {
  row: number;
  column: number;
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The block of a row that lies nearest to a place, so that going up and down keeps the time. */
function nearest(row: Row, left: number): number {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  row.blocks.forEach((block, index) => {
    const away = Math.abs(block.left - left);
    if (away < distance) {
      best = index;
      distance = away;
    }
  });
  return best;
}

/** Where an arrow key leads. */
export function step(rows: readonly Row[], from: Cursor, key: string): Cursor {
  const [down, right] = STEPS[key] ?? [0, 0];
  const row = Math.min(Math.max(from.row + down, 0), rows.length - 1);
  const here = rows[row];
  if (here === undefined) {
    return from;
  }
  if (down !== 0) {
    const left = rows[from.row]?.blocks[from.column]?.left;
    return { row, column: left === undefined ? -1 : nearest(here, left) };
  }
  return { row, column: Math.min(Math.max(from.column + right, -1), here.blocks.length - 1) };
}

interface GridCursor {
  cursor: Cursor;
  setCursor: (cursor: Cursor) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * One place of the grid is in the tab order, and the arrow keys move it.
 *
 * `reveal` brings a place into sight; only then is there an element to give the focus to.
 */
export function useCursor(
  rows: readonly Row[],
  grid: RefObject<HTMLElement | null>,
  reveal: (cursor: Cursor) => void,
): GridCursor {
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: -1 });
  const wantsFocus = useRef(false);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (!(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      event.preventDefault();
      const next = step(rows, cursor, event.key);
      wantsFocus.current = true;
      reveal(next);
      setCursor(next);
    },
    [rows, cursor, reveal],
  );

  // Rows come and go with scrolling, so the focus is given when the place has been drawn.
  useEffect(() => {
    if (!wantsFocus.current) {
      return;
    }
    const place = grid.current?.querySelector<HTMLElement>(
      `[data-row="${cursor.row}"][data-column="${cursor.column}"]`,
    );
    if (place != null) {
      wantsFocus.current = false;
      place.focus({ preventScroll: true });
    }
  });
  return { cursor, setCursor, onKeyDown };
}
