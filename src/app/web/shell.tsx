/**
 * What stands round every screen: the rooms within reach of the thumb on a phone and down the side of a
 * wide screen, the crisis lines always in sight, and the curtain always one tap away.
 */
import { useEffect, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Icon, type IconName } from "#design/icon.tsx";
import { Curtain, useCurtain } from "./curtain.tsx";
import { takeNewVersion, useIsOffline, useNewVersion } from "./offline.ts";
import { useScrollToTop } from "./page-top.ts";
import { useShortcuts, type RoomKey } from "./shortcuts.tsx";
import { words } from "./words.ts";
import style from "./shell.module.css";

/** `rooms` for those who are signed in, `open` for everybody. */
export type Frame = "open" | "rooms";

export interface ShellProps {
  readonly frame: Frame;
  /** The curtain has come down: lock the vault. */
  readonly onCurtain: () => void;
  readonly children: ReactNode;
}

interface Room extends RoomKey {
  readonly icon: IconName;
}

const rooms: readonly Room[] = [
  { href: "/today", text: words.today, icon: "today", letter: "t" },
  { href: "/reflect", text: words.reflect, icon: "reflect", letter: "r" },
  { href: "/plan", text: words.plan, icon: "plan", letter: "p" },
  { href: "/coach", text: words.coach, icon: "coach", letter: "c" },
  { href: "/circles", text: words.circles, icon: "circles", letter: "o" },
];
/** One tap away too, but not among the five within the thumb's reach. */
const learn: Room = { href: "/learn", text: words.learn, icon: "learn", letter: "l" };
const withKeys: readonly Room[] = [...rooms, learn];
const noRooms: readonly Room[] = [];

export function Shell({ frame, onCurtain, children }: ShellProps) {
  const curtain = useCurtain(onCurtain);
  const shortcuts = useShortcuts(frame === "rooms" ? withKeys : noRooms);
  useScrollToTop();
  useEffect(() => {
    document.title = words.name;
  });
  return (
    <div className={style["shell"]} data-frame={frame}>
      <a href="#main" className={style["skip"]}>
        {words.skip}
      </a>
      <header className={style["top"]} data-print="never">
        <Link href={frame === "rooms" ? "/today" : "/"} className={style["name"]}>
          <DoorMark />
          <span className={style["nameText"]}>{words.name}</span>
        </Link>
        {frame === "rooms" && <RoomLinks />}
        <div className={style["standing"]}>
          {frame === "rooms" && <StandingLink {...learn} shape="mark" />}
          {frame === "rooms" ? (
            <StandingLink href="/account" icon="account" text={words.account} shape="mark" />
          ) : (
            <StandingLink href="/sign-in" icon="key" text={words.signIn} shape="wide" />
          )}
          <StandingLink href="/crisis" icon="crisis" text={words.crisis} />
          <button
            type="button"
            className={style["standingItem"]}
            title={words.coverLong}
            onClick={curtain.lower}
          >
            <Icon name="cover" />
            {words.cover}
          </button>
        </div>
      </header>
      <div className={style["content"]}>
        <Bulletin />
        {children}
        <Footer onShortcuts={shortcuts.showList} />
      </div>
      {shortcuts.list}
      <Curtain {...curtain} />
    </div>
  );
}

function RoomLinks() {
  const [path] = useLocation();
  return (
    <nav className={style["rooms"]} aria-label={words.rooms}>
      {rooms.map((room) => {
        const isHere = path === room.href || path.startsWith(`${room.href}/`);
        return (
          <Link
            key={room.href}
            href={room.href}
            className={style["room"]}
            aria-current={isHere ? "page" : undefined}
          >
            <Icon name={room.icon} />
            {room.text}
          </Link>
        );
      })}
    </nav>
  );
}

/** On a phone a `mark` shows its drawing only, and what is `wide` is not there. */
function StandingLink(props: {
  href: string;
  icon: IconName;
  text: string;
  shape?: "mark" | "wide";
}) {
  return (
    <Link href={props.href} className={style["standingItem"]} data-shape={props.shape}>
      <Icon name={props.icon} />
      <span className={style["standingText"]}>{props.text}</span>
    </Link>
  );
}

/** Two things worth a line above the page: the connection is gone, or a newer version waits. */
function Bulletin() {
  const isOffline = useIsOffline();
  const hasNewVersion = useNewVersion();
  return (
    <div role="status" data-print="never">
      {isOffline && (
        <p className={style["bulletin"]}>
          <Icon name="offline" />
          <span className={style["bulletinText"]}>{words.offline}</span>
        </p>
      )}
      {hasNewVersion && !isOffline && (
        <p className={style["bulletin"]}>
          {words.newVersion}
          <button type="button" className={style["bulletinAction"]} onClick={takeNewVersion}>
            {words.takeNewVersion}
          </button>
        </p>
      )}
    </div>
  );
}

function Footer({ onShortcuts }: { onShortcuts: () => void }) {
  return (
    <footer className={style["footer"]} data-print="never">
      <p>
        {words.footer.not} {words.footer.free}
      </p>
      <p className={style["footerLinks"]}>
        <Link href="/promises">{words.promises}</Link>
        <a href="/source.tar.gz" download>
          {words.source}
        </a>
        <button type="button" className={style["footerButton"]} onClick={onShortcuts}>
          {words.shortcuts.show}
        </button>
      </p>
    </footer>
  );
}

/** The house's mark: a door ajar, with light behind it. */
function DoorMark() {
  return (
    <svg className={style["mark"]} viewBox="0 0 24 24" aria-hidden="true">
      <path className={style["markLight"]} d="M6 3h12v18H6Z" />
      <path className={style["markLeaf"]} d="M18 3v18l-7-2.5v-13Z" />
      <path className={style["markFrame"]} d="M6 21V3h12v18M3 21h18" />
    </svg>
  );
}
