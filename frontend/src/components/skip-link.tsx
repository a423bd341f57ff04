import { Trans } from "@lingui/react/macro";
import styles from "./skip-link.module.css";

/** The first stop of the keyboard: past bar and menu to `<main id="content">`. */
export function SkipLink() {
  return (
    <a href="#content" className={styles.link}>
      <Trans>Skip to the page</Trans>
    </a>
  );
}
