/** Lets the reader settle on light or dark for this device. */
import { useState } from "react";
import { Choice } from "./choice.tsx";
import { chooseTheme, readTheme, type Theme } from "./theme.ts";
import { words } from "./words.ts";

const themes: readonly Theme[] = ["system", "light", "dark"];

export function ThemeChoice() {
  const [chosen, setChosen] = useState(readTheme);
  return (
    <Choice
      label={words.theme.label}
      hint={words.theme.kept}
      options={themes.map((theme) => ({ value: theme, text: words.theme[theme] }))}
      value={chosen}
      onChange={(value) => {
        const theme = themes.find((each) => each === value) ?? "system";
        chooseTheme(theme);
        setChosen(theme);
      }}
    />
  );
}
