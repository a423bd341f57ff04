import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { SelectField } from "@/components/select-field";
import { addDays, daysBetween, localDate, mondayOf, weekLabel } from "@/lib/time";
import { type PlaceSearch, weeksToChoose } from "./place";
import styles from "./place-picker.module.css";
import { usePlace } from "./use-place";

/** Chooses the branch and the week that all pages show; both go into the address. */
export function PlacePicker() {
  const { t } = useLingui();
  const { branches, branch, week } = usePlace();
  const navigate = useNavigate();
  // Only these two change: filters and the selected visit belong to the page.
  const go = (place: PlaceSearch) =>
    navigate({ to: ".", search: (search: PlaceSearch) => ({ ...search, ...place }) });

  return (
    <div className={styles.picker}>
      {branches.length > 1 && (
        <SelectField
          label={t`Branch`}
          labelPlace="hidden"
          value={String(branch?.id ?? "")}
          options={branches.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChoose={(id) => go({ branch: Number(id) })}
        />
      )}
      {branches.length === 1 && <span>{branch?.name}</span>}
      <WeekPicker week={week} onChoose={(monday) => go({ week: monday })} />
    </div>
  );
}

interface WeekPickerProps {
  week: string;
  onChoose: (monday: string) => void;
}

function WeekPicker({ week, onChoose }: WeekPickerProps) {
  const { t } = useLingui();
  const today = localDate(new Date());
  const nearNames: Record<number, string> = {
    [-7]: t`Last week`,
    0: t`This week`,
    7: t`Next week`,
  };
  const nameOf = (monday: string) => {
    const near = nearNames[daysBetween(mondayOf(today), monday)];
    return near === undefined ? weekLabel(monday) : `${near}: ${weekLabel(monday)}`;
  };
  return (
    <div className={styles.week}>
      <Button
        kind="quiet"
        aria-label={t`A week earlier`}
        onClick={() => onChoose(addDays(week, -7))}
      >
        <Icon name="left" />
      </Button>
      <SelectField
        label={t`Week`}
        labelPlace="hidden"
        value={week}
        options={weeksToChoose(today, week).map((monday) => ({
          value: monday,
          label: nameOf(monday),
        }))}
        onChoose={onChoose}
      />
      <Button kind="quiet" aria-label={t`A week later`} onClick={() => onChoose(addDays(week, 7))}>
        <Icon name="right" />
      </Button>
    </div>
  );
}
