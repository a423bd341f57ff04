import { Trans } from "@lingui/react/macro";
import { Link, useParams } from "@tanstack/react-router";
import { buttonClass } from "@/components/button";
import { CarerDetail } from "@/features/carers/carer-detail";

/** One carer, named by the address. */
export function CarerPage() {
  const { carerId } = useParams({ from: "/shell/carers/$carerId" });
  return (
    <>
      <CarerDetail key={carerId} carerId={Number(carerId)} />
      <p>
        <Link to="/repair" search={{ carer: Number(carerId) }} className={buttonClass()}>
          <Trans>This carer cannot come</Trans>
        </Link>
      </p>
    </>
  );
}
