import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { MyWishesOut, PlacedWishKindEnum, WishInRequest } from "@/api/generated/model";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { SelectField, type SelectOption } from "@/components/select-field";
import { addDays, clock, shortDate } from "@/lib/time";
import styles from "./my-wishes.module.css";
import { everyDayWords, everyWeekendWords, kindWords, whichWords } from "./wish-words";

const EVERY = "every";
const WEEK_DAYS = [0, 1, 2, 3, 4, 5, 6];
const SATURDAY = 5;
const HALF_HOURS = Array.from({ length: 49 }, (_, number) => number * 30);

/** Choose what to wish for; it begins with one point. */
export function NewWish({
  data,
  onAdd,
}: {
  data: MyWishesOut;
  onAdd: (wish: WishInRequest) => void;
}) {
  const { t } = useLingui();
  const heading = useId();
  const [kind, setKind] = useState<PlacedWishKindEnum>("day_off");
  const choices = choicesOf(kind, data);
  const [chosen, setChosen] = useState<string>("");
  const [from, setFrom] = useState("1080");
  const [until, setUntil] = useState("1440");
  const choice = choices.some(({ value }) => value === chosen) ? chosen : choices[0]?.value;
  const isBackwards = kind === "avoid_window" && Number(from) >= Number(until);
  const wish = choice === undefined ? undefined : wishOf(kind, choice, Number(from), Number(until));
  return (
    <Card className={styles.form} aria-labelledby={heading}>
      <h2 id={heading}>
        <Trans>Add a wish</Trans>
      </h2>
      <SelectField
        label={t`What do you wish for?`}
        value={kind}
        options={kindsFor(data).map((value) => ({ value, label: kindWords(value) }))}
        onChoose={(value) => setKind(value as PlacedWishKindEnum)}
      />
      {choices.length > 1 && choice !== undefined && (
        <SelectField
          label={whichWords(kind)}
          value={choice}
          options={choices}
          onChoose={setChosen}
        />
      )}
      {kind === "avoid_window" && (
        <>
          <SelectField
            label={t`From`}
            value={from}
            options={HALF_HOURS.slice(0, -1).map(timeOption)}
            onChoose={setFrom}
          />
          <SelectField
            label={t`Until`}
            value={until}
            options={HALF_HOURS.slice(1).map(timeOption)}
            onChoose={setUntil}
          />
          {isBackwards && (
            <p role="alert">
              <Trans>The end must come after the start.</Trans>
            </p>
          )}
        </>
      )}
      <Button
        large
        disabled={wish === undefined || isBackwards}
        onClick={() => wish !== undefined && onAdd(wish)}
      >
        <Trans>Add this wish</Trans>
      </Button>
    </Card>
  );
}

function kindsFor(data: MyWishesOut): PlacedWishKindEnum[] {
  return [
    "day_off",
    "weekend_off",
    "avoid_window",
    "no_split",
    ...(data.clients.length > 0 ? (["prefer_client", "avoid_client"] as const) : []),
    ...(data.areas.length > 0 ? (["avoid_area"] as const) : []),
  ];
}

function timeOption(minutes: number): SelectOption {
  return { value: String(minutes), label: clock(minutes) };
}

/** What can be chosen for a kind; one choice that is not shown where there is nothing to choose. */
function choicesOf(kind: PlacedWishKindEnum, data: MyWishesOut): SelectOption[] {
  const open = data.weeks.filter(({ is_closed }) => !is_closed).map(({ week }) => week);
  switch (kind) {
    case "day_off":
      return [
        ...open.flatMap((week) =>
          WEEK_DAYS.map((day) => addDays(week, day)).map((on) => ({
            value: on,
            label: shortDate(on),
          })),
        ),
        ...WEEK_DAYS.map((day) => ({
          value: String(day),
          label: everyDayWords(day),
        })),
      ];
    case "weekend_off":
      return [
        ...open
          .map((week) => addDays(week, SATURDAY))
          .map((on) => ({ value: on, label: `${shortDate(on)} – ${shortDate(addDays(on, 1))}` })),
        { value: EVERY, label: everyWeekendWords() },
      ];
    case "prefer_client":
    case "avoid_client":
      return data.clients.map(({ id, name }) => ({ value: String(id), label: name }));
    case "avoid_area":
      return data.areas.map((area) => ({ value: area, label: area }));
    default:
      return [{ value: EVERY, label: "" }];
  }
}

function wishOf(
  kind: PlacedWishKindEnum,
  choice: string,
  from: number,
  until: number,
): WishInRequest {
  const wish = { kind, points: 1 };
  switch (kind) {
    case "day_off":
      return choice.length === 1 ? { ...wish, weekday: Number(choice) } : { ...wish, on: choice };
    case "weekend_off":
      return choice === EVERY ? wish : { ...wish, on: choice };
    case "avoid_window":
      return { ...wish, from_minute: from, to_minute: until };
    case "prefer_client":
    case "avoid_client":
      return { ...wish, client_id: Number(choice) };
    case "avoid_area":
      return { ...wish, area: choice };
    default:
      return wish;
  }
}
