import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { BoardOut } from "@/api/generated/model";
import { useGetBoard } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { TravelSource } from "@/components/travel-source";
import styles from "./board.module.css";
import { useEdits } from "./edits";
import { Figures } from "./figures";
import { Filters } from "./filters";
import { Grid } from "./grid";
import { Keys, useKeys } from "./keys";
import { Panel } from "./panel";
import { Rail } from "./rail";
import type { BoardView } from "./view";

interface BoardProps {
  rotaId: number;
  view: BoardView;
  onView: (view: BoardView) => void;
}

/** A branch's week: who makes which visit, and what is still open. */
export function Board({ rotaId, view, onView }: BoardProps) {
  const { data, error, isPending, refetch } = useGetBoard(rotaId);
  if (isPending) {
    return <Skeleton lines={14} />;
  }
  if (data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  return <Week board={data} view={view} onView={onView} />;
}

interface WeekProps {
  board: BoardOut;
  view: BoardView;
  onView: (view: BoardView) => void;
}

function Week({ board, view, onView }: WeekProps) {
  const { t } = useLingui();
  const edits = useEdits(board.rota.id, board.rota.version);
  const [isMoving, setIsMoving] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const selected = board.visits.find(({ id }) => id === view.visit) ?? null;

  const select = (visit: number | null) => {
    setIsMoving(false);
    onView({ ...view, visit });
  };
  const focused = () => {
    const id = Number(document.activeElement?.getAttribute("data-visit"));
    return board.visits.find((visit) => visit.id === id) ?? selected;
  };
  const keys = {
    m: () => {
      const visit = focused();
      if (visit !== null) {
        onView({ ...view, visit: visit.id });
        setIsMoving(true);
      }
    },
    l: () => {
      const visit = focused();
      if (visit !== null && visit.state === "allocated") {
        edits.toggleLock(visit);
      }
    },
    u: edits.undo,
    "/": () => search.current?.focus(),
    "?": () => help.current?.showModal(),
    Escape: () => select(null),
  };
  useKeys(keys);

  return (
    <div className={styles.board}>
      <Figures board={board} />
      <TravelSource travel={board.travel} />
      <div className={styles.bar}>
        <Filters view={view} week={board.rota.week} search={search} onChange={onView} />
        <div className={styles.tools}>
          <Button disabled={!edits.canUndo} busy={edits.isPending} onClick={edits.undo}>
            <Trans>Undo</Trans>
          </Button>
          <Button
            kind="quiet"
            aria-label={t`Keys on the board`}
            onClick={() => help.current?.showModal()}
          >
            ?
          </Button>
        </div>
      </div>
      <div className={styles.main}>
        <div className={styles.grid}>
          <Grid board={board} view={view} onSelect={select} />
        </div>
        <aside className={styles.side} aria-label={t`Selected and open visits`}>
          {selected !== null && (
            <Panel
              key={selected.id}
              visit={selected}
              week={board.rota.week}
              people={board.carers}
              edits={edits}
              isMoving={isMoving}
              onMove={setIsMoving}
              onClose={() => select(null)}
            />
          )}
          <Rail board={board} selected={view.visit} onSelect={select} />
        </aside>
      </div>
      <Keys dialog={help} />
    </div>
  );
}
