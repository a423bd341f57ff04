import { t } from "@lingui/core/macro";
import type { StandsForEnum } from "@/api/generated/model";

/** What a way to mend the week stands for, in words. */
export function mannerWords(manners: readonly StandsForEnum[]): string {
  const words: Record<StandsForEnum, string> = {
    fewest_changes: t`The fewest changes`,
    nobody_else: t`Nobody else's visits change`,
    familiar_faces: t`Carers whom the clients know`,
    cheapest: t`The best by the members' weights`,
  };
  return manners.map((manner) => words[manner]).join(" · ");
}
