import { useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/components/page-heading";
import { RotaPolicy } from "@/features/rota-policy/rota-policy";
import { useUser } from "../session";
import styles from "./organisation-page.module.css";

/** What counts how much when a week is made, and what another split would make of it. */
export function PolicyPage() {
  const { t } = useLingui();
  const { roles } = useUser();
  const mayTry = roles.some(({ role }) => role === "member" || role === "admin");
  return (
    <div className={styles.page}>
      <PageHeading title={t`Our rota policy`} />
      <RotaPolicy mayTry={mayTry} />
    </div>
  );
}
