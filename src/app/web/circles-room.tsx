/** The circles' home, with what the circles may not know. */
import { Circles } from "#circles/web/circles.tsx";
import { WithHands } from "./with-circle-hands.tsx";

export const CirclesRoom = () => (
  <WithHands>
    <Circles />
  </WithHands>
);
