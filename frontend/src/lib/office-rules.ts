/**
 * The rules of a week in plain words, by the code that the backend gives.
 *
 * H0 to H11 and the codes of the law must hold; they are described in docs/ under the same codes.
 */
import { t } from "@lingui/core/macro";

/** The rule as a sentence; the code itself for one that is newer than this page. */
export function ruleWords(code: string): string {
  switch (code) {
    case "H0":
      return t`Each visit is planned once.`;
    case "H1":
      return t`A visit has all the carers it needs, together from start to end.`;
    case "H2":
      return t`A visit starts within its agreed times.`;
    case "H3":
      return t`A carer has the skills, and suits the client.`;
    case "H4":
      return t`A carer is available for the whole visit.`;
    case "H5":
      return t`A carer can get from one visit to the next in time.`;
    case "H6":
      return t`A carer rests long enough between days, and once a week.`;
    case "H7":
      return t`A carer's hours stay within the day and the contract.`;
    case "H8":
      return t`A carer's working days stay within the contract.`;
    case "H9":
      return t`A carer gets a break after a long stretch.`;
    case "H10":
      return t`There is time enough between two visits of the same client.`;
    case "H11":
      return t`Locked visits stay as they are.`;
    case "WTR-01":
      return t`The average working week stays within its limit.`;
    case "WTR-02":
      return t`With an opt-out, a week stays within the cooperative's own limit.`;
    case "WTR-04":
      return t`A carer has days of rest in each fortnight.`;
    case "WTR-06":
      return t`Night work stays within its limits, with a health assessment.`;
    case "WTR-07":
      return t`Carers under 18 keep to shorter hours, more rest and no nights.`;
    case "VISA":
      return t`A week stays within the hours of the visa.`;
    case "PAY-01":
      return t`Pay covers the minimum wage for all paid time.`;
    case "NICE-01":
      return t`Short visits are made by somebody the client has met.`;
    case "REG-19":
      return t`Checks and training are in date.`;
    case "ERA-02":
      return t`Carers are told of their work in good time.`;
    default:
      return code;
  }
}

/** Why carers could not take a visit, as what follows "12 carers: …". */
export function reasonWords(code: string): string {
  switch (code) {
    case "H0":
      return t`already have this visit`;
    case "H1":
      return t`no second carer for the same time`;
    case "H2":
      return t`only free outside the agreed times`;
    case "H3":
      return t`skills missing, or not suited to the client`;
    case "H4":
      return t`not available then`;
    case "H5":
      return t`cannot get there in time`;
    case "H6":
      return t`too little rest`;
    case "H7":
      return t`hours are full`;
    case "H8":
      return t`working days are full`;
    case "H9":
      return t`no break in a long stretch`;
    case "H10":
      return t`too close to the client's other visit`;
    case "H11":
      return t`held by a locked visit`;
    case "WTR-01":
    case "WTR-02":
      return t`the average working week would be too long`;
    case "WTR-04":
      return t`too few days of rest in the fortnight`;
    case "WTR-06":
      return t`limits of night work`;
    case "WTR-07":
      return t`limits of carers under 18`;
    case "VISA":
      return t`the hours of the visa are full`;
    case "REG-19":
      return t`a check is out of date`;
    default:
      return code;
  }
}

const ROTA_RULE = /^H\d+$/;

/** Whether a warning of the board is about the law, and not a rota rule or somebody's absence. */
export function isLaw(code: string): boolean {
  return code !== "away" && !ROTA_RULE.test(code);
}
