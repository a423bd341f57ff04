/**
 * The rules of a week in plain words, by the code that the backend gives.
 *
 * H0 to H11 must hold; they are described in docs/ under the same codes.
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
    default:
      return code;
  }
}
