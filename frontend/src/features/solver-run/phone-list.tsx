import { t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import type { CallItemOut, CallOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { clock, shortDate } from "@/lib/time";
import styles from "./repair.module.css";

/** Whom to phone and what to tell, to be ticked off; it can be printed by itself. */
export function PhoneList({ calls }: { calls: readonly CallOut[] }) {
  if (calls.length === 0) {
    return (
      <p>
        <Trans>Nobody has to be phoned.</Trans>
      </p>
    );
  }
  const carers = calls.filter(({ who }) => who === "carer");
  const clients = calls.filter(({ who }) => who === "client");
  return (
    <section className={styles.phones} aria-labelledby="phones">
      <div className={styles.head}>
        <h3 id="phones">
          <Plural value={calls.length} one="# person to phone" other="# people to phone" />
        </h3>
        <Button onClick={() => window.print()}>
          <Trans>Print the phone list</Trans>
        </Button>
      </div>
      {carers.length > 0 && (
        <>
          <h4>
            <Trans>Carers</Trans>
          </h4>
          <Calls calls={carers} />
        </>
      )}
      {clients.length > 0 && (
        <>
          <h4>
            <Trans>Clients</Trans>
          </h4>
          <Calls calls={clients} />
        </>
      )}
    </section>
  );
}

function Calls({ calls }: { calls: readonly CallOut[] }) {
  return (
    <ul className={styles.calls}>
      {calls.map((call) => (
        <li key={`${call.who}${call.id}`}>
          <strong>{call.name}</strong>
          <ul>
            {call.items.map((item) => (
              <li key={`${item.visit_id}${item.told}`}>
                {call.who === "carer" ? carerWords(item) : clientWords(item)}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function carerWords(item: CallItemOut): string {
  const client = item.client_name;
  const on = shortDate(item.on);
  const before = startOf(item.before);
  const after = startOf(item.after);
  switch (item.told) {
    case "given":
      return t`New: ${client}, ${on} ${after}`;
    case "moved":
      return t`Other time: ${client}, ${on} at ${after} instead of ${before}`;
    default:
      return t`No longer: ${client}, ${on} ${before}`;
  }
}

function clientWords(item: CallItemOut): string {
  const on = shortDate(item.on);
  const before = startOf(item.before);
  const after = startOf(item.after);
  const now = namesOf(item.after);
  const was = namesOf(item.before);
  switch (item.told) {
    case "open":
      return t`${on} ${before}: nobody is found yet`;
    case "given":
      return t`${on} ${after}: a new visit, by ${now}`;
    case "moved":
      return t`${on}: at ${after} instead of ${before}, by ${now}`;
    default:
      return t`${on} ${after}: ${now} instead of ${was}`;
  }
}

function startOf(row: CallItemOut["after"]): string {
  return row === null ? "" : clock(row.start_minute);
}

function namesOf(row: CallItemOut["after"]): string {
  return row === null ? "" : row.carer_names.join(", ");
}
