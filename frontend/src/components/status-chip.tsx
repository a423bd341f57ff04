import type { ReactNode } from "react";
import { classNames } from "@/lib/class-names";
import { Icon } from "./icon";
import styles from "./status-chip.module.css";

/** Status by meaning; each has a colour, an icon and, at the place of use, words. */
export type Status = "uncovered" | "at-risk" | "changed" | "locked" | "done" | "info";

/** A status as icon and words; the colour only repeats them. */
export function StatusChip({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <span className={classNames(styles.chip, styles[status])}>
      <Icon name={status} />
      {children}
    </span>
  );
}
