import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { WishableClientOut, WishOutcomeOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { StatusChip } from "@/components/status-chip";
import { weekLabel } from "@/lib/time";
import type { DraftWish } from "./my-wishes";
import styles from "./my-wishes.module.css";
import { Stepper } from "./stepper";
import { reasonWords, wishWords } from "./wish-words";

interface WishCardProps {
  wish: DraftWish;
  left: number;
  clients: readonly WishableClientOut[];
  onPoints: (points: number) => void;
  onRemove: () => void;
}

/** One wish: its points while they can change, and what became of it week by week. */
export function WishCard({ wish, left, clients, onPoints, onRemove }: WishCardProps) {
  const { t } = useLingui();
  const heading = useId();
  const client =
    wish.known?.client_name ?? clients.find(({ id }) => id === wish.client_id)?.name ?? undefined;
  const words = wishWords(wish, client);
  return (
    <Card className={styles.wish} aria-labelledby={heading}>
      <h2 id={heading}>{words}</h2>
      {wish.known?.is_fixed ? (
        <p>
          <Plural value={wish.points} one="# point." other="# points." />{" "}
          <Trans>A week is planned with it, so it can no longer change.</Trans>
        </p>
      ) : (
        <div className={styles.row}>
          <Stepper
            about={words}
            value={wish.points}
            most={wish.points + Math.max(0, left)}
            onChange={onPoints}
          />
          <Button kind="quiet" aria-label={t`Take away: ${words}`} onClick={onRemove}>
            <Trans>Take away</Trans>
          </Button>
        </div>
      )}
      {wish.known !== undefined && wish.known.outcomes.length > 0 && (
        <ul className={`plain-list ${styles.outcomes}`}>
          {wish.known.outcomes.map((outcome) => (
            <Outcome key={outcome.week} outcome={outcome} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Outcome({ outcome }: { outcome: WishOutcomeOut }) {
  return (
    <li className={styles.outcome}>
      <span className={styles.row}>
        {weekLabel(outcome.week)}
        <StatusChip status={outcome.is_kept ? "done" : "at-risk"}>
          {outcome.is_kept ? <Trans>Kept</Trans> : <Trans>Not kept</Trans>}
        </StatusChip>
      </span>
      {!outcome.is_kept && <span>{reasonWords(outcome)}</span>}
    </li>
  );
}
