import { MyChanges } from "@/features/my-changes/my-changes";
import { isDate, mondayOf } from "@/lib/time";
import { NotFound } from "../not-found";

interface ChangesPageProps {
  params: Record<string, string | undefined>;
}

/** The changes of the week in the address. */
export function ChangesPage({ params: { week } }: ChangesPageProps) {
  return isDate(week) && mondayOf(week) === week ? (
    <MyChanges week={week} />
  ) : (
    <NotFound home="/carer/" />
  );
}
