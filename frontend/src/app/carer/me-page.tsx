import { Trans, useLingui } from "@lingui/react/macro";
import { Button, buttonClass } from "@/components/button";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { holdsAny, OFFICE_ROLES, useUser } from "../session";
import { ThemeSelect } from "../theme-select";
import { useSignOut } from "../use-sign-out";
import styles from "./me-page.module.css";

/** The person: whom the phone belongs to, how it looks, ways out. */
export function MePage() {
  const { t } = useLingui();
  const user = useUser();
  const signOut = useSignOut();
  const branches = user.roles
    .filter(({ role }) => role === "carer")
    .map((held) => held.branch_name);
  return (
    <>
      <PageHeading title={t`Me`} />
      <div className={styles.page}>
        <div>
          <p className={styles.name}>{user.display_name}</p>
          <p>{branches.join(", ")}</p>
        </div>
        <ThemeSelect />
        <a className={buttonClass()} href="/member/ballots/">
          <Trans>Votes</Trans>
        </a>
        <a className={buttonClass()} href="/organisation">
          <Trans>Our co-operative</Trans>
        </a>
        {holdsAny(user, OFFICE_ROLES) && (
          <a className={buttonClass()} href="/">
            <Trans>Go to the office pages</Trans>
          </a>
        )}
        {signOut.isError && <ProblemPanel error={signOut.error} />}
        <Button large busy={signOut.isPending} onClick={() => signOut.mutate()}>
          <Trans>Sign out</Trans>
        </Button>
      </div>
    </>
  );
}
