import { MyWeek } from "@/features/my-rota/my-week";
import { isDate, localDate, mondayOf } from "@/lib/time";
import { NotFound } from "../not-found";

interface WeekPageProps {
  params: Record<string, string | undefined>;
}

/** The week in the address, or this one. */
export function WeekPage({ params: { week } }: WeekPageProps) {
  if (week === undefined) {
    return <MyWeek week={mondayOf(localDate(new Date()))} />;
  }
  // A new component for another week, so that its heading takes the focus.
  return isDate(week) && mondayOf(week) === week ? (
    <MyWeek key={week} week={week} />
  ) : (
    <NotFound home="/carer/" />
  );
}
