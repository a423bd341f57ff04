import { Trans, useLingui } from "@lingui/react/macro";
import type { PolicyTryOut } from "@/api/generated/model";
import { Card } from "@/components/card";
import { DataTable } from "@/components/data-table";
import { FigureVerdict, Summary } from "@/components/figure-verdict";
import { Notice } from "@/components/notice";
import { ProgressBar } from "@/components/progress-bar";
import { weekLabel } from "@/lib/time";
import { figureOf, figures } from "@/lib/week-figures";
import styles from "./rota-policy.module.css";
import { rules } from "./rules";

/** One split that was tried: how it goes on, then both weeks side by side. */
export function Tried({ tried }: { tried: PolicyTryOut }) {
  const { t } = useLingui();
  const where = `${tried.branch_name}, ${weekLabel(tried.week)}`;
  return (
    <Card>
      <div className={styles.stack}>
        <p>
          <strong>{where}</strong>
          <br />
          {rules()
            .map(({ name, label }) => {
              const tokens = tried.tokens.find((row) => row.name === name)?.tokens ?? 0;
              return `${label} ${tokens}`;
            })
            .join(" · ")}
        </p>
        {(tried.state === "queued" || tried.state === "running") && <Progress tried={tried} />}
        {(tried.state === "failed" || tried.state === "cancelled") && (
          <Notice
            status="at-risk"
            live="status"
            title={<Trans>This try did not come to an end. You can try it again.</Trans>}
          />
        )}
        {tried.present !== null && tried.tried !== null && (
          <>
            <Summary present={tried.present} tried={tried.tried} />
            <DataTable
              sentence={t`The same week under the present policy, and under the split you tried.`}
              columns={[
                { key: "words", heading: t`Figure`, cell: (row) => row.words },
                { key: "present", heading: t`Present`, cell: (row) => row.now, numeric: true },
                { key: "tried", heading: t`Tried`, cell: (row) => row.tried, numeric: true },
                { key: "verdict", heading: t`The tried week is`, cell: (row) => row.verdict },
              ]}
              rows={rowsOf(tried.present, tried.tried)}
              rowKey={(row) => row.name}
            />
          </>
        )}
      </div>
    </Card>
  );
}

type Side = NonNullable<PolicyTryOut["present"]>;

function rowsOf(present: Side, tried: Side) {
  return figures().map((figure) => {
    const [now, after] = [figureOf(present, figure.name), figureOf(tried, figure.name)];
    return {
      name: figure.name,
      words: figure.words,
      now: figure.show(now),
      tried: figure.show(after),
      verdict: <FigureVerdict figure={figure} present={now} tried={after} />,
    };
  });
}

function Progress({ tried }: { tried: PolicyTryOut }) {
  const { t } = useLingui();
  const { seconds: all } = tried;
  const done = Math.round(tried.elapsed_seconds);
  const isWaiting = tried.state === "queued";
  return (
    <ProgressBar
      label={t`Making both weeks`}
      value={isWaiting ? null : done}
      max={all}
      text={isWaiting ? t`waiting for a worker` : t`${done} of ${all} s`}
    />
  );
}
