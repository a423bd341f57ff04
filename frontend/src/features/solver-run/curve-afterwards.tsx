import { Trans } from "@lingui/react/macro";
import { CostCurve } from "./cost-curve";

interface CurveAfterwardsProps {
  curve: Parameters<typeof CostCurve>[0]["curve"];
}

/** The curve of a run that has ended, folded away; nothing where there is none to draw. */
export function CurveAfterwards({ curve }: CurveAfterwardsProps) {
  if (curve.length < 2) {
    return null;
  }
  return (
    <details>
      <summary>
        <Trans>How the week got better during the run</Trans>
      </summary>
      <CostCurve curve={curve} />
    </details>
  );
}
