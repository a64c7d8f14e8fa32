/** Puts a room together with all it stands on: heavy, and fetched beside the screens that show it. */
import rawNames from "virtual:content/circles/names";
import * as v from "valibot";
import { circleNamesSchema } from "../room/pseudonym-name.ts";
import { hpke } from "../room/web/hpke.ts";
import { makeRoom, type RoomParts } from "./room-engine.ts";
import type { Room } from "./room-state.ts";

const names = v.parse(circleNamesSchema, rawNames);

export const openRoom = (parts: Omit<RoomParts, "hpke" | "names" | "random" | "wait">): Room =>
  makeRoom({
    ...parts,
    hpke,
    names,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
