/** Light, dark, or as the device has it. Kept on this device only; it says nothing about anyone. */
export type Theme = "system" | "light" | "dark";

const KEPT_AS = "theme";

export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    // Storage can be forbidden altogether.
    return "system";
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, theme);
  } catch {
    // Then it holds until the page is left.
  }
  applyTheme(theme);
}

export function applyTheme(theme: Theme = readTheme()): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
