import { t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import { useState } from "react";
import { flushSync } from "react-dom";
import type { CallItemOut, CallOut } from "@/api/generated/model";
import { Button } from "@/components/button";
import { clock, shortDate } from "@/lib/time";
import styles from "./repair.module.css";

/** A longer list is folded: snow over a whole branch is no reason to hide what else is below. */
const SHOWN_AT_ONCE = 20;

/** Whom to phone and what to tell, to be ticked off; it can be printed by itself. */
export function PhoneList({ calls }: { calls: readonly CallOut[] }) {
  const [isOpen, setIsOpen] = useState(calls.length <= SHOWN_AT_ONCE);
  if (calls.length === 0) {
    return (
      <p>
        <Trans>Nobody has to be phoned.</Trans>
      </p>
    );
  }
  const carers = calls.filter(({ who }) => who === "carer");
  const clients = calls.filter(({ who }) => who === "client");
  const print = () => {
    // What is folded would not be on the paper.
    flushSync(() => setIsOpen(true));
    window.print();
  };
  return (
    <section className={styles.phones} aria-labelledby="phones">
      <div className={styles.head}>
        <h3 id="phones">
          <Plural value={calls.length} one="# person to phone" other="# people to phone" />
        </h3>
        <div className={styles.buttons}>
          {calls.length > SHOWN_AT_ONCE && (
            <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
              {isOpen ? <Trans>Hide the list</Trans> : <Trans>Show the list</Trans>}
            </Button>
          )}
          <Button onClick={print}>
            <Trans>Print the phone list</Trans>
          </Button>
        </div>
      </div>
      {isOpen && carers.length > 0 && (
        <>
          <h4>
            <Trans>Carers</Trans>
          </h4>
          <Calls calls={carers} />
        </>
      )}
      {isOpen && clients.length > 0 && (
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
