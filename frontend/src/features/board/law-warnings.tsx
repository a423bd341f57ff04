import { Trans } from "@lingui/react/macro";
import type { BoardCarerOut } from "@/api/generated/model";
import { classNames } from "@/lib/class-names";
import { count } from "@/lib/numbers";
import { isLaw } from "@/lib/office-rules";
import styles from "./figures.module.css";

/** How many times the law is broken or come near to; opens to whom it concerns and why. */
export function LawWarnings({ carers }: { carers: readonly BoardCarerOut[] }) {
  const rows = carers
    .map(({ id, name, warnings }) => ({
      id,
      name,
      law: warnings.filter(({ code }) => isLaw(code)),
    }))
    .filter(({ law }) => law.length > 0);
  const total = rows.reduce((sum, { law }) => sum + law.length, 0);
  return (
    <div className={classNames(styles.figure, styles.law)}>
      <dt>
        <Trans>Law warnings</Trans>
      </dt>
      <dd>
        {total === 0 ? (
          count(0)
        ) : (
          <details>
            <summary>{count(total)}</summary>
            <ul className={styles.list}>
              {rows.map(({ id, name, law }) => (
                <li key={id}>
                  <strong>{name}</strong>:{" "}
                  {law.map(({ code, message }) => (
                    <span key={`${code}${message}`}>
                      {message} <span className={styles.code}>({code})</span>{" "}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          </details>
        )}
      </dd>
    </div>
  );
}
