import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useState } from "react";
import { useRevealKeySafeCode } from "@/api/generated/clients/clients";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { TextField } from "@/components/text-field";
import styles from "./clients.module.css";

const SHORTEST_REASON = 3;
const LONGEST_REASON = 200;
/** A code left on an office screen is a key left in a door. */
const SHOWN_FOR_MS = 60_000;

/** Shows a key-safe code to the office, for a minute and with a reason that is written down. */
export function KeySafe({ clientId, hasCode }: { clientId: number; hasCode: boolean }) {
  return (
    <Card aria-labelledby="key-safe">
      <div className={styles.stack}>
        <h2 id="key-safe">
          <Trans>Key safe</Trans>
        </h2>
        {hasCode ? (
          <Reveal clientId={clientId} />
        ) : (
          <p>
            <Trans>No code is noted for this client.</Trans>
          </p>
        )}
      </div>
    </Card>
  );
}

function Reveal({ clientId }: { clientId: number }) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  // gcTime 0: the code must not outlive its place on the page.
  const { mutate, data, error, isPending, reset } = useRevealKeySafeCode({
    mutation: { gcTime: 0 },
  });

  useEffect(() => {
    if (data === undefined) {
      return undefined;
    }
    const timer = setTimeout(reset, SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [data, reset]);

  const ask = (event: FormEvent) => {
    event.preventDefault();
    const given = reason.trim();
    setMissing(given.length < SHORTEST_REASON);
    if (given.length >= SHORTEST_REASON) {
      mutate({ clientId, data: { reason: given } });
    }
  };

  if (data !== undefined) {
    return (
      <div className={styles.stack} role="status">
        <p className={styles.code}>{data.code}</p>
        <p>
          <Trans>It is hidden again after a minute.</Trans>
        </p>
        <div>
          <Button onClick={reset}>
            <Trans>Hide the code</Trans>
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form className={styles.stack} onSubmit={ask} noValidate>
      <TextField
        label={t`Why do you need the code?`}
        hint={t`Your name, the time and this reason are written down.`}
        error={isMissing ? t`Write the reason in a few words.` : null}
        value={reason}
        maxLength={LONGEST_REASON}
        onChange={(event) => setReason(event.target.value)}
        autoComplete="off"
      />
      {error !== null && <ProblemPanel error={error} />}
      <div>
        <Button type="submit" busy={isPending}>
          <Trans>Show the code</Trans>
        </Button>
      </div>
    </form>
  );
}
