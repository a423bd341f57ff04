/** Changes of the draft made on the board: sent, written into the cache, and undone. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { BoardOut, BoardVisitOut, ChangedVisitOut } from "@/api/generated/model";
import {
  getExplainVisitQueryKey,
  getGetBoardQueryKey,
  getGetVisitQueryKey,
  getGetWaysToCoverQueryKey,
  getListVisitCandidatesQueryKey,
  useAssignVisit,
  useLockVisit,
  useUnassignVisit,
  useUnlockVisit,
} from "@/api/generated/rota/rota";

/** The board after a change: the server sends whatever may look different now. */
export function withChange(board: BoardOut, change: ChangedVisitOut): BoardOut {
  const visits = new Map([change.visit, ...change.visits].map((visit) => [visit.id, visit]));
  const carers = new Map(change.carers.map((carer) => [carer.id, carer]));
  return {
    ...board,
    rota: { ...board.rota, version: change.version },
    visits: board.visits.map((visit) => visits.get(visit.id) ?? visit),
    carers: board.carers.map((carer) => carers.get(carer.id) ?? carer),
    figures: change.figures,
  };
}

/** What puts a visit back as it was. */
type Undo =
  | { kind: "assign"; visitId: number; carers: readonly number[]; start: number }
  | { kind: "unassign"; visitId: number }
  | { kind: "lock"; visitId: number }
  | { kind: "unlock"; visitId: number };

function backTo(visit: BoardVisitOut): Undo {
  return visit.start === null || visit.carers.length === 0
    ? { kind: "unassign", visitId: visit.id }
    : { kind: "assign", visitId: visit.id, carers: visit.carers, start: visit.start };
}

export interface Edits {
  assign: (visit: BoardVisitOut, carers: readonly number[], start: number) => void;
  unassign: (visit: BoardVisitOut) => void;
  toggleLock: (visit: BoardVisitOut) => void;
  undo: () => void;
  canUndo: boolean;
  isPending: boolean;
  /** Of the last change; it is gone with the next one. */
  error: unknown;
}

/** The changes of one rota, of which the last ones can be undone while the page is open. */
export function useEdits(rotaId: number, version: number): Edits {
  const cache = useQueryClient();
  const done = useRef<Undo[]>([]);
  const [undoable, setUndoable] = useState(0);

  const onSuccess = (change: ChangedVisitOut) => {
    cache.setQueryData<BoardOut>(getGetBoardQueryKey(rotaId), (board) =>
      board === undefined ? board : withChange(board, change),
    );
    void cache.invalidateQueries({ queryKey: getGetVisitQueryKey(change.visit.id) });
    void cache.invalidateQueries({ queryKey: getListVisitCandidatesQueryKey(change.visit.id) });
    void cache.invalidateQueries({ queryKey: getGetWaysToCoverQueryKey(change.visit.id) });
    void cache.invalidateQueries({ queryKey: getExplainVisitQueryKey(change.visit.id) });
  };
  const options = { mutation: { onSuccess } };
  const assigning = useAssignVisit(options);
  const unassigning = useUnassignVisit(options);
  const locking = useLockVisit(options);
  const unlocking = useUnlockVisit(options);
  const all = [assigning, unassigning, locking, unlocking];

  const remember = (undo: Undo | null) => {
    if (undo !== null) {
      done.current.push(undo);
    }
    setUndoable(done.current.length);
  };
  const send = (step: Undo, undo: Undo | null) => {
    for (const mutation of all) {
      mutation.reset();
    }
    const visitId = step.visitId;
    const then = { onSuccess: () => remember(undo) };
    switch (step.kind) {
      case "assign":
        assigning.mutate(
          { visitId, data: { carer_ids: [...step.carers], start_minute: step.start, version } },
          then,
        );
        break;
      case "unassign":
        unassigning.mutate({ visitId, data: { version } }, then);
        break;
      case "lock":
        locking.mutate({ visitId, data: { version } }, then);
        break;
      case "unlock":
        unlocking.mutate({ visitId, data: { version } }, then);
        break;
    }
  };
  return {
    assign: (visit, carers, start) =>
      send({ kind: "assign", visitId: visit.id, carers, start }, backTo(visit)),
    unassign: (visit) => send({ kind: "unassign", visitId: visit.id }, backTo(visit)),
    toggleLock: (visit) => {
      const [now, back] = visit.locked
        ? (["unlock", "lock"] as const)
        : (["lock", "unlock"] as const);
      send({ kind: now, visitId: visit.id }, { kind: back, visitId: visit.id });
    },
    undo: () => {
      const last = done.current.pop();
      if (last !== undefined) {
        send(last, null);
      }
    },
    canUndo: undoable > 0,
    isPending: all.some((mutation) => mutation.isPending),
    error: all.find((mutation) => mutation.error !== null)?.error ?? null,
  };
}
