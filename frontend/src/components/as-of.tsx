import { Trans } from "@lingui/react/macro";
import { clockAt, localDate, shortDate } from "@/lib/time";
import { Notice } from "./notice";

/** Says plainly that what is shown is from the phone's store, and how old it is. */
export function AsOf({ moment }: { moment: number }) {
  const at = new Date(moment);
  const time = clockAt(at);
  const day = localDate(at);
  return (
    <Notice
      status="at-risk"
      live="status"
      title={
        day === localDate(new Date()) ? (
          <Trans>As of {time}. No signal.</Trans>
        ) : (
          <Trans>
            As of {shortDate(day)}, {time}. No signal.
          </Trans>
        )
      }
    >
      <Trans>This is what your phone last heard. It will be renewed once you are connected.</Trans>
    </Notice>
  );
}
