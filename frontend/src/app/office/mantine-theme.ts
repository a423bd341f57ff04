import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** All shades are the one accent colour: lighter and darker ones come from the tokens. */
const ACCENT = Array.from({ length: 10 }, () => "var(--accent)") as unknown as MantineColorsTuple;

export const mantineTheme = createTheme({
  fontFamily: "var(--font)",
  headings: { fontFamily: "var(--font)" },
  colors: { accent: ACCENT },
  primaryColor: "accent",
  defaultRadius: "md",
  respectReducedMotion: true,
});

const FROM_TOKENS = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-quiet)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--surface-sunken)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-placeholder": "var(--text-quiet)",
  "--mantine-color-error": "var(--status-uncovered)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-strong)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent-strong)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
};

/** Mantine's colours by our tokens, so that light, dark and high contrast are decided in one place. */
export const mantineVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: FROM_TOKENS,
  dark: FROM_TOKENS,
});
