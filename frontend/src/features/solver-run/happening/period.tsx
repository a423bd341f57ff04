import { useLingui } from "@lingui/react/macro";
import { TextField } from "@/components/text-field";
import { addDays } from "@/lib/time";
import styles from "../solver-run.module.css";
import type { Draft } from "./draft";

interface PeriodProps {
  week: string;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** From when, and until what day. */
export function Period({ week, draft, onChange }: PeriodProps) {
  const { t } = useLingui();
  return (
    <div className={styles.start}>
      <TextField
        label={t`From`}
        type="date"
        required
        value={draft.from}
        max={addDays(week, 6)}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <TextField
        label={t`From what time`}
        type="time"
        required
        value={draft.time}
        onChange={({ target }) => onChange({ time: target.value })}
      />
      <TextField
        label={t`Last day`}
        hint={t`Empty: until further notice`}
        type="date"
        value={draft.until}
        min={draft.from}
        onChange={({ target }) => onChange({ until: target.value })}
      />
    </div>
  );
}
