import { Trans, useLingui } from "@lingui/react/macro";
import type { RuleSetOut } from "@/api/generated/model";
import { useListRulesInForce } from "@/api/generated/organisation/organisation";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { longDate } from "@/lib/time";
import styles from "./open-book.module.css";
import { ruleLines } from "./rule-words";

/** The rules that hold on a date, who decided them, and every figure in them. */
export function RulesInForce({ on }: { on: string }) {
  const { t } = useLingui();
  const answer = useListRulesInForce({ on });

  if (answer.isError) {
    return <ProblemPanel error={answer.error} onRetry={() => answer.refetch()} />;
  }
  if (answer.data === undefined) {
    return <Skeleton lines={6} label={t`Loading the rules`} />;
  }
  if (answer.data.length === 0) {
    return <EmptyState title={<Trans>No rules are in force on this date.</Trans>} />;
  }
  return (
    <ul className={styles.rules}>
      {answer.data.map((rules) => (
        <li key={`${rules.area} ${rules.branch_name ?? ""}`}>
          <RuleSet rules={rules} />
        </li>
      ))}
    </ul>
  );
}

function RuleSet({ rules }: { rules: RuleSetOut }) {
  const { t } = useLingui();
  const { area_name: name, branch_name: branch, version, decided_by: source } = rules;
  const since = longDate(rules.starts_on);
  const year = rules.starts_on.slice(0, 4);
  return (
    <details className={styles.rule}>
      <summary>
        <span className={styles.ruleName}>{branch === null ? name : `${name}: ${branch}`}</span>
        <span className={styles.quiet}>
          <Trans>
            version {version}, since {since} {year}
          </Trans>
        </span>
      </summary>
      <DataTable
        sentence={source === "" ? t`What it says.` : t`Decided by: ${source}.`}
        columns={[
          { key: "label", heading: t`Rule`, cell: (line) => line.label },
          { key: "value", heading: t`Value`, cell: (line) => line.value, numeric: true },
        ]}
        rows={ruleLines(rules.area, rules.values)}
        rowKey={(line) => line.path}
      />
    </details>
  );
}
