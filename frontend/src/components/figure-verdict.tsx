import { Plural, Trans } from "@lingui/react/macro";
import type { NamedFigureOut } from "@/api/generated/model";
import {
  type Figure,
  figureOf,
  figures,
  type Verdict,
  verdictOf,
  verdictWords,
} from "@/lib/week-figures";
import styles from "./figure-verdict.module.css";

interface FigureVerdictProps {
  figure: Figure;
  present: number;
  tried: number;
}

/** Whether the tried week is better in one figure: arrow and words; the colour only repeats them. */
export function FigureVerdict({ figure, present, tried }: FigureVerdictProps) {
  return (
    <span className={styles[verdictOf(figure, present, tried)]}>
      {verdictWords(figure, present, tried)}
    </span>
  );
}

interface SummaryProps {
  present: readonly NamedFigureOut[];
  tried: readonly NamedFigureOut[];
}

/** In how many figures the tried week is better, and a warning not to read too much into it. */
export function Summary({ present, tried }: SummaryProps) {
  const verdicts = figures().map((figure) =>
    verdictOf(figure, figureOf(present, figure.name), figureOf(tried, figure.name)),
  );
  const number = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  return (
    <div>
      <p className={styles.lead}>
        <Plural
          value={number("better")}
          _0="The tried week is better in no figure"
          one="The tried week is better in one figure"
          other="The tried week is better in # figures"
        />
        ,{" "}
        <Plural value={number("worse")} _0="worse in none" one="worse in one" other="worse in #" />{" "}
        <Plural
          value={number("same")}
          _0="and the same in none."
          one="and the same in one."
          other="and the same in #."
        />
      </p>
      <p className={styles.quiet}>
        <Trans>
          Both weeks were looked for in the same time, and a little of each difference is chance.
          Trust small differences only when a longer try shows them too.
        </Trans>
      </p>
    </div>
  );
}
