import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "@/components/button";

/** Where an accepted proposal leads: to the board that it changed, and on to publishing. */
export function AcceptedLinks() {
  return (
    <>
      <Link to="/board" className={buttonClass({ kind: "primary" })}>
        <Trans>See it on the board</Trans>
      </Link>
      <Link to="/publish" className={buttonClass()}>
        <Trans>Go on to publishing</Trans>
      </Link>
    </>
  );
}
