/** Serves the community's instruments. Nobody's answers pass here. */
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { addInstrument, dropInstrument, readInstruments } from "../contract.ts";
import { add, drop, type InstrumentDeps } from "./adding.ts";
import { presentInstrument } from "./present.ts";
import { allInstruments } from "./store.ts";

export function instrumentRoutes(mounting: Mounting, deps: InstrumentDeps): void {
  mount(mounting, readInstruments, async () => {
    const rows = await allInstruments(deps.db);
    return ok({ instruments: rows.map(presentInstrument) });
  });

  mount(mounting, addInstrument, async ({ body }) => {
    const added = await add(deps, body);
    // The device has read the file before and tells its faults; here it is enough that there are some.
    return added.ok ? ok({ id: added.value.scorer.id }) : refuse({ type: added.refusal.type });
  });

  mount(mounting, dropInstrument, async ({ params }) => {
    await drop(deps, params.id);
    return ok({});
  });
}
