import { useLingui } from "@lingui/react/macro";
import { SelectField } from "@/components/select-field";
import { chooseTheme, THEME_CHOICES, type ThemeChoice, useTheme } from "@/lib/theme";

/** Light, dark, high contrast, or whatever the device asks for. */
export function ThemeSelect({ labelPlace = "above" }: { labelPlace?: "above" | "beside" }) {
  const { t } = useLingui();
  const { choice } = useTheme();
  const labels: Record<ThemeChoice, string> = {
    system: t`As on this device`,
    light: t`Light`,
    dark: t`Dark`,
    contrast: t`High contrast`,
  };
  return (
    <SelectField
      label={t`Colours`}
      labelPlace={labelPlace}
      value={choice}
      options={THEME_CHOICES.map((value) => ({ value, label: labels[value] }))}
      onChoose={(value) => chooseTheme(value as ThemeChoice)}
    />
  );
}
