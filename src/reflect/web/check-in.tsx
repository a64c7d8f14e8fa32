/** The full check-in, about once a month. */
import full from "virtual:content/check-in/full";
import { Filling } from "./filling.tsx";

export const CheckIn = () => <Filling key={full.id} checkIn={full} />;
