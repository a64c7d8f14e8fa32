/** Whether the curtain is down in this tab: survives a reload, and is known before anything is painted. */
const KEPT_AS = "covered";

export function wasCovered(): boolean {
  try {
    return sessionStorage.getItem(KEPT_AS) !== null;
  } catch {
    return false;
  }
}

export function rememberCovered(isDown: boolean): void {
  try {
    if (isDown) sessionStorage.setItem(KEPT_AS, "1");
    else sessionStorage.removeItem(KEPT_AS);
  } catch {
    // Without storage a reload raises the curtain; the vault is locked all the same.
  }
}
