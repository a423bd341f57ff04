import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet } from "@tanstack/react-router";
import { Button } from "@/components/button";
import { SkipLink } from "@/components/skip-link";
import { coordinatorMenu } from "../coordinator/routes";
import { memberMenu } from "../member/routes";
import { useUser } from "../session";
import { ThemeSelect } from "../theme-select";
import { useSignOut } from "../use-sign-out";
import { menuFor } from "./menu";
import { PlacePicker } from "./place-picker";
import styles from "./shell.module.css";

/** The office app around a page: product, branch and week, menu, person. */
export function OfficeShell() {
  const { t, i18n } = useLingui();
  const user = useUser();
  const entries = menuFor([...coordinatorMenu, ...memberMenu], user);
  return (
    <div className={styles.shell}>
      <SkipLink />
      <header className={styles.bar}>
        <p className={styles.product}>Roundtable</p>
        <PlacePicker />
        <PersonCorner />
      </header>
      <nav className={styles.menu} aria-label={t`Main menu`}>
        <ul className="plain-list">
          {entries.map(({ to, label }) => (
            <li key={to}>
              <Link to={to} className={styles.entry}>
                {i18n._(label)}
              </Link>
            </li>
          ))}
          <li>
            <a href="/member/ballots/" className={styles.entry}>
              <Trans>Votes</Trans>
            </a>
          </li>
          {user.carer_id !== null && (
            <li>
              <a href="/carer/" className={styles.entry}>
                <Trans>My own rota</Trans>
              </a>
            </li>
          )}
        </ul>
      </nav>
      <main id="content" tabIndex={-1} className={styles.content}>
        <Outlet />
      </main>
    </div>
  );
}

function PersonCorner() {
  const user = useUser();
  const signOut = useSignOut();
  return (
    <div className={styles.person}>
      <ThemeSelect labelPlace="beside" />
      <span>{user.display_name}</span>
      <Button kind="quiet" busy={signOut.isPending} onClick={() => signOut.mutate()}>
        <Trans>Sign out</Trans>
      </Button>
    </div>
  );
}
