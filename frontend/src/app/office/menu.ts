import type { MessageDescriptor } from "@lingui/core";
import { holdsAny, type Role, type SessionUser } from "../session";

/** One line of the menu; it stands there only for people who may open its page. */
export interface MenuEntry {
  to: string;
  label: MessageDescriptor;
  /** Those for whom it is; everybody of the organisation when absent. */
  roles?: readonly Role[];
}

/** The lines of a menu that are for this person, in their order. */
export function menuFor(entries: readonly MenuEntry[], user: SessionUser): MenuEntry[] {
  return entries.filter(({ roles }) => roles === undefined || holdsAny(user, roles));
}
