import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import type { BoardOut, BoardVisitOut } from "@/api/generated/model";
import { EmptyState } from "@/components/empty-state";
import { StatusChip } from "@/components/status-chip";
import { classNames } from "@/lib/class-names";
import { duration } from "@/lib/time";
import { openVisits } from "./layout";
import styles from "./rail.module.css";
import { whenOf } from "./words";

interface RailProps {
  board: BoardOut;
  selected: number | null;
  onSelect: (visitId: number) => void;
}

const USUAL_HEIGHT = 84;

/** What is not covered, always in sight: the worst first, each with the reason that decides. */
export function Rail({ board, selected, onSelect }: RailProps) {
  const open = useMemo(() => openVisits(board), [board]);
  const clients = useMemo(
    () => new Map(board.clients.map(({ id, name }) => [id, name])),
    [board.clients],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: open.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT,
    overscan: 3,
  });
  return (
    <section className={styles.rail} aria-labelledby="open-visits">
      <h2 id="open-visits">
        <Plural
          value={open.length}
          _0="Every visit is covered"
          one="# open visit"
          other="# open visits"
        />
      </h2>
      {open.length === 0 ? (
        <EmptyState title={<Trans>Nothing to do here.</Trans>} />
      ) : (
        <div ref={scroller} className={styles.scroller}>
          <ul
            className="plain-list"
            style={{ height: virtual.getTotalSize(), position: "relative" }}
          >
            {virtual.getVirtualItems().map((item) => {
              const visit = open[item.index];
              return visit === undefined ? null : (
                <li
                  key={visit.id}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={styles.item}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <OpenVisit
                    visit={visit}
                    week={board.rota.week}
                    client={clients.get(visit.client) ?? ""}
                    isSelected={visit.id === selected}
                    onSelect={onSelect}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
}

interface OpenVisitProps {
  visit: BoardVisitOut;
  week: string;
  client: string;
  isSelected: boolean;
  onSelect: (visitId: number) => void;
}

function OpenVisit({ visit, week, client, isSelected, onSelect }: OpenVisitProps) {
  const { t } = useLingui();
  return (
    <button
      type="button"
      className={classNames(styles.visit, isSelected && styles.selected)}
      aria-pressed={isSelected}
      title={t`Who can cover this?`}
      onClick={() => onSelect(visit.id)}
    >
      <span className={styles.when}>
        {whenOf(visit, week)} · {duration(visit.minutes)}
        {visit.carers_required > 1 && (
          <>
            {" · "}
            <Trans>{visit.carers_required} carers</Trans>
          </>
        )}
      </span>
      <span className={styles.client}>
        {client}
        {visit.priority === 1 && (
          <StatusChip status="uncovered">
            <Trans>Critical</Trans>
          </StatusChip>
        )}
      </span>
      {visit.reason !== null && <span className={styles.reason}>{visit.reason}</span>}
    </button>
  );
}
