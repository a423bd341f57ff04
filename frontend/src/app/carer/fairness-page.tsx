import { MyFairness } from "@/features/my-fairness/my-fairness";

/** How fairly the work was shared. */
export function FairnessPage() {
  return <MyFairness />;
}
