import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { BoardOut } from "@/api/generated/model";
import { classNames } from "@/lib/class-names";
import { count, decimal, percent } from "@/lib/numbers";
import { fullDate, shortDate } from "@/lib/time";
import styles from "./figures.module.css";
import { LawWarnings } from "./law-warnings";

/** How the week stands, in one line: cover first. */
export function Figures({ board }: { board: BoardOut }) {
  const { t } = useLingui();
  const { figures, policy } = board;
  return (
    <dl className={styles.figures}>
      <Figure label={t`Covered`} isBad={figures.unassigned > 0}>
        {percent(figures.covered_percent)}
      </Figure>
      <Figure label={t`Open visits`} isBad={figures.unassigned > 0}>
        {count(figures.unassigned)}
      </Figure>
      <Figure label={t`Critical open`} isBad={figures.unassigned_critical > 0}>
        {count(figures.unassigned_critical)}
      </Figure>
      <Figure label={t`Known carers`}>{percent(figures.familiar_percent)}</Figure>
      <Figure label={t`Carers a client`}>{decimal(figures.carers_per_client)}</Figure>
      <Figure label={t`Travel`}>{percent(figures.travel_percent)}</Figure>
      <Figure label={t`Wishes kept`}>{percent(figures.wishes_kept_percent)}</Figure>
      <Figure label={t`Points`} title={t`What the members' weights add up to; fewer is better`}>
        {count(figures.cost)}
      </Figure>
      <Figure label={t`Rules broken`} isBad={figures.breaches > 0}>
        {count(figures.breaches)}
      </Figure>
      <LawWarnings carers={board.carers} />
      <div className={styles.policy}>
        <dt>
          <Trans>Rules in force</Trans>
        </dt>
        <dd title={policy.decided_by}>
          {policy.vote === null ? (
            <Trans>
              version {policy.version}, since {shortDate(policy.starts_on)}{" "}
              {policy.starts_on.slice(0, 4)}
            </Trans>
          ) : (
            <a href={`/rota-policy#policy-${policy.vote.number}`}>
              <Trans>
                Policy {policy.vote.number}, voted {fullDate(policy.vote.voted_on)}: see the vote
              </Trans>
            </a>
          )}
        </dd>
      </div>
    </dl>
  );
}

interface FigureProps {
  label: string;
  title?: string;
  isBad?: boolean;
  children: ReactNode;
}

function Figure({ label, title, isBad = false, children }: FigureProps) {
  return (
    <div className={classNames(styles.figure, isBad && styles.bad)} title={title}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
