/** The logs that a device takes nobody's word for: of issuer keys, which the wallet has checked, and of stewards' keys. */
import { ok, refuse } from "#platform/result.ts";
import type { Wallet } from "#pass/web/wallet.ts";
import type { ReadLogs, ReadStewards } from "./keeping.ts";

export const logsReader =
  (wallet: Wallet, readStewards: ReadStewards): ReadLogs =>
  async (isAnew) => {
    if (isAnew || wallet.state().at !== "read") await wallet.readLogs();
    const state = wallet.state();
    if (state.at === "trouble") return refuse({ type: "LogsBroken" });
    if (state.at !== "read") return refuse({ type: "Offline" });
    const stewards = await readStewards(isAnew);
    if (stewards === "broken") return refuse({ type: "LogsBroken" });
    if (stewards === null) return refuse({ type: "Offline" });
    const { keyLog, community } = state;
    return ok({ keyLog, community, stewards });
  };
