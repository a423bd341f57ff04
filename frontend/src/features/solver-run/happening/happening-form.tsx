import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { BoardOut } from "@/api/generated/model";
import { getGetBoardQueryKey, getGetRunQueryKey, useStartRepair } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import styles from "../repair.module.css";
import { emptyDraft, reportOf } from "./draft";
import { type Kind, kinds, writtenDown } from "./kinds";
import { Questions } from "./questions";

interface HappeningFormProps {
  rotaId: number;
  week: string;
  board: BoardOut;
  carerId: number | undefined;
  onStarted: () => void;
}

/** Says what has happened, one question after the other, and asks for ways to mend the week. */
export function HappeningForm({ rotaId, week, board, carerId, onStarted }: HappeningFormProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [kind, setKind] = useState<Kind>("sickness");
  const asNew = (carer: string) => emptyDraft(week, new Date(), carer);
  const [draft, setDraft] = useState(() => asNew(carerId === undefined ? "" : String(carerId)));
  const { mutate, isPending, error, reset } = useStartRepair({
    mutation: {
      onSuccess: async (run) => {
        cache.setQueryData(getGetRunQueryKey(run.id), run);
        onStarted();
        // What was written down at once is on the board already.
        await cache.invalidateQueries({ queryKey: getGetBoardQueryKey(rotaId) });
      },
    },
  });
  const report = reportOf(kind, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (report !== null) {
      mutate({ rotaId, data: report });
    }
  };
  return (
    <Card>
      <form className={styles.questions} onSubmit={submit}>
        <SelectField
          label={t`What has happened?`}
          value={kind}
          onChoose={(value) => {
            setKind(value as Kind);
            setDraft(asNew(""));
            reset();
          }}
          options={kinds()}
        />
        <Questions
          kind={kind}
          week={week}
          board={board}
          draft={draft}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
        />
        {report !== null && (
          <>
            <p className={styles.written}>
              {writtenDown(kind)}{" "}
              <Trans>Nobody else's visits change until you accept one of the ways.</Trans>
            </p>
            <div>
              <Button type="submit" kind="primary" busy={isPending}>
                <Trans>Find ways to mend the week</Trans>
              </Button>
            </div>
          </>
        )}
      </form>
      {error !== null && <ProblemPanel error={error} />}
    </Card>
  );
}
