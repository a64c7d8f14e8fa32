/** What a device asks at every opening, apart from the rest of the surface: who isn't verified needs no more of it. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { PURPOSES, type Purpose } from "./purpose.ts";

export const readPassesDue = route({
  name: "readPassesDue",
  about: "Which passes the caller may fetch today, whether or not they were fetched before.",
  method: "GET",
  path: "/api/named/passes/due",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    /** Who isn't verified gets none. */
    state: v.picklist(["due", "not-verified"]),
    /** The numbers of the slots, from 0. */
    due: v.array(
      v.strictObject({
        purpose: v.picklist(Object.keys(PURPOSES) as Purpose[]),
        name: v.string(),
        slots: v.array(v.number()),
      }),
    ),
  }),
  refusals: {},
  perMinute: 60,
});
