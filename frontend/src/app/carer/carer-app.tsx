import { Trans } from "@lingui/react/macro";
import { Router } from "wouter";
import { EmptyState } from "@/components/empty-state";
import { LonePage } from "@/components/lone-page";
import { SessionGate } from "../session-gate";
import { CarerShell } from "./shell";

/** The sign-in, and a carer's own pages behind it. */
export function CarerApp() {
  return (
    <SessionGate>
      {(user) =>
        user.carer_id === null ? (
          <NoRota />
        ) : (
          <Router key={user.id} base="/carer">
            <CarerShell />
          </Router>
        )
      }
    </SessionGate>
  );
}

/** For people of the office who do not make visits. */
function NoRota() {
  return (
    <LonePage>
      <EmptyState
        title={<Trans>You have no rota of your own.</Trans>}
        action={
          <a href="/">
            <Trans>Go to the office pages</Trans>
          </a>
        }
      >
        <Trans>These pages are for carers.</Trans>
      </EmptyState>
    </LonePage>
  );
}
