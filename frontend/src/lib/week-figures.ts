/** The figures by which two weeks are compared, and which side is better in each. */
import { t } from "@lingui/core/macro";
import type { NamedFigureOut } from "@/api/generated/model";
import { decimal } from "./numbers";
import { duration } from "./time";

export interface Figure {
  name: string;
  words: string;
  show: (value: number) => string;
  /** Whether more is better; of the others less is. */
  moreIsBetter: boolean;
}

/** What people look at first, in words. */
export function figures(): readonly Figure[] {
  const less = (name: string, words: string, show = decimal): Figure => ({
    name,
    words,
    show,
    moreIsBetter: false,
  });
  const more = (name: string, words: string): Figure => ({
    name,
    words,
    show: decimal,
    moreIsBetter: true,
  });
  return [
    less("unassigned visits", t`Visits without carers`),
    less("unassigned critical", t`Critical visits without carers`),
    less("new faces", t`New faces, over all clients`),
    less("carers per client", t`Different carers for a client`),
    less("travel minutes", t`Travel`, duration),
    less("weekends worked", t`Carers who work at the weekend`),
    less("splits", t`Split days`),
    more("contract hours filled %", t`Contract hours filled, %`),
    less("carers without work", t`Carers without work`),
    more("wishes kept % (by strength)", t`Carers' wishes kept, %`),
  ];
}

export function figureOf(rows: readonly NamedFigureOut[], name: string): number {
  return rows.find((row) => row.name === name)?.value ?? 0;
}

export type Verdict = "better" | "worse" | "same";

/** How the tried week stands in one figure, after rounding to what is shown. */
export function verdictOf(figure: Figure, present: number, tried: number): Verdict {
  if (figure.show(present) === figure.show(tried)) {
    return "same";
  }
  return tried > present === figure.moreIsBetter ? "better" : "worse";
}

/** `better, 28 less` with an arrow for the way the figure goes. */
export function verdictWords(figure: Figure, present: number, tried: number): string {
  const amount = figure.show(Math.abs(tried - present));
  const isMore = tried > present;
  switch (verdictOf(figure, present, tried)) {
    case "same":
      return t`= the same`;
    case "better":
      return isMore ? t`↑ better, ${amount} more` : t`↓ better, ${amount} less`;
    case "worse":
      return isMore ? t`↑ worse, ${amount} more` : t`↓ worse, ${amount} less`;
  }
}
