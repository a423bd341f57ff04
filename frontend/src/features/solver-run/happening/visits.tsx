import { Trans, useLingui } from "@lingui/react/macro";
import type { BoardOut, BoardVisitOut } from "@/api/generated/model";
import { CheckList } from "@/components/check-list";
import { addDays, clock, clockAt, localDate, minuteOfDay, shortDate } from "@/lib/time";

interface VisitsProps {
  board: BoardOut;
  week: string;
  client: number;
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** Chooses among the visits of a client that are still to come. */
export function Visits({ board, week, client, chosen, onChoose }: VisitsProps) {
  const { t } = useLingui();
  const names = new Map(board.carers.map(({ id, name }) => [id, name]));
  const ahead = board.visits.filter(
    (visit) => visit.client === client && isToMake(visit) && isAhead(visit, week, new Date()),
  );
  if (ahead.length === 0) {
    return (
      <p>
        <Trans>This client has no more visits this week.</Trans>
      </p>
    );
  }
  return (
    <CheckList
      legend={t`Which visits?`}
      chosen={chosen}
      onChoose={onChoose}
      options={ahead.map((visit) => {
        const on = shortDate(addDays(week, visit.day));
        const start = clock(visit.start ?? visit.target);
        const who = visit.carers.map((carer) => names.get(carer) ?? "").join(", ");
        return {
          value: String(visit.id),
          label: who === "" ? t`${on}, ${start}, nobody yet` : t`${on}, ${start}, ${who}`,
        };
      })}
    />
  );
}

function isToMake({ state }: BoardVisitOut): boolean {
  return state === "allocated" || state === "unallocated";
}

function isAhead({ day, start, target }: BoardVisitOut, week: string, now: Date): boolean {
  const on = addDays(week, day);
  const today = localDate(now);
  return on > today || (on === today && (start ?? target) >= (minuteOfDay(clockAt(now)) ?? 0));
}
