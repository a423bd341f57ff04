import { useLingui } from "@lingui/react/macro";
import { Suspense } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { Icon } from "@/components/icon";
import { Skeleton } from "@/components/skeleton";
import { SkipLink } from "@/components/skip-link";
import { NotFound } from "../not-found";
import { carerRoutes, carerTabs } from "./routes";
import styles from "./shell.module.css";

/** The carer app around a page: the page above, the tabs under the thumb. */
export function CarerShell() {
  return (
    <div className={styles.shell}>
      <SkipLink />
      <main id="content" tabIndex={-1} className={styles.content}>
        <Suspense fallback={<Skeleton lines={6} />}>
          <Switch>
            {carerRoutes.map(({ path, page }) => (
              <Route key={path} path={path} component={page} />
            ))}
            <Route path="/">
              <Redirect to={carerTabs[0]?.to ?? "/"} replace />
            </Route>
            <Route>
              <NotFound home="/carer/" />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <Tabs />
    </div>
  );
}

function Tabs() {
  const { t, i18n } = useLingui();
  const [path] = useLocation();
  return (
    <nav className={styles.tabs} aria-label={t`Main menu`}>
      <ul className="plain-list">
        {carerTabs.map(({ to, label, icon }) => (
          <li key={to}>
            <Link href={to} className={styles.tab} aria-current={path === to ? "page" : undefined}>
              <Icon name={icon} />
              {i18n._(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
