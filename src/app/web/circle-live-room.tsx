/** A circle's live hour, with what the circles may not know. */
import { CircleLive } from "#circles/web/circle-live.tsx";
import { fetchStewardsLog } from "./circle-hands.ts";
import { WithHands } from "./with-circle-hands.tsx";

fetchStewardsLog();

export const CircleLiveRoom = () => (
  <WithHands>
    <CircleLive />
  </WithHands>
);
