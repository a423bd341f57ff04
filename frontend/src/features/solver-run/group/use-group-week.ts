/** The week of all branches, asked for again and again while it is being built. */
import { useQueryClient } from "@tanstack/react-query";
import type { GroupRunOut, GroupWeekOut } from "@/api/generated/model";
import { getGetGroupWeekQueryKey, useGetGroupWeek } from "@/api/generated/rota/rota";
import { isOpenRun } from "../use-run";

const POLL_EVERY_MS = 2_000;

/** The week with its newest run, kept up to date while that is open. */
export function useGroupWeek(week: string) {
  return useGetGroupWeek(week, {
    query: {
      refetchInterval: ({ state: { data } }) =>
        data?.run != null && isOpenRun(data.run) ? POLL_EVERY_MS : false,
      // A run goes on in the background, and so does watching it.
      refetchIntervalInBackground: true,
    },
  });
}

/** Returns what takes down a run that was told in answer to something done with it. */
export function useTellGroupRun(week: string) {
  const cache = useQueryClient();
  return (run: GroupRunOut) =>
    cache.setQueryData<GroupWeekOut>(getGetGroupWeekQueryKey(week), (before) =>
      before === undefined ? before : { ...before, run },
    );
}
