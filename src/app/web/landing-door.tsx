/** A door ajar at the end of a corridor, and light behind it. Decoration: it says nothing by itself. */
import style from "./landing-door.module.css";

export function LandingDoor() {
  return (
    <svg className={style["door"]} viewBox="0 32 440 452" aria-hidden="true">
      <defs>
        <linearGradient id="spill" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className={style["spillNear"]} />
          <stop offset="1" className={style["spillFar"]} />
        </linearGradient>
        <linearGradient id="room" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className={style["roomTop"]} />
          <stop offset="1" className={style["roomFoot"]} />
        </linearGradient>
      </defs>
      <path className={style["wall"]} d="M0 0h440v392H0Z" />
      <path className={style["floor"]} d="M0 392h440v108H0Z" />
      <path fill="url(#spill)" d="M140 392h92L176 500H4Z" />
      <path fill="url(#room)" d="M140 84h160v308H140Z" />
      <g className={style["inside"]}>
        <path d="M156 392v-56h6v56ZM196 392v-56h6v56ZM156 336h46v-8h-46ZM156 328v-46a4 4 0 0 1 8 0v46Z" />
      </g>
      <path className={style["leaf"]} d="M300 84v308l-76-24V106Z" />
      <path className={style["panel"]} d="M286 112v110l-48-2V126ZM286 250v116l-48-14V242Z" />
      <circle className={style["handle"]} cx="233" cy="240" r="4" />
      <path className={style["frame"]} d="M134 392V78h172v314" />
      <path className={style["skirting"]} d="M0 392h134M306 392h134" />
      <path className={style["plate"]} d="M326 196h44v58h-44Z" />
      <path className={style["plateLines"]} d="M335 212h26M335 222h18M335 238h26" />
    </svg>
  );
}
