import { MyVisit } from "@/features/my-rota/my-visit";
import { NotFound } from "../not-found";

interface VisitPageProps {
  params: Record<string, string | undefined>;
}

/** One visit, by the number in the address. */
export function VisitPage({ params: { id = "" } }: VisitPageProps) {
  return /^\d+$/.test(id) ? <MyVisit visitId={Number(id)} /> : <NotFound home="/carer/" />;
}
