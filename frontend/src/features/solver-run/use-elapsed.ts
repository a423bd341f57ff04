import { useEffect, useState } from "react";
import type { RunOut } from "@/api/generated/model";

const TICK_MS = 1_000;

/**
 * Seconds that a run has worked, counted on between two reports of it.
 *
 * A report gives the seconds of its moment; the next may be a while away, and a clock that
 * stands still looks like a run that has died.
 */
export function useElapsed(run: Pick<RunOut, "state" | "elapsed_seconds" | "seconds">): number {
  const { state, elapsed_seconds: told, seconds } = run;
  const [report, setReport] = useState({ told, at: Date.now() });
  const [now, setNow] = useState(report.at);
  if (report.told !== told) {
    setReport({ told, at: Date.now() });
  }

  useEffect(() => {
    if (state !== "running") {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [state]);

  return Math.min(told + Math.max(0, now - report.at) / 1000, seconds);
}
