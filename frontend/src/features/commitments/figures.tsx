import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { BranchCommitmentsOut } from "@/api/generated/model";
import { classNames } from "@/lib/class-names";
import { hours } from "@/lib/time";
import styles from "./commitments.module.css";
import type { Figure } from "./view";

/** The week's answer in one sentence. */
export function Head({ figures }: { figures: BranchCommitmentsOut }) {
  const { owed, guaranteed, gap, branch } = figures;
  const [owes, promises] = [hours(owed.carer_minutes), hours(guaranteed.minutes)];
  const difference = hours(Math.abs(gap.minutes));
  return (
    <p className={styles.head}>
      <Trans>
        This week {branch.name} owes its clients {owes} hours of care and has guaranteed its carers{" "}
        {promises} hours.
      </Trans>{" "}
      {gap.minutes >= 0 ? (
        <Trans>That is {difference} hours more care than guaranteed work.</Trans>
      ) : (
        <Trans>That is {difference} hours more guaranteed work than care.</Trans>
      )}
    </p>
  );
}

interface FiguresProps {
  figures: BranchCommitmentsOut;
  open: Figure;
  onOpen: (figure: Figure) => void;
}

/** The three figures; pressing one shows the rows that it is made of. */
export function Figures({ figures, open, onOpen }: FiguresProps) {
  const { owed, guaranteed, gap } = figures;
  const shared = { open, onOpen };
  return (
    <div className={styles.figures}>
      <FigureButton figure="owed" value={hours(owed.carer_minutes)} {...shared}>
        <Trans>hours of care owed to clients</Trans>
        <br />
        <small>
          <Plural value={owed.visits} one="# visit" other="# visits" />,{" "}
          <Plural value={owed.clients} one="# client" other="# clients" />
        </small>
      </FigureButton>
      <FigureButton figure="guaranteed" value={hours(guaranteed.minutes)} {...shared}>
        <Trans>hours guaranteed to carers</Trans>
        <br />
        <small>
          <Plural value={guaranteed.carers} one="# carer" other="# carers" />
        </small>
      </FigureButton>
      <FigureButton figure="gap" value={hours(Math.abs(gap.minutes))} {...shared}>
        {gap.minutes >= 0 ? (
          <Trans>hours more owed than guaranteed</Trans>
        ) : (
          <Trans>hours more guaranteed than owed</Trans>
        )}
        <br />
        <small>
          <Trans>Carers are free for {hours(guaranteed.available_minutes)} hours.</Trans>
        </small>
      </FigureButton>
    </div>
  );
}

interface FigureButtonProps {
  figure: Figure;
  value: string;
  open: Figure;
  onOpen: (figure: Figure) => void;
  children: ReactNode;
}

function FigureButton({ figure, value, open, onOpen, children }: FigureButtonProps) {
  const isOpen = figure === open;
  return (
    <button
      type="button"
      className={classNames(styles.figure, isOpen && styles.open)}
      aria-pressed={isOpen}
      onClick={() => onOpen(figure)}
    >
      <span className={styles.value}>{value}</span> <span>{children}</span>
    </button>
  );
}
