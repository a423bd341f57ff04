import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";
import { useRevealMyKeySafeCode } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { ProblemPanel } from "@/components/problem-panel";
import { clockAt } from "@/lib/time";
import styles from "./key-safe.module.css";

const SHOWN_MS = 60_000;

interface KeySafeProps {
  visitId: number;
  opensAt: string;
  closesAt: string;
  now: Date;
}

/** The code of the key safe: only around the visit, only on asking, and gone after a minute. */
export function KeySafe({ visitId, opensAt, closesAt, now }: KeySafeProps) {
  const { mutate, reset, data, error, isPending } = useRevealMyKeySafeCode({
    // A code is never kept: neither after the page is left nor for a later look.
    mutation: { gcTime: 0 },
  });
  const isShown = data !== undefined;
  useEffect(() => {
    if (!isShown) {
      return undefined;
    }
    const timer = setTimeout(reset, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isShown, reset]);

  const isOpen = new Date(opensAt) <= now && now < new Date(closesAt);
  if (!isOpen) {
    return (
      <p>
        <Trans>
          You can see the code from {clockAt(opensAt)} to {clockAt(closesAt)}.
        </Trans>
      </p>
    );
  }
  return (
    <div className={styles.box} aria-live="polite">
      {error !== null && <ProblemPanel error={error} />}
      {data === undefined ? (
        <Button large busy={isPending} onClick={() => mutate({ visitId })}>
          <Trans>Show the key-safe code</Trans>
        </Button>
      ) : (
        <>
          <p className={styles.code}>{data.code}</p>
          <p>
            <Trans>It disappears after a minute.</Trans>
          </p>
          <Button large onClick={reset}>
            <Trans>Hide it now</Trans>
          </Button>
        </>
      )}
    </div>
  );
}
