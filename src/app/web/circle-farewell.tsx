/** What is left behind in the circles, on the account's page, where nothing is shown until there is something to ask. */
import { Farewell, type FarewellProps } from "#circles/web/farewell-dialog.tsx";
import { WithHands } from "./with-circle-hands.tsx";

export const CircleFarewell = (props: FarewellProps) => (
  <WithHands waiting={null}>
    <Farewell {...props} />
  </WithHands>
);
