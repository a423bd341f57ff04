/** Starts the office app: coordinators, managers, members, admin. */
import "@/styles/layers.css";
import "@mantine/core/styles.layer.css";
import "@/styles/tokens.css";
import "@/styles/base.css";
import "@/styles/font.css";
import { MantineProvider } from "@mantine/core";
import { MEMBERSHIP_REFUSALS } from "@/lib/office-membership-refusals";
import { OFFICE_REFUSALS } from "@/lib/office-refusals";
import { addRefusals } from "@/lib/refusals";
import { useTheme } from "@/lib/theme";
import { messages } from "@/locales/office/en.po";
import { start } from "../start";
import { mantineTheme, mantineVariables } from "./mantine-theme";
import { OfficeApp } from "./office-app";

function Main() {
  const { theme } = useTheme();
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={mantineVariables}
      forceColorScheme={theme === "dark" ? "dark" : "light"}
    >
      <OfficeApp />
    </MantineProvider>
  );
}

addRefusals(OFFICE_REFUSALS);
addRefusals(MEMBERSHIP_REFUSALS);
start(<Main />, messages);
