import { useLingui } from "@lingui/react/macro";
import { CheckList } from "@/components/check-list";
import { shortDate } from "@/lib/time";
import { daysLeft } from "./draft";

interface DaysProps {
  week: string;
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** Chooses among the days of the week that are not over. */
export function Days({ week, chosen, onChoose }: DaysProps) {
  const { t } = useLingui();
  return (
    <CheckList
      legend={t`On which days?`}
      chosen={chosen}
      onChoose={onChoose}
      options={daysLeft(week, new Date()).map((day) => ({ value: day, label: shortDate(day) }))}
    />
  );
}
