/** How leading an hour goes, with what the circles may not know. */
import { Facilitating } from "#circles/web/facilitating.tsx";
import { WithHands } from "./with-circle-hands.tsx";

export const FacilitatingRoom = () => (
  <WithHands>
    <Facilitating />
  </WithHands>
);
