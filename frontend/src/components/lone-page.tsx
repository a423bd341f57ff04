import type { ReactNode } from "react";
import styles from "./lone-page.module.css";

/** A narrow page with nothing around it: the sign-in, and what stands in for a whole app. */
export function LonePage({ children }: { children: ReactNode }) {
  return (
    <main className={styles.page}>
      <p className={styles.product}>Roundtable</p>
      {children}
    </main>
  );
}
