/**
 * The pages of the carer app, and the tabs of its bottom bar.
 *
 * A page is a component of its own in this folder (`week-page.tsx`) that puts features together.
 * To add one: its line in `carerRoutes`, and a tab in `carerTabs` if the bar leads to it. A page
 * that is not the first to be seen is loaded when it is opened (`lazy`), for the phone's sake.
 * Paths are below `/carer`; link with wouter's `<Link href="/visits/12">`. README.md has an example.
 */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { type ComponentType, lazy } from "react";
import type { IconName } from "@/components/icon";
import { WeekPage } from "./week-page";

export interface CarerRoute {
  /** Below `/carer`; `:name` is given to the page in `params`. */
  path: string;
  page: ComponentType<{ params: Record<string, string | undefined> }>;
}

export interface CarerTab {
  to: string;
  label: MessageDescriptor;
  icon: IconName;
}

const VisitPage = lazy(async () => ({ default: (await import("./visit-page")).VisitPage }));
const ChangesPage = lazy(async () => ({ default: (await import("./changes-page")).ChangesPage }));
const WishesPage = lazy(async () => ({ default: (await import("./wishes-page")).WishesPage }));
const FairnessPage = lazy(async () => ({
  default: (await import("./fairness-page")).FairnessPage,
}));
const MePage = lazy(async () => ({ default: (await import("./me-page")).MePage }));

/** Every page; the first whose path fits is shown. */
export const carerRoutes: readonly CarerRoute[] = [
  { path: "/week", page: WeekPage },
  { path: "/weeks/:week", page: WeekPage },
  { path: "/weeks/:week/changes", page: ChangesPage },
  { path: "/visits/:id", page: VisitPage },
  { path: "/wishes", page: WishesPage },
  { path: "/wishes/:week", page: WishesPage },
  { path: "/fairness", page: FairnessPage },
  { path: "/me", page: MePage },
];

/** From left to right; the first is where the app opens. Only pages that exist. */
export const carerTabs: readonly CarerTab[] = [
  { to: "/week", label: msg`Week`, icon: "week" },
  { to: "/wishes", label: msg`Wishes`, icon: "star" },
  { to: "/me", label: msg`Me`, icon: "person" },
];
