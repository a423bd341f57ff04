import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useGetClient } from "@/api/generated/clients/clients";
import type { ClientOut } from "@/api/generated/model";
import { Card } from "@/components/card";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { StatusChip } from "@/components/status-chip";
import { riskWords } from "@/lib/office-words";
import { fullDate, localDate } from "@/lib/time";
import styles from "./clients.module.css";
import { KeySafe } from "./key-safe";
import { PackageCard } from "./package-card";

/** A client: what carers must know at the door, and the packages that are owed. */
export function ClientDetail({ clientId }: { clientId: number }) {
  const { t } = useLingui();
  const { data, error, refetch } = useGetClient(clientId);
  if (error !== null && data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Skeleton lines={10} label={t`Loading the client`} />;
  }
  return (
    <div className={styles.stack}>
      <PageHeading title={data.name}>
        {riskWords(data.risk_class)} · {data.external_id}
      </PageHeading>
      <div className={styles.columns}>
        <Card aria-labelledby="client-needs">
          <h2 id="client-needs">
            <Trans>At the door</Trans>
          </h2>
          <Facts client={data} />
        </Card>
        <KeySafe clientId={data.id} hasCode={data.has_key_safe_code} />
      </div>
      {data.packages.length === 0 && (
        <p>
          <Trans>No care package is agreed for this client.</Trans>
        </p>
      )}
      {data.packages.map((one) => (
        <PackageCard key={one.id} carePackage={one} />
      ))}
    </div>
  );
}

function Facts({ client }: { client: ClientOut }) {
  const { t } = useLingui();
  return (
    <dl className={styles.facts}>
      <Fact name={t`Address`}>
        {client.address}, {client.postcode}
      </Fact>
      <Fact name={t`Place on the map`}>
        <Pin client={client} />
      </Fact>
      <Fact name={t`What to know`}>{client.at_the_door || t`nothing noted`}</Fact>
      <Fact name={t`If nobody can come`}>{client.contingency_plan || t`no plan noted`}</Fact>
      {client.wanted_gender === "f" && <Fact name={t`Carers`}>{t`women only`}</Fact>}
      {client.wanted_gender === "m" && <Fact name={t`Carers`}>{t`men only`}</Fact>}
      {client.target_carers !== null && (
        <Fact name={t`Familiar faces`}>
          {plural(client.target_carers, {
            one: "at most # carer in 28 days",
            other: "at most # carers in 28 days",
          })}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pin({ client }: { client: ClientOut }) {
  if (client.pin_confirmed_at === null) {
    return (
      <StatusChip status="uncovered">
        <Trans>not confirmed, so not planned</Trans>
      </StatusChip>
    );
  }
  const day = fullDate(localDate(client.pin_confirmed_at));
  return <Trans>confirmed on {day}</Trans>;
}
