import { MyWishes } from "@/features/my-wishes/my-wishes";
import { isDate, localDate, mondayOf } from "@/lib/time";
import { NotFound } from "../not-found";

interface WishesPageProps {
  params: Record<string, string | undefined>;
}

/** The wishes of the four weeks to which the week in the address belongs, or this one. */
export function WishesPage({ params: { week } }: WishesPageProps) {
  if (week === undefined) {
    return <MyWishes week={mondayOf(localDate(new Date()))} />;
  }
  return isDate(week) && mondayOf(week) === week ? (
    <MyWishes key={week} week={week} />
  ) : (
    <NotFound home="/carer/" />
  );
}
