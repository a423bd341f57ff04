import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { BoardCarerOut, BoardClientOut } from "@/api/generated/model";
import { classNames } from "@/lib/class-names";
import { duration, hours } from "@/lib/time";
import styles from "./grid.module.css";
import type { Row } from "./layout";

/** Who the row is of, and how the week looks for them. */
export function RowHead({ row, team }: { row: Row; team: number }) {
  return (
    <>
      <span className={styles.name}>{row.name}</span>
      {row.carer !== null && <Hours carer={row.carer} />}
      {row.client !== null && <Faces client={row.client} team={team} />}
    </>
  );
}

/** Hours planned against guaranteed and limit, as figures and as a bar. */
function Hours({ carer }: { carer: BoardCarerOut }) {
  const { t } = useLingui();
  const most = Math.max(carer.maximum_minutes, carer.planned_minutes, 1);
  const share = (minutes: number) => `${(100 * minutes) / most}%`;
  const isOver = carer.planned_minutes > carer.maximum_minutes;
  const words = t`${duration(carer.planned_minutes)} planned, ${duration(carer.guaranteed_minutes)} guaranteed, at most ${duration(carer.maximum_minutes)}`;
  const warnings = carer.warnings.map(({ message }) => message).join(" ");
  return (
    <span className={styles.hours} title={warnings === "" ? words : `${words}. ${warnings}`}>
      <span className={styles.bar} aria-hidden="true">
        <span
          className={classNames(styles.planned, isOver && styles.over)}
          style={{ width: share(carer.planned_minutes) }}
        />
        {carer.guaranteed_minutes > 0 && (
          <span
            className={styles.guaranteed}
            style={{ insetInlineStart: share(carer.guaranteed_minutes) }}
          />
        )}
      </span>
      <span className={styles.figure}>
        {hours(carer.planned_minutes)}/{hours(carer.maximum_minutes)} h
      </span>
      {warnings !== "" && <span className={styles.warning}>!</span>}
      <span className="visually-hidden">
        {words}. {warnings}
      </span>
    </span>
  );
}

/** How many different people a client sees, this week and in 28 days, against what is agreed. */
function Faces({ client, team }: { client: BoardClientOut; team: number }) {
  const { t } = useLingui();
  const isOver = client.budget_28_days !== null && client.carers_28_days > client.budget_28_days;
  const budget = client.budget_28_days ?? "–";
  return (
    <span
      className={classNames(styles.figure, isOver && styles.warning)}
      title={t`${client.carers_28_days} different carers in 28 days, of at most ${budget} agreed`}
    >
      {client.risk_class} · <Plural value={team} one="# carer" other="# carers" /> ·{" "}
      <Trans>
        28 days: {client.carers_28_days}/{budget}
      </Trans>
    </span>
  );
}
