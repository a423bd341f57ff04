import { t } from "@lingui/core/macro";
import type { RunOut } from "@/api/generated/model";

/** The stage a run is in, in words. */
export function stageWords(run: Pick<RunOut, "state" | "stage" | "attempts">): string {
  if (run.state === "queued") {
    return run.attempts > 0 ? t`waiting to go on` : t`waiting for its turn`;
  }
  switch (run.stage) {
    case "building":
      return t`giving out the visits`;
    case "improving":
      return t`improving the week`;
    case "done":
      return t`writing down the proposal`;
    default:
      return t`reading the week`;
  }
}
