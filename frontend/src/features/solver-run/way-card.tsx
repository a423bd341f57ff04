import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ProposalOut, RepairOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { count, signedCount } from "@/lib/numbers";
import { mannerWords } from "./manner-words";
import styles from "./repair.module.css";

/** A proposal of a repair. */
export type Way = ProposalOut & { readonly repair: RepairOut };

interface Figure {
  words: string;
  of: (way: Way) => number;
  show: (value: number) => string;
}

/** What the ways are compared by; of all of these less is better. */
function useFigures(): readonly Figure[] {
  const { t } = useLingui();
  return [
    { words: t`visits left open`, of: ({ repair }) => repair.left_open, show: count },
    {
      words: t`changes to what people were told`,
      of: ({ repair }) => repair.change_count,
      show: count,
    },
    { words: t`other visits that change`, of: ({ repair }) => repair.others_changed, show: count },
    { words: t`people to phone`, of: ({ repair }) => repair.calls.length, show: count },
    { words: t`new faces for clients`, of: ({ repair }) => repair.new_faces, show: count },
    {
      words: t`warnings of the law`,
      of: ({ repair }) => repair.law_warnings.length,
      show: count,
    },
    {
      words: t`minutes of travel more or less`,
      of: ({ repair }) => repair.travel_added,
      show: signedCount,
    },
    {
      words: t`points by the members' weights`,
      of: (way) => way.figures.cost - way.figures_before.cost,
      show: signedCount,
    },
  ];
}

interface WayCardProps {
  way: Way;
  ways: readonly Way[];
  isShown: boolean;
  onLook: () => void;
}

/** One way in the figures that people care about, beside the others. */
export function WayCard({ way, ways, isShown, onLook }: WayCardProps) {
  const figures = useFigures();
  const heading = `way-${way.id}`;
  return (
    <Card className={isShown ? styles.shown : undefined} aria-labelledby={heading}>
      <h3 id={heading}>{mannerWords(way.repair.stands_for)}</h3>
      <dl className={styles.figures}>
        {figures.map(({ words, of, show }) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>
              {isLeast(ways.map(of), of(way)) && (
                <span className={styles.least}>
                  <Trans>least</Trans>{" "}
                </span>
              )}
              {show(of(way))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.quiet}>
        <Certainty repair={way.repair} />
      </p>
      <Button aria-pressed={isShown} aria-describedby={heading} onClick={onLook}>
        <Trans>Look at this way</Trans>
      </Button>
    </Card>
  );
}

/** Whether no way has less, where the ways differ at all. */
function isLeast(all: readonly number[], own: number): boolean {
  const rounded = all.map(Math.round);
  const least = Math.min(...rounded);
  return Math.round(own) === least && rounded.some((value) => value > least);
}

/** How sure it is that nothing better exists. */
function Certainty({ repair }: { repair: RepairOut }) {
  if (!repair.stands_for.includes("fewest_changes")) {
    return <Trans>The best that was found. There may be a better one of its kind.</Trans>;
  }
  if (repair.proven) {
    return <Trans>Proved: no other way leaves less open with fewer changes.</Trans>;
  }
  if (repair.changes_at_least === null) {
    return <Trans>The best that was found. There was no time to prove more.</Trans>;
  }
  return (
    <>
      {repair.least_open_proven && <Trans>Proved: no other way leaves less open.</Trans>}{" "}
      <Plural
        value={repair.changes_at_least}
        one="Any way that leaves no more open has at least # change."
        other="Any way that leaves no more open has at least # changes."
      />
    </>
  );
}
