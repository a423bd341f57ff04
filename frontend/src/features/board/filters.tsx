import { useLingui } from "@lingui/react/macro";
import type { RefObject } from "react";
import { SelectField } from "@/components/select-field";
import { addDays, shortDate } from "@/lib/time";
import styles from "./filters.module.css";
import type { BoardOnly, BoardRows, BoardView } from "./view";

interface FiltersProps {
  view: BoardView;
  week: string;
  search: RefObject<HTMLInputElement | null>;
  onChange: (view: BoardView) => void;
}

const WEEK = "week";

/** Which rows, which days, whose name, which visits. */
export function Filters({ view, week, search, onChange }: FiltersProps) {
  const { t } = useLingui();
  const days = Array.from({ length: 7 }, (_, day) => ({
    value: String(day),
    label: shortDate(addDays(week, day)),
  }));
  return (
    <search className={styles.filters}>
      <SelectField
        label={t`Rows`}
        labelPlace="beside"
        value={view.rows}
        options={[
          { value: "carers", label: t`By carer` },
          { value: "clients", label: t`By client` },
        ]}
        onChoose={(rows) => onChange({ ...view, rows: rows as BoardRows })}
      />
      <SelectField
        label={t`Days`}
        labelPlace="beside"
        value={view.day === null ? WEEK : String(view.day)}
        options={[{ value: WEEK, label: t`Whole week` }, ...days]}
        onChoose={(day) => onChange({ ...view, day: day === WEEK ? null : Number(day) })}
      />
      <SelectField
        label={t`Show`}
        labelPlace="beside"
        value={view.only}
        options={[
          { value: "all", label: t`All visits` },
          ...(view.rows === "clients" ? [{ value: "open", label: t`Only open visits` }] : []),
          { value: "changed", label: t`Only changed visits` },
          { value: "locked", label: t`Only locked visits` },
        ]}
        onChoose={(only) => onChange({ ...view, only: only as BoardOnly })}
      />
      <label className={styles.name}>
        <span className="visually-hidden">{t`Find a name`}</span>
        <input
          ref={search}
          type="search"
          placeholder={t`Find a name (/)`}
          value={view.name}
          onChange={(event) => onChange({ ...view, name: event.target.value })}
        />
      </label>
    </search>
  );
}
