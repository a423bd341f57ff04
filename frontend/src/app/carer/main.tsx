/** Starts the carer app, for a phone at a door: small, and without the office's component library. */
import "@/styles/layers.css";
import "@/styles/tokens.css";
import "@/styles/base.css";
import { keepOnPhone } from "@/lib/phone-store";
import { messages } from "@/locales/carer/en.po";
import { createCache } from "../session";
import { start } from "../start";
import { CarerApp } from "./carer-app";

start(<CarerApp />, messages, keepOnPhone(createCache()));

// The typeface comes after what is needed; until then the phone's own one is shown.
window.addEventListener("load", () => void import("@/styles/font.css"));
