import { useLingui } from "@lingui/react/macro";
import { SelectField } from "@/components/select-field";

/** Somebody who can be chosen. */
export interface Person {
  id: number;
  name: string;
}

interface WhoProps {
  label: string;
  people: readonly Person[];
  value: string;
  onChoose: (value: string) => void;
}

/** Chooses one person by name. */
export function Who({ label, people, value, onChoose }: WhoProps) {
  const { t } = useLingui();
  return (
    <SelectField
      label={label}
      value={value}
      required
      onChoose={onChoose}
      options={[
        { value: "", label: t`Choose a name` },
        ...people.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  );
}
