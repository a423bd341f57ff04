import { useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/components/page-heading";
import { RotaPolicy } from "@/features/rota-policy/rota-policy";
import { holdsAny, OFFICE_ROLES, useUser } from "../session";
import styles from "./organisation-page.module.css";

/** What counts how much when a week is made, and what another split would make of it. */
export function PolicyPage() {
  const { t } = useLingui();
  const user = useUser();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Our rota policy`} />
      <RotaPolicy
        mayTry={holdsAny(user, ["member", "admin"])}
        mayRelax={holdsAny(user, OFFICE_ROLES)}
      />
    </div>
  );
}
