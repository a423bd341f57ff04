import { useLingui } from "@lingui/react/macro";
import { useListEntities } from "@/api/generated/membership/membership";
import { SelectField } from "@/components/select-field";

interface ChooseBodyProps {
  entity?: number | undefined;
  onChoose: (entity: number | undefined) => void;
}

/** Which body the statement is about: ourselves, a partner, or an example from the past. */
export function ChooseBody({ entity, onChoose }: ChooseBodyProps) {
  const { t } = useLingui();
  const answer = useListEntities();
  const bodies = answer.data ?? [];
  if (bodies.length < 2) {
    return null;
  }
  const own = bodies.find((body) => body.kind === "own");
  const ending = { own: "", partner: t` (partner)`, example: t` (example)` };
  return (
    <SelectField
      label={t`Whom is it about?`}
      value={String(entity ?? own?.id ?? "")}
      options={bodies.map((body) => ({
        value: String(body.id),
        label: `${body.name}${ending[body.kind]}`,
      }))}
      onChoose={(value) => onChoose(Number(value) === own?.id ? undefined : Number(value))}
    />
  );
}
