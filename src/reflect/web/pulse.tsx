/** The pulse: four taps, about once a week. */
import pulse from "virtual:content/check-in/pulse";
import { Filling } from "./filling.tsx";

export const Pulse = () => <Filling key={pulse.id} checkIn={pulse} />;
