import { t } from "@lingui/core/macro";
import { Plural } from "@lingui/react/macro";
import type { LawWarningOut } from "@/api/generated/model";
import { pounds } from "@/lib/numbers";
import { weekdayName } from "@/lib/office-words";
import { duration } from "@/lib/time";
import styles from "./law-warnings.module.css";

/** Each warning of the law with its carer and figures, folded away under the counts. */
export function LawWarnings({ warnings }: { warnings: readonly LawWarningOut[] }) {
  if (warnings.length === 0) {
    return null;
  }
  return (
    <details className={styles.visits}>
      <summary>
        <Plural
          value={warnings.length}
          one="# warning of the law, with its figures"
          other="# warnings of the law, with their figures"
        />
      </summary>
      <ul className={styles.list}>
        {warnings.map((row) => (
          <li key={`${row.kind}/${row.carer_id}/${row.visit_id}/${row.day}`}>
            {row.carer_name}
            {row.day !== null && `, ${weekdayName(row.day)}`}: {row.message} ({row.code})
            {row.code === "PAY-01" && ` ${wageWords(row.figures)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

type Figures = Readonly<Record<string, string>>;

/** The sum of a minimum-wage forecast: time, pay that counts, what is required, what is missing. */
function wageWords(figures: Figures): string {
  const minutes = (name: string) => duration(Number(figures[`${name}_minutes`] ?? 0));
  const money = (name: string) => pounds(Number(figures[`${name}_pence`] ?? 0));
  const miles = figures.miles ?? "0";
  return t`With clients ${minutes("contact")}, travel ${minutes("travel")}, waiting ${minutes("waiting")}, ${miles} miles. Pay ${money("gross")}, of which ${money("counted")} counts; required ${money("required")}, missing ${money("top_up")}.`;
}
