import { Trans } from "@lingui/react/macro";
import type { GroupPartOut, GroupRunOut } from "@/api/generated/model";
import { Notice } from "@/components/notice";
import { clockAt } from "@/lib/time";
import { namesOf } from "./names";

/** How a group run ended where there is something to say besides its proposals. */
export function GroupEnd({ run, without }: { run: GroupRunOut; without: readonly string[] }) {
  if (run.state === "failed") {
    return (
      <Notice
        status="uncovered"
        live="alert"
        title={<Trans>The run failed. The week of every branch is as it was.</Trans>}
      >
        <p>
          <Trans>Build it again. If it fails again, tell whoever runs Roundtable:</Trans>
        </p>
        <Failures run={run} />
      </Notice>
    );
  }
  if (run.state === "cancelled") {
    return (
      <Notice title={<Trans>The run was stopped. The week of every branch is as it was.</Trans>}>
        <StoppedBy run={run} />
      </Notice>
    );
  }
  return (
    <>
      {run.cancelled_at !== null && (
        <Notice title={<Trans>The run was stopped early. What it had by then is proposed.</Trans>}>
          <StoppedBy run={run} />
        </Notice>
      )}
      {without.length > 0 && (
        <Notice status="at-risk" title={<Trans>Without a proposal: {namesOf(without)}.</Trans>}>
          <p>
            <Trans>Their week is as it was. Build it for them alone, or for all again.</Trans>
          </p>
          <Failures run={run} />
        </Notice>
      )}
    </>
  );
}

function StoppedBy({ run }: { run: GroupRunOut }) {
  const by = run.cancelled_by ?? "";
  if (run.cancelled_at === null) {
    return null;
  }
  return (
    <p>
      <Trans>
        Stopped by {by} at {clockAt(run.cancelled_at)}.
      </Trans>
    </p>
  );
}

/** What went wrong with which branches, for whoever runs the system. */
function Failures({ run }: { run: GroupRunOut }) {
  const failed: GroupPartOut[] = run.stages
    .flatMap(({ parts }) => parts)
    .filter(({ state }) => state === "failed");
  if (failed.length === 0) {
    return null;
  }
  return (
    <ul>
      {failed.map((part) => (
        <li key={part.run_id}>
          {namesOf(part.branches)}: {part.last_error}
        </li>
      ))}
    </ul>
  );
}
