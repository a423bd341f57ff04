import { memo } from "react";
import { classNames } from "@/lib/class-names";
import { clock } from "@/lib/time";
import styles from "./grid.module.css";
import type { Block, Row, Scale } from "./layout";
import { isOpen, startOf } from "./layout";
import { HEAD_WIDTH, ROW_HEIGHT } from "./measures";
import { RowHead } from "./row-head";
import type { Cursor } from "./use-cursor";
import { blockWords } from "./words";

export interface Names {
  clients: ReadonlyMap<number, string>;
  carers: ReadonlyMap<number, string>;
  /** Different carers of each client this week. */
  teams: ReadonlyMap<number, number>;
}

interface BoardRowProps {
  row: Row;
  index: number;
  top: number;
  week: string;
  scale: Scale;
  names: Names;
  selected: number | null;
  /** Pixels of the track that are in sight. */
  from: number;
  to: number;
  /** The place in the tab order, when it is in this row. */
  column: number | null;
  onSelect: (visitId: number) => void;
  onPlace: (cursor: Cursor) => void;
}

/** A carer's or client's week: heading, hours of availability, journeys, visits. */
export const BoardRow = memo(function BoardRow({
  row,
  index,
  top,
  week,
  scale,
  names,
  selected,
  from,
  to,
  column,
  onSelect,
  onPlace,
}: BoardRowProps) {
  const width = scale.dayWidth * scale.days.length;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    // biome-ignore lint/a11y/useSemanticElements: a windowed grid has no table rows
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)`, width: HEAD_WIDTH + width }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        className={styles.head}
        role="rowheader"
        style={{ width: HEAD_WIDTH }}
        tabIndex={column === -1 ? 0 : -1}
        data-row={index}
        data-column={-1}
        onFocus={() => onPlace({ row: index, column: -1 })}
      >
        <RowHead row={row} team={names.teams.get(row.id) ?? 0} />
      </div>
      <div className={styles.track} role="presentation" style={{ width }}>
        <Backdrop row={row} scale={scale} />
        {row.blocks.map((block, place) =>
          block.left + block.width < from || block.left > to ? null : (
            <VisitBlock
              key={block.visit.id}
              block={block}
              isClientRow={row.client !== null}
              names={names}
              week={week}
              isDay={scale.days.length === 1}
              isSelected={block.visit.id === selected}
              place={{ row: index, column: place }}
              isInTabOrder={column === place}
              onSelect={onSelect}
              onPlace={onPlace}
            />
          ),
        )}
      </div>
    </div>
  );
});

/** What lies behind the visits: when the carer can work, the lines between days, the journeys. */
function Backdrop({ row, scale }: { row: Row; scale: Scale }) {
  const available = row.available.map(
    ([left, width]) => `M${left} 0h${width}v${ROW_HEIGHT}h${-width}z`,
  );
  const journeys = row.blocks.map(({ left, travelFrom }) =>
    travelFrom === null || travelFrom >= left ? "" : `M${travelFrom} ${ROW_HEIGHT / 2}H${left}`,
  );
  const days = scale.days.map((_, index) => `M${index * scale.dayWidth} 0v${ROW_HEIGHT}`);
  return (
    <svg className={styles.backdrop} aria-hidden="true" focusable="false">
      <path className={styles.available} d={available.join("")} />
      <path className={styles.dayLine} d={days.join("")} />
      <path className={styles.journey} d={journeys.join("")} />
      {scale.days.length === 1 &&
        row.blocks.map(({ visit, left, travelFrom, travelMinutes }) =>
          travelFrom === null || travelMinutes === null || travelMinutes < 5 ? null : (
            <text
              key={visit.id}
              className={styles.minutes}
              x={(travelFrom + left) / 2}
              y={0.4 * ROW_HEIGHT}
            >
              {travelMinutes}
            </text>
          ),
        )}
    </svg>
  );
}

interface VisitBlockProps {
  block: Block;
  isClientRow: boolean;
  names: Names;
  week: string;
  isDay: boolean;
  isSelected: boolean;
  place: Cursor;
  isInTabOrder: boolean;
  onSelect: (visitId: number) => void;
  onPlace: (cursor: Cursor) => void;
}

/** Narrower blocks would show half a letter; their words are read out and shown on hovering. */
const LEAST_NAMED_WIDTH = 40;

/** `Mrs Ada Longbottom` → `Longbottom`: as much of a name as a block has room for. */
function shortName(name: string): string {
  return name.split(" ").at(-1) ?? name;
}

/** One visit in true time. One element, since there are hundreds in sight. */
function VisitBlock({
  block: { visit, left, width, travelMinutes },
  isClientRow,
  names,
  week,
  isDay,
  isSelected,
  place,
  isInTabOrder,
  onSelect,
  onPlace,
}: VisitBlockProps) {
  const client = names.clients.get(visit.client) ?? "";
  const carers = visit.carers.map((id) => names.carers.get(id) ?? "");
  const label = isClientRow ? carers.map(shortName).join(" + ") : shortName(client);
  const words = blockWords(visit, week, client, carers, travelMinutes);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the grid that is also pressed
    <div
      className={classNames(
        styles.block,
        isOpen(visit) && styles.open,
        visit.carers_required > 1 && styles.double,
        visit.priority === 1 && styles.critical,
        visit.locked && styles.locked,
        visit.changed !== null && styles.changed,
        isSelected && styles.selected,
      )}
      role="gridcell"
      aria-label={words}
      aria-selected={isSelected}
      title={words}
      style={{ left, width }}
      tabIndex={isInTabOrder ? 0 : -1}
      data-row={place.row}
      data-column={place.column}
      data-visit={visit.id}
      onFocus={() => onPlace(place)}
      onClick={() => onSelect(visit.id)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onSelect(visit.id);
        }
      }}
    >
      {isDay ? `${clock(startOf(visit))}\n${label}` : width >= LEAST_NAMED_WIDTH && label}
    </div>
  );
}
