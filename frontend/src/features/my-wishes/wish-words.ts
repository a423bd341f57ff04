/** Wishes and what became of them, in plain words. */
import { plural, t } from "@lingui/core/macro";
import type { PlacedWishKindEnum, WishInRequest, WishOutcomeOut } from "@/api/generated/model";
import { decimal } from "@/lib/numbers";
import { addDays, clock, longWeekday, shortDate } from "@/lib/time";

/** Any Monday: the names of weekdays are read off the days after it. */
const SOME_MONDAY = "2026-06-01";

export function kindWords(kind: PlacedWishKindEnum): string {
  switch (kind) {
    case "day_off":
      return t`A day off`;
    case "weekend_off":
      return t`The weekend off`;
    case "avoid_window":
      return t`Not at these times`;
    case "no_split":
      return t`No long gaps in a day`;
    case "prefer_client":
      return t`Gladly this client`;
    case "avoid_client":
      return t`Rather not this client`;
    case "avoid_area":
      return t`Rather not this area`;
  }
}

/** `0` → `Monday`. */
function weekdayName(day: number): string {
  return longWeekday(addDays(SOME_MONDAY, day));
}

/** What is asked after the kind of wish. */
export function whichWords(kind: PlacedWishKindEnum): string {
  if (kind === "prefer_client" || kind === "avoid_client") {
    return t`Which client?`;
  }
  return kind === "avoid_area" ? t`Which area?` : t`Which day?`;
}

export function everyDayWords(day: number): string {
  return t`Every ${weekdayName(day)}`;
}

export function everyWeekendWords(): string {
  return t`Every weekend`;
}

/** What a wish is about, as one line; `client` is the name by which the carer knows the client. */
export function wishWords(wish: WishInRequest, client: string | undefined): string {
  switch (wish.kind) {
    case "day_off":
      return wish.on
        ? t`${shortDate(wish.on)} off`
        : t`Every ${weekdayName(wish.weekday ?? 0)} off`;
    case "weekend_off":
      return wish.on ? t`The weekend of ${shortDate(wish.on)} off` : t`Every weekend off`;
    case "avoid_window":
      return t`No visits from ${clock(wish.from_minute ?? 0)} to ${clock(wish.to_minute ?? 0)}`;
    case "no_split":
      return t`No long gaps in a day`;
    case "prefer_client":
      return t`Gladly to ${client ?? t`a client`}`;
    case "avoid_client":
      return t`Rather not to ${client ?? t`a client`}`;
    case "avoid_area":
      return t`Rather not around ${wish.area ?? ""}`;
  }
}

/** The rule that was most often in the way, as the end of a sentence; empty for others. */
function ruleWords(rule: string | null): string {
  switch (rule) {
    case "H3":
      return t`Mostly it was the skills that the visits need.`;
    case "H4":
      return t`Mostly people were not available then.`;
    case "H5":
      return t`Mostly the way there was too long.`;
    case "H6":
      return t`Mostly it was the rest that people must have.`;
    case "H7":
    case "H8":
      return t`Mostly people's hours or days were full.`;
    default:
      return "";
  }
}

/** Why a wish was not kept, and what keeping it would have taken. */
export function reasonWords(outcome: WishOutcomeOut): string {
  const { visits, reason, rule } = outcome;
  const cost = decimal(outcome.cost ?? 0);
  const weight = decimal(outcome.weight);
  switch (reason) {
    case "nobody_else":
      return [
        plural(visits, {
          one: "One visit stood against it, and nobody else could make it.",
          other: "# visits stood against it, and nobody else could make all of them.",
        }),
        ruleWords(rule),
      ]
        .join(" ")
        .trim();
    case "rules":
      return [
        plural(visits, {
          one: "One more visit would have done, and a rule kept you from it.",
          other: "# more visits would have done, and a rule kept you from them.",
        }),
        ruleWords(rule),
      ]
        .join(" ")
        .trim();
    case "law":
      return t`The law on working hours and rest did not allow it.`;
    case "fixed":
      return t`The office had settled these visits by hand. Ask them why.`;
    case "cost_more":
      return t`Keeping it would have cost the others ${cost} points of the rota. Your wish weighed ${weight}.`;
    case "narrowly":
      return t`Each visit could have gone to somebody else: that would have cost the others ${cost} points of the rota, and your wish weighed ${weight}. Ask your office.`;
    default:
      return "";
  }
}
