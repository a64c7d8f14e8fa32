/** A circle's room, with what the circles may not know. */
import { CircleRoom } from "#circles/web/circle-room.tsx";
import { fetchStewardsLog } from "./circle-hands.ts";
import { WithHands } from "./with-circle-hands.tsx";

fetchStewardsLog();

export const CircleRoomRoom = () => (
  <WithHands>
    <CircleRoom />
  </WithHands>
);
