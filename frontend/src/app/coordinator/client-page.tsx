import { useParams } from "@tanstack/react-router";
import { ClientDetail } from "@/features/clients/client-detail";

/** One client, named by the address. */
export function ClientPage() {
  const { clientId } = useParams({ from: "/shell/clients/$clientId" });
  return <ClientDetail key={clientId} clientId={Number(clientId)} />;
}
