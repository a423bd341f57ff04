/**
 * The rules, the cost terms and the reasons of a week in plain words, by the backend's codes.
 *
 * H0 to H11, V1 to V3 and the codes of the law must hold, S0 to S9 cost points; all are described in docs/
 * under the same codes.
 */
import { plural, t } from "@lingui/core/macro";
import type { CarerReasonOut, DifferenceByTermOut, FaultOut } from "@/api/generated/model";
import { decimal } from "./numbers";
import { duration } from "./time";

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
    case "V1":
      return t`A carer works no more days in a row than members voted for.`;
    case "V2":
      return t`A carer works no more weekends of four than members voted for.`;
    case "V3":
      return t`Nobody starts early after a late evening, as members voted.`;
    case "V4":
      return t`A carer has no more split days in a week than members voted for.`;
    case "V5":
      return t`Nobody waits longer between two visits than members voted for.`;
    case "V6":
      return t`No way between two visits is longer than members voted for.`;
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
    case "V1":
      return t`enough days in a row`;
    case "V2":
      return t`the weekend is to be free`;
    case "V3":
      return t`a late evening before an early start`;
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

/** A rule in the way of one carer, with its figure where it says something. */
export function faultWords({ code, shortfall }: FaultOut): string {
  const by = duration(shortfall);
  switch (code) {
    case "H4":
      return t`not available for ${by} of it`;
    case "H5":
      return t`cannot get there in time, ${by} are missing`;
    case "H6":
      return t`rest too short by ${by}`;
    case "H7":
      return t`hours are full, ${by} too many`;
    case "H8":
      return t`working days are full, ${shortfall} too many`;
    case "H9":
      return t`no break in a long stretch, ${by} too long`;
    case "V1":
      return plural(shortfall, {
        one: "# day too many in a row",
        other: "# days too many in a row",
      });
    case "V3":
      return t`a late evening before an early start, by ${by}`;
    default:
      return reasonWords(code);
  }
}

/** What one cost term would change by with another carer: "12 min more travel". */
export function differenceWords({ term, points, amount }: DifferenceByTermOut): string {
  const isMore = points > 0;
  const number = Math.round(Math.abs(amount ?? 0));
  const some = decimal(Math.abs(points));
  const time = duration(number);
  if (amount === null) {
    switch (term) {
      case "S5 preferences":
        return isMore ? t`wishes kept less (${some} points)` : t`wishes kept more (${some} points)`;
      case "S5 fairness":
        return isMore
          ? t`less fairly shared (${some} points)`
          : t`more fairly shared (${some} points)`;
      default:
        return isMore ? t`${term}: ${some} points more` : t`${term}: ${some} points less`;
    }
  }
  switch (term) {
    case "S1 travel":
      return isMore ? t`${time} more travel` : t`${time} less travel`;
    case "S2 unfamiliar":
      return isMore
        ? plural(number, { one: "a face new to the client", other: "# faces new to the client" })
        : plural(number, { one: "a face the client knows", other: "# faces the client knows" });
    case "S2 extra carers":
      return isMore
        ? plural(number, { one: "one more carer in the week", other: "# more carers in the week" })
        : plural(number, {
            one: "one carer fewer in the week",
            other: "# carers fewer in the week",
          });
    case "S3 lateness":
      return isMore
        ? t`${time} further from the agreed time`
        : t`${time} nearer to the agreed time`;
    case "S4 shortfall":
      return isMore
        ? t`${time} more of guaranteed hours unfilled`
        : t`${time} more of guaranteed hours filled`;
    case "S4 overtime":
      return isMore
        ? t`${time} more above the guaranteed hours`
        : t`${time} less above the guaranteed hours`;
    case "S6 idle":
      return isMore ? t`${time} more waiting` : t`${time} less waiting`;
    case "S6 split":
      return isMore
        ? plural(number, { one: "one more split day", other: "# more split days" })
        : plural(number, { one: "one split day fewer", other: "# split days fewer" });
    case "S9 voted limits":
      return isMore
        ? plural(number, {
            one: "one more split, wait or way beyond what members voted",
            other: "# more splits, waits or ways beyond what members voted",
          })
        : plural(number, {
            one: "one split, wait or way fewer beyond what members voted",
            other: "# splits, waits or ways fewer beyond what members voted",
          });
    case "S8 stability":
      return isMore
        ? plural(number, {
            one: "one more change to what people were told",
            other: "# more changes to what people were told",
          })
        : plural(number, {
            one: "one change fewer to what people were told",
            other: "# changes fewer to what people were told",
          });
    default:
      return isMore ? t`${term}: ${some} points more` : t`${term}: ${some} points less`;
  }
}

/** Why a carer has a visit, one reason: "4 min from the visit before". */
export function carerReasonWords({ code, figure }: CarerReasonOut): string {
  const number = figure ?? 0;
  const time = duration(Math.abs(number));
  switch (code) {
    case "locked":
      return t`held here by the office`;
    case "familiar":
      return plural(number, {
        one: "came once in the 4 weeks before",
        other: "came # times in the 4 weeks before",
      });
    case "preferred":
      return t`the client asked for this carer`;
    case "likes_client":
      return t`gladly visits this client`;
    case "wanted_day_off":
      return t`had wished for this day off`;
    case "first":
      return t`first visit of the day`;
    case "travel":
      return t`${time} from the visit before`;
    case "on_time":
    case "off_time":
      if (number === 0) {
        return t`at the agreed time`;
      }
      return number > 0 ? t`${time} after the agreed time` : t`${time} before the agreed time`;
    case "guarantee":
      return t`helps to fill guaranteed hours`;
  }
}

const ROTA_RULE = /^[HV]\d+$/;

/** Whether a warning of the board is about the law, and not a rota rule or somebody's absence. */
export function isLaw(code: string): boolean {
  return code !== "away" && !ROTA_RULE.test(code);
}

/** What a cost term is called in a table. */
export function termName(term: string): string {
  switch (term) {
    case "S0 unassigned":
      return t`Visits left open`;
    case "S1 travel":
      return t`Travel`;
    case "S2 extra carers":
      return t`More carers for a client than wanted`;
    case "S2 unfamiliar":
      return t`Carers the client does not know`;
    case "S3 lateness":
      return t`Away from the agreed time`;
    case "S4 overtime":
      return t`Above guaranteed hours`;
    case "S4 shortfall":
      return t`Guaranteed hours not filled`;
    case "S5 fairness":
      return t`Wishes not kept, unevenly shared`;
    case "S5 preferences":
      return t`Wishes not kept`;
    case "S6 idle":
      return t`Waiting between visits`;
    case "S6 split":
      return t`Split days`;
    case "S8 stability":
      return t`Changes to what people were told`;
    case "S9 voted limits":
      return t`Splits, waits and ways beyond what members voted`;
    default:
      return term;
  }
}
