import { Trans, useLingui } from "@lingui/react/macro";
import type { GroupRunOut, GroupStageOut } from "@/api/generated/model";
import { Icon } from "@/components/icon";
import { classNames } from "@/lib/class-names";
import styles from "./group.module.css";

/** The steps of a group run in words: those behind it, the one under way, those to come. */
export function Steps({ run }: { run: GroupRunOut }) {
  const { t } = useLingui();
  return (
    <ol className={styles.steps} aria-label={t`Steps`}>
      {run.stages.map((stage, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place, and none ever moves
          key={place}
          className={classNames(place > run.stage && styles.toCome)}
          aria-current={place === run.stage ? "step" : undefined}
        >
          <StepWords kind={stage.kind} />
          {place < run.stage && (
            <>
              {" "}
              <Icon name="done" /> <Trans>done</Trans>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

function StepWords({ kind }: Pick<GroupStageOut, "kind">) {
  switch (kind) {
    case "alone":
      return <Trans>Each branch by itself</Trans>;
    case "neighbours":
      return <Trans>Neighbours together: carers may be lent</Trans>;
    case "proposals":
      return <Trans>A proposal for each branch</Trans>;
  }
}
