/** A run as it goes on: told by the backend as it changes, asked for when that is not possible. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RunOut } from "@/api/generated/model";
import { getGetRunQueryKey, getStreamRunEventsUrl, useGetRun } from "@/api/generated/rota/rota";

const POLL_EVERY_MS = 2_000;

/** Whether a run is still waiting or working. */
export function isOpenRun({ state }: Pick<RunOut, "state">): boolean {
  return state === "queued" || state === "running";
}

/** The run, kept up to date while it is open. */
export function useRun(runId: number) {
  const cache = useQueryClient();
  const [isTold, setTold] = useState(typeof EventSource !== "undefined");
  const answer = useGetRun(runId, {
    query: {
      refetchInterval: ({ state: { data } }) =>
        !isTold && (data === undefined || isOpenRun(data)) ? POLL_EVERY_MS : false,
      // A run goes on in the background, and so does watching it.
      refetchIntervalInBackground: true,
    },
  });
  const isOpen = answer.data === undefined || isOpenRun(answer.data);

  useEffect(() => {
    if (!isOpen || !isTold) {
      return undefined;
    }
    const stream = new EventSource(getStreamRunEventsUrl(runId));
    stream.addEventListener("run", (event: MessageEvent<string>) => {
      const run = JSON.parse(event.data) as RunOut;
      cache.setQueryData(getGetRunQueryKey(runId), run);
      if (!isOpenRun(run)) {
        stream.close();
      }
    });
    // A line that breaks is not repaired but replaced: asking works wherever the page does.
    stream.onerror = () => {
      stream.close();
      setTold(false);
    };
    return () => stream.close();
  }, [cache, isOpen, isTold, runId]);

  return answer;
}
