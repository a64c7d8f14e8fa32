/** The house's few line drawings, on a 24 by 24 grid. Each stands beside words and is silent itself. */
import style from "./icon.module.css";

const drawingByName = {
  today:
    "M3 17.5h18M6.5 17.5a5.5 5.5 0 0 1 11 0M12 8V5.2M5.4 10.9 3.6 9.1M18.6 10.9l1.8-1.8M8 21h8",
  reflect: "M5 4h9l5 5v11H5ZM14 4v5h5M8.5 13h7M8.5 16.3h4.5",
  plan: "M6 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 18h6.5a3 3 0 0 0 0-6h-5a3 3 0 0 1 0-6H16",
  coach: "M3.5 4.5h12v8H9.3l-3.3 3v-3H3.5ZM18 9h2.5v8H18v3l-3.3-3H9.5v-1.5",
  circles:
    "M12 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5.5 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18.5 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM16 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  crisis:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM6 6l3.5 3.5M18 6l-3.5 3.5M6 18l3.5-3.5M18 18l-3.5-3.5",
  cover:
    "M3.5 4.5h17M5.5 4.5V19.5c2-.3 3.3-1.3 3.3-3V4.5M18.5 4.5V19.5c-2-.3-3.3-1.3-3.3-3V4.5M12 4.5v12",
  named:
    "M4.5 7h15v12h-15ZM9.5 7V4.5h5V7M9.3 13.3a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM6.8 16.2c.5-1.2 1.4-1.7 2.5-1.7s2 .5 2.5 1.7M14.5 11.5h2.5M14.5 14.5h2.5",
  sealed: "M3.5 6h17v12.5h-17ZM4 6.5l8 6 8-6M12 16.6a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  nameless:
    "M12 11.3a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8ZM4.8 19.8c.2-.9.6-1.7 1.2-2.4M8.6 15.2c1-.4 2.1-.7 3.4-.7M15.4 15.2c1 .4 1.9 1.1 2.6 2M19.2 19.8l-.2-.6",
  device: "M7.5 3.5h9v17h-9ZM11 17.8h2",
  account:
    "M12 11.3a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8ZM5 19.5c.8-3.2 3.6-4.8 7-4.8s6.2 1.6 7 4.8",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  back: "M14.5 5.5 8 12l6.5 6.5",
  forward: "M9.5 5.5 16 12l-6.5 6.5",
  down: "M5.5 9 12 15.5 18.5 9",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5M12 7.7v.3",
  lamp: "M7.5 11 10 4.5h4l2.5 6.5ZM12 11v8.5M8.5 19.5h7",
  pause: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.5 12h7",
  phone:
    "M6.5 4.5h3l1.5 4-2 1.5a10 10 0 0 0 5 5l1.5-2 4 1.5v3c0 1-1 2-2 2A15 15 0 0 1 4.5 6.5c0-1 1-2 2-2Z",
  key: "M8 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM11.5 12h9M17 12v3M20.5 12v2.5",
  plus: "M12 5v14M5 12h14",
  print: "M7 9V4.5h10V9M7 17H4.5V9h15v8H17M7 14.5h10v5H7Z",
  copy: "M8.5 8.5h11v11h-11ZM15.5 8.5v-4h-11v11h4",
  offline:
    "M4 9.6a12 12 0 0 1 4-2.5M20 9.6a12 12 0 0 0-7.5-3.4M7 13a8 8 0 0 1 3.6-2M17 13l-1.2-1M10 16.5a3 3 0 0 1 4 0M12 19.4v.1M4.5 4.5l15 15",
} as const;

export type IconName = keyof typeof drawingByName;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={style["icon"]} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawingByName[name]} />
    </svg>
  );
}
