import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { BranchOut, PolicyOverrideOut } from "@/api/generated/model";
import { useListBranches } from "@/api/generated/organisation/organisation";
import { getGetRotaPolicyQueryKey, useRelaxPolicy } from "@/api/generated/rota/rota";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import { TextField } from "@/components/text-field";
import { addDays, weekLabel } from "@/lib/time";
import { isRule, relaxable } from "./overrides";
import styles from "./rota-policy.module.css";

/** For coordinators: relaxes one rule or limit of a branch, with the reason for everybody. */
export function Relax() {
  const { data } = useListBranches();
  return data?.[0] === undefined ? null : <RelaxForm branches={data} first={data[0]} />;
}

interface RelaxFormProps {
  branches: readonly BranchOut[];
  first: BranchOut;
}

function RelaxForm({ branches, first }: RelaxFormProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [branch, setBranch] = useState(first);
  const [name, setName] = useState<PolicyOverrideOut["name"]>("travel");
  const [week, setWeek] = useState(first.next_week);
  const [weeks, setWeeks] = useState("1");
  const relaxing = useRelaxPolicy({
    mutation: {
      onSuccess: () => cache.invalidateQueries({ queryKey: getGetRotaPolicyQueryKey() }),
    },
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    relaxing.mutate({
      branchId: branch.id,
      data: {
        name,
        value: Number(form.get("value")),
        starts_on: week,
        weeks: Number(weeks),
        reason: String(form.get("reason")),
      },
    });
  };
  return (
    <Card>
      <form className={styles.stack} onSubmit={send}>
        <h3>
          <Trans>Relax a rule or a limit</Trans>
        </h3>
        <p className={styles.quiet}>
          <Trans>
            For whole weeks, and a fortnight at most. The law stays as it is. Everybody reads your
            name and your reason, so name nobody in it.
          </Trans>
        </p>
        {branches.length > 1 && (
          <SelectField
            label={t`Branch`}
            value={String(branch.id)}
            onChoose={(id) => setBranch(branches.find((row) => String(row.id) === id) ?? first)}
            options={branches.map((row) => ({ value: String(row.id), label: row.name }))}
          />
        )}
        <SelectField
          label={t`What to relax`}
          value={name}
          onChoose={(chosen) =>
            setName(relaxable().find((row) => row.name === chosen)?.name ?? "travel")
          }
          options={relaxable().map((row) => ({ value: row.name, label: row.label }))}
        />
        <TextField
          name="value"
          type="number"
          min={0}
          required
          label={isRule(name) ? t`How much of it is left, in %` : t`The limit in minutes`}
          {...(isRule(name) ? { max: 99 } : {})}
        />
        <SelectField
          label={t`From`}
          value={week}
          onChoose={setWeek}
          options={[0, 7, 14, 21].map((days) => {
            const monday = addDays(branch.this_week, days);
            return { value: monday, label: weekLabel(monday) };
          })}
        />
        <SelectField
          label={t`For how long`}
          value={weeks}
          onChoose={setWeeks}
          options={[
            { value: "1", label: t`1 week` },
            { value: "2", label: t`2 weeks` },
          ]}
        />
        <TextField name="reason" required maxLength={300} label={t`Reason, for all to read`} />
        <Button type="submit" busy={relaxing.isPending}>
          <Trans>Relax it</Trans>
        </Button>
        {relaxing.error !== null && <ProblemPanel error={relaxing.error} />}
      </form>
    </Card>
  );
}
