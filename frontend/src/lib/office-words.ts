/** The words for codes of people and care that several features show. */
import { t } from "@lingui/core/macro";
import type {
  AbsenceKindEnum,
  CheckKindEnum,
  FunderKindEnum,
  RiskClassEnum,
  TravelModeEnum,
} from "@/api/generated/model";
import { addDays, longWeekday } from "./time";

/** Why a carer is away: "on leave". */
export function absenceWords(kind: AbsenceKindEnum): string {
  switch (kind) {
    case "leave":
      return t`on leave`;
    case "sickness":
      return t`off sick`;
    case "training":
      return t`in training`;
    case "unavailable":
      return t`not available`;
  }
}

/** How a carer travels: "by car". */
export function travelModeWords(mode: TravelModeEnum): string {
  switch (mode) {
    case "car":
      return t`by car`;
    case "cycle":
      return t`by bicycle`;
    case "walk":
      return t`on foot`;
  }
}

/** What a missed visit would mean for a client, most serious first. */
export function riskWords(risk: RiskClassEnum): string {
  switch (risk) {
    case "R1":
      return t`R1, life or limb`;
    case "R2":
      return t`R2, essential care`;
    case "R3":
      return t`R3, support`;
    case "R4":
      return t`R4, can be put off`;
  }
}

/** What kind of payer a funder is. */
export function funderKindWords(kind: FunderKindEnum): string {
  switch (kind) {
    case "commissioner":
      return t`council`;
    case "private":
      return t`pays privately`;
    case "direct_payment":
      return t`direct payment`;
    case "isf":
      return t`individual service fund`;
    case "chc":
      return t`NHS continuing healthcare`;
  }
}

/** Which check a carer has passed. */
export function checkWords(kind: CheckKindEnum): string {
  switch (kind) {
    case "identity":
      return t`Identity`;
    case "right_to_work":
      return t`Right to work`;
    case "dbs":
      return t`Criminal records (DBS)`;
    case "references":
      return t`References`;
    case "driving":
      return t`Driving licence and insurance`;
  }
}

/** Any Monday: names of days come from it. */
const SOME_MONDAY = "2026-11-30";

/** `0` → `Monday`. */
export function weekdayName(day: number): string {
  return longWeekday(addDays(SOME_MONDAY, day));
}
