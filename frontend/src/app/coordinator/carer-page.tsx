import { useParams } from "@tanstack/react-router";
import { CarerDetail } from "@/features/carers/carer-detail";

/** One carer, named by the address. */
export function CarerPage() {
  const { carerId } = useParams({ from: "/shell/carers/$carerId" });
  return <CarerDetail key={carerId} carerId={Number(carerId)} />;
}
