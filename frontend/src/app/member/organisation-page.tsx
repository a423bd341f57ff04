import { Trans, useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/components/page-heading";
import { OrganisationCommitments } from "@/features/open-book/organisation-commitments";
import { RulesInForce } from "@/features/open-book/rules-in-force";
import { weekLabel } from "@/lib/time";
import { usePlace } from "../office/use-place";
import { useUser } from "../session";
import styles from "./organisation-page.module.css";

/** What everybody of the co-operative may see: what it owes in a week, and by which rules it works. */
export function OrganisationPage() {
  const { t } = useLingui();
  const { organisation } = useUser();
  const { week } = usePlace();
  return (
    <div className={styles.page}>
      <PageHeading title={organisation?.name ?? t`Our co-operative`}>{weekLabel(week)}</PageHeading>
      <section aria-labelledby="commitments">
        <h2 id="commitments">
          <Trans>What we have promised for this week</Trans>
        </h2>
        <OrganisationCommitments week={week} />
      </section>
      <section aria-labelledby="rules">
        <h2 id="rules">
          <Trans>The rules we work by</Trans>
        </h2>
        <p className={styles.note}>
          <Trans>In force on the Monday of this week. Open one to see every figure.</Trans>
        </p>
        <RulesInForce on={week} />
      </section>
    </div>
  );
}
