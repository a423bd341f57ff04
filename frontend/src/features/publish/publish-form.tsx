import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { OpenWarningOut, PublicationPreviewOut } from "@/api/generated/model";
import {
  getGetBoardQueryKey,
  getListBranchWeeksQueryKey,
  getListPublicationsQueryKey,
  getPreviewPublicationQueryKey,
  usePublishRota,
} from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { LawWarnings } from "@/components/law-warnings";
import { Notice } from "@/components/notice";
import { ProblemPanel } from "@/components/problem-panel";
import { TextField } from "@/components/text-field";
import { count } from "@/lib/numbers";
import styles from "./publish.module.css";

const LONGEST_NOTE = 500;

interface PublishFormProps {
  preview: PublicationPreviewOut;
  branchId: number;
  rotaId: number;
}

/** What will happen to whom in a sentence, the warnings with room for a reason, and one button. */
export function PublishForm({ preview, branchId, rotaId }: PublishFormProps) {
  const { t } = useLingui();
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const publish = usePublish(branchId, rotaId);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const lacksNote = preview.needs_note && note.trim() === "";
    setMissing(lacksNote);
    if (!lacksNote) {
      publish.mutate({ rotaId, data: { version: preview.version, note: note.trim() } });
    }
  };
  return (
    <Card aria-labelledby="publish-now">
      <form className={styles.stack} onSubmit={send} noValidate>
        <h2 id="publish-now">
          <Trans>What will happen</Trans>
        </h2>
        <WhoIsTold preview={preview} />
        <Warnings warnings={preview.warnings} />
        <LawWarnings warnings={preview.law_warnings} />
        <TextField
          label={preview.needs_note ? t`Why it goes out all the same` : t`A note, if you like`}
          hint={t`It is kept with the publication, for those who look back.`}
          error={isMissing ? t`Write the reason first: warnings remain.` : null}
          required={preview.needs_note}
          value={note}
          maxLength={LONGEST_NOTE}
          onChange={(event) => setNote(event.target.value)}
        />
        {publish.error !== null && <ProblemPanel error={publish.error} />}
        <div>
          <Button kind="primary" type="submit" busy={publish.isPending}>
            <Plural
              value={preview.carers_affected}
              one="Publish and tell # carer"
              other="Publish and tell # carers"
            />
          </Button>
        </div>
      </form>
    </Card>
  );
}

function usePublish(branchId: number, rotaId: number) {
  const cache = useQueryClient();
  const look = () =>
    Promise.all(
      [
        getPreviewPublicationQueryKey(rotaId),
        getListPublicationsQueryKey(rotaId),
        getGetBoardQueryKey(rotaId),
        getListBranchWeeksQueryKey(branchId),
      ].map((queryKey) => cache.invalidateQueries({ queryKey })),
    );
  // A refusal says that the week is not as it was shown here, so that is loaded again, too.
  return usePublishRota({ mutation: { onSuccess: look, onError: look } });
}

function WhoIsTold({ preview }: { preview: PublicationPreviewOut }) {
  const carers = plural(preview.carers_affected, { one: "# carer", other: "# carers" });
  const clients = plural(preview.clients_affected, { one: "# client", other: "# clients" });
  return (
    <p>
      {preview.next_number === 1 ? (
        <Trans>
          {carers} will see this week on their phones; it is about {clients}.
        </Trans>
      ) : (
        <Trans>
          {carers} will be told of changes; they are about {clients}.
        </Trans>
      )}{" "}
      <Trans>This cannot be taken back, only followed by another publication.</Trans>
    </p>
  );
}

function Warnings({ warnings }: { warnings: readonly OpenWarningOut[] }) {
  if (warnings.length === 0) {
    return null;
  }
  return (
    <Notice
      status="at-risk"
      title={<Plural value={warnings.length} one="# warning remains" other="# warnings remain" />}
    >
      <ul className={styles.list}>
        {warnings.map(({ code, message, count: times }) => (
          <li key={`${code}/${message}`}>
            {times > 1 ? `${message.replace(/\.$/, "")}: ${count(times)}` : message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
