import { Trans, useLingui } from "@lingui/react/macro";
import { count } from "@/lib/numbers";
import { Button } from "./button";
import styles from "./pager.module.css";

interface PagerProps {
  /** Rows before this page. */
  offset: number;
  /** Rows of a page. */
  limit: number;
  /** Rows of all pages. */
  total: number;
  onOffset: (offset: number) => void;
}

/** Which rows of a long list are shown, and the ways to those before and after. */
export function Pager({ offset, limit, total, onOffset }: PagerProps) {
  const { t } = useLingui();
  if (total <= limit && offset === 0) {
    return null;
  }
  const first = count(Math.min(offset + 1, total));
  const last = count(Math.min(offset + limit, total));
  return (
    <nav className={styles.pager} aria-label={t`Pages of the list`}>
      <Button disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - limit))}>
        <Trans>Rows before</Trans>
      </Button>
      <p>
        <Trans>
          {first} to {last} of {count(total)}
        </Trans>
      </p>
      <Button disabled={offset + limit >= total} onClick={() => onOffset(offset + limit)}>
        <Trans>Rows after</Trans>
      </Button>
    </nav>
  );
}
