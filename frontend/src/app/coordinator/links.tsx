/** Names that lead to a person's page; features are given these, for they know no addresses. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** A client's name as a link to the client's page. */
export function clientLink(clientId: number, name: string): ReactNode {
  return (
    <Link to="/clients/$clientId" params={{ clientId: String(clientId) }}>
      {name}
    </Link>
  );
}

/** A carer's name as a link to the carer's page. */
export function carerLink(carerId: number, name: string): ReactNode {
  return (
    <Link to="/carers/$carerId" params={{ carerId: String(carerId) }}>
      {name}
    </Link>
  );
}
