import { Trans, useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef } from "react";
import type { BoardOut } from "@/api/generated/model";
import { addDays, clock, shortDate } from "@/lib/time";
import styles from "./grid.module.css";
import { carersPerClient, hourMarks, rowsOf, scaleOf } from "./layout";
import { HEAD_WIDTH, ROW_HEIGHT } from "./measures";
import { BoardRow } from "./row";
import { type Cursor, useCursor } from "./use-cursor";
import { useVisibleWidth } from "./use-visible-width";
import type { BoardView } from "./view";

const ROWS_BEYOND = 4;

interface GridProps {
  board: BoardOut;
  view: BoardView;
  onSelect: (visitId: number) => void;
}

/** The week as a windowed grid: only the rows and blocks in sight are in the page. */
export function Grid({ board, view, onSelect }: GridProps) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(board, view), [board, view]);
  const scale = useMemo(() => scaleOf(view.day), [view.day]);
  const names = useMemo(
    () => ({
      clients: new Map(board.clients.map(({ id, name }) => [id, name])),
      carers: new Map(board.carers.map(({ id, name }) => [id, name])),
      teams: carersPerClient(board),
    }),
    [board],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: ROWS_BEYOND,
  });
  const { left, width } = useVisibleWidth(scroller);
  const reveal = useCallback(
    ({ row, column }: Cursor) => {
      virtual.scrollToIndex(row);
      const block = rows[row]?.blocks[column];
      const element = scroller.current;
      if (block === undefined || element === null) {
        return;
      }
      const shown = element.clientWidth - HEAD_WIDTH;
      if (
        block.left < element.scrollLeft ||
        block.left + block.width > element.scrollLeft + shown
      ) {
        element.scrollLeft = block.left - shown / 3;
      }
    },
    [virtual, rows],
  );
  const { cursor, setCursor, onKeyDown } = useCursor(rows, scroller, reveal);
  const trackWidth = scale.dayWidth * scale.days.length;

  if (rows.length === 0) {
    return (
      <p className={styles.none}>
        <Trans>Nothing fits these filters.</Trans>
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed in both directions
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={view.rows === "carers" ? t`Week by carer` : t`Week by client`}
      aria-rowcount={rows.length + 1}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: headings are read, not entered */}
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div className={styles.days} role="row" style={{ width: HEAD_WIDTH + trackWidth }}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div className={styles.corner} role="columnheader" style={{ width: HEAD_WIDTH }}>
          {view.rows === "carers" ? <Trans>Carer</Trans> : <Trans>Client</Trans>}
        </div>
        {scale.days.map((day) => (
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div
            key={day}
            className={styles.day}
            role="columnheader"
            style={{ width: scale.dayWidth }}
          >
            <span className={styles.date}>{shortDate(addDays(board.rota.week, day))}</span>
            {hourMarks(scale).map(([at, hour]) => (
              <span key={hour} className={styles.hour} style={{ left: at }} aria-hidden="true">
                {clock(hour * 60)}
              </span>
            ))}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="rowgroup"
        className={styles.rows}
        style={{ height: virtual.getTotalSize(), width: HEAD_WIDTH + trackWidth }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <BoardRow
              key={row.id}
              row={row}
              index={item.index}
              top={item.start}
              week={board.rota.week}
              scale={scale}
              names={names}
              selected={view.visit}
              from={left - HEAD_WIDTH}
              to={left + width}
              column={cursor.row === item.index ? cursor.column : null}
              onSelect={onSelect}
              onPlace={setCursor}
            />
          );
        })}
      </div>
    </div>
  );
}
