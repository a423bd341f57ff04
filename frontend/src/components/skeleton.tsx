import { t } from "@lingui/core/macro";
import styles from "./skeleton.module.css";

interface SkeletonProps {
  /** Grey bars in the shape of what is coming. */
  lines?: number;
  /** What is loading, for screen readers. */
  label?: string;
}

/** The place of text or rows that are on their way. */
export function Skeleton({ lines = 3, label }: SkeletonProps) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{label ?? t`Loading`}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}
