import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { StartRepairInRequest } from "@/api/generated/model";
import { getGetRunQueryKey, useStartRepair } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import { addDays, clockAt, localDate, minuteOfDay } from "@/lib/time";
import styles from "./solver-run.module.css";

interface Person {
  id: number;
  name: string;
}

interface AbsenceFormProps {
  rotaId: number;
  week: string;
  carers: readonly Person[];
  clients: readonly Person[];
  carerId: number | undefined;
  onStarted: () => void;
}

type Happening = "sickness" | "leave" | "client_away";

/** Says who cannot come, or who needs no visits, and asks for ways to mend the week. */
export function AbsenceForm({
  rotaId,
  week,
  carers,
  clients,
  carerId,
  onStarted,
}: AbsenceFormProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const first = firstMoment(week, new Date());
  const [what, setWhat] = useState<Happening>("sickness");
  const [person, setPerson] = useState(carerId === undefined ? "" : String(carerId));
  const [period, setPeriod] = useState({ ...first, until: first.from });
  const { mutate, isPending, error } = useStartRepair({
    mutation: {
      onSuccess: (run) => {
        cache.setQueryData(getGetRunQueryKey(run.id), run);
        onStarted();
      },
    },
  });
  const people = what === "client_away" ? clients : carers;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ rotaId, data: reportOf(what, Number(person), period) });
  };
  return (
    <Card>
      <form className={styles.start} onSubmit={submit}>
        <SelectField
          label={t`What has happened?`}
          value={what}
          onChoose={(value) => {
            setWhat(value as Happening);
            setPerson("");
          }}
          options={[
            { value: "sickness", label: t`A carer is ill` },
            { value: "leave", label: t`A carer is on leave` },
            { value: "client_away", label: t`A client is away or in hospital` },
          ]}
        />
        <SelectField
          label={what === "client_away" ? t`Which client?` : t`Which carer?`}
          value={person}
          required
          onChoose={setPerson}
          options={[
            { value: "", label: t`Choose a name` },
            ...people.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <TextField
          label={t`From`}
          type="date"
          required
          value={period.from}
          max={addDays(week, 6)}
          onChange={({ target }) => setPeriod({ ...period, from: target.value })}
        />
        <TextField
          label={t`From what time`}
          type="time"
          required
          value={period.time}
          onChange={({ target }) => setPeriod({ ...period, time: target.value })}
        />
        <TextField
          label={t`Last day`}
          hint={t`Empty: until further notice`}
          type="date"
          value={period.until}
          min={period.from}
          onChange={({ target }) => setPeriod({ ...period, until: target.value })}
        />
        <Button type="submit" kind="primary" busy={isPending}>
          <Trans>Find ways to mend the week</Trans>
        </Button>
        <p className={styles.quiet}>
          <Trans>
            The absence is written down at once. No visit changes until you accept one of the ways.
          </Trans>
        </p>
      </form>
      {error !== null && <ProblemPanel error={error} />}
    </Card>
  );
}

/** What has begun cannot be mended: today it is from now on, in a later week from its Monday. */
function firstMoment(week: string, now: Date): { from: string; time: string } {
  const today = localDate(now);
  return today < week ? { from: week, time: "00:00" } : { from: today, time: clockAt(now) };
}

function reportOf(
  what: Happening,
  person: number,
  { from, time, until }: { from: string; time: string; until: string },
): StartRepairInRequest {
  const period = {
    starts_on: from,
    start_minute: minuteOfDay(time) ?? 0,
    ends_on: until === "" ? null : until,
  };
  return what === "client_away"
    ? { kind: "client_away", client_id: person, ...period }
    : { kind: "carer_away", carer_id: person, reason: what, ...period };
}
