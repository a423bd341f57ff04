import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { PolicyOverrideOut } from "@/api/generated/model";
import { fullDate } from "@/lib/time";
import styles from "./rota-policy.module.css";
import { rules } from "./rules";

/** The limits that can be relaxed, in words; rules are named as on the paper. */
export function relaxable(): readonly { name: PolicyOverrideOut["name"]; label: string }[] {
  return [
    ...rules().map(({ name, label }) => ({ name, label })),
    { name: "max_day_minutes", label: t`Most work in a day, minutes` },
    { name: "daily_rest_minutes", label: t`Rest between two days, minutes` },
    { name: "weekly_rest_minutes", label: t`Rest in a week, minutes` },
    { name: "stretch_minutes", label: t`Work without a break, minutes` },
    { name: "break_minutes", label: t`Length of a break, minutes` },
  ];
}

export function isRule(name: string): boolean {
  return rules().some((rule) => rule.name === name);
}

/** What coordinators relaxed, where, for how long and why; the newest first. */
export function Overrides({ overrides }: { overrides: readonly PolicyOverrideOut[] }) {
  const { t: words } = useLingui();
  const labels = new Map(relaxable().map(({ name, label }) => [name, label]));
  return (
    <section className={styles.stack} aria-labelledby="relaxed-heading">
      <h2 id="relaxed-heading">
        <Trans>Relaxed for a week or two</Trans>
      </h2>
      {overrides.length === 0 ? (
        <p>
          <Trans>Nothing has been relaxed.</Trans>
        </p>
      ) : (
        <ul className={styles.rules}>
          {overrides.map((row) => (
            <li key={`${row.branch_name} ${row.name} ${row.made_at}`} className={styles.rule}>
              <div className={styles.words}>
                <span className={styles.name}>
                  {row.branch_name}: {labels.get(row.name)},{" "}
                  {isRule(row.name) ? words`${row.value}% of what was voted` : row.value}
                </span>
                <p className={styles.quiet}>
                  <Trans>
                    From {fullDate(row.starts_on)} until before {fullDate(row.ends_before)}, by{" "}
                    {row.made_by ?? "–"}. {row.reason}
                  </Trans>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
