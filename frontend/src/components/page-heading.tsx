import { type ReactNode, useEffect, useRef } from "react";
import styles from "./page-heading.module.css";

interface PageHeadingProps {
  /** The heading, and the title of the browser's tab. */
  title: string;
  /** A line below it: what the page answers. */
  children?: ReactNode;
  /** Buttons at its right. */
  actions?: ReactNode;
}

/** Whether anybody has used the page since it was loaded. A reload starts anew. */
let touched = false;
for (const sign of ["pointerdown", "keydown"]) {
  window.addEventListener(sign, () => (touched = true), { capture: true, once: true });
}

/**
 * The one `h1` of a page. It takes the focus when the page replaces another, so that keyboard
 * and screen reader go on at the top of what is new; the first page of a visit is left alone.
 */
export function PageHeading({ title, children, actions }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} – Roundtable`;
  }, [title]);

  useEffect(() => {
    // Nobody has touched anything yet: this is the first page, and the keyboard starts above it.
    if (!touched) {
      return;
    }
    // What had the focus went away with the old page, so the browser gave it to the body.
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost || document.activeElement?.closest("nav") != null) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);

  return (
    <header className={styles.heading}>
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children !== undefined && <div className={styles.below}>{children}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
