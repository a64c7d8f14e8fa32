/** What a live session is to its screen: what is shown of it, and what can be done in it. */
import type { Order, Stage } from "../live/session.ts";
import type { HowSomebodyIs } from "../live/signal-content.ts";
import type { PeerState } from "./live-peer.ts";
import type { Trouble } from "./room-log.ts";

export interface LivePerson extends Omit<HowSomebodyIs, "face"> {
  readonly pseudonym: string;
  readonly isOwn: boolean;
  /** Between them and this device; null for oneself, and where one of the two takes part by text. */
  readonly sound: PeerState | null;
}

export interface OpenLive {
  readonly at: "open";
  readonly me: string;
  /** The minute at which the meeting starts. */
  readonly start: number;
  readonly stage: Stage;
  readonly order: Order;
  /** Who is there, in the order of their turns. */
  readonly people: readonly LivePerson[];
  /** Pseudonyms of the members who aren't. */
  readonly away: readonly string[];
  /** Pseudonyms, whoever is to have the word next first. */
  readonly hands: readonly string[];
  readonly mayLead: boolean;
  readonly mayHandOn: boolean;
  readonly isOnline: boolean;
  /** False where no relay is set up: then the hour goes by text. */
  readonly hasRelay: boolean;
  /** Fewer than four came twice in a row: the circle may look for another. */
  readonly isSmall: boolean;
  readonly voice: "none" | "asking" | "NotAllowed" | "NoMicrophone" | "on" | "muted";
  readonly faces: FacesShown;
}

/** Who said what is not in it. */
interface FacesShown {
  /** What this member said. */
  readonly own: boolean;
  readonly isEverybody: boolean;
  readonly camera: "off" | "NotAllowed" | "NoCamera" | MediaStreamTrack;
  readonly trackByMember: ReadonlyMap<string, MediaStreamTrack>;
}

export type LiveState =
  | { readonly at: "entering" }
  | { readonly at: "shut"; readonly trouble: Trouble }
  /** The same person goes on at another device. */
  | { readonly at: "elsewhere" }
  | { readonly at: "left" }
  | { readonly at: "ended" }
  | OpenLive;

export interface Live {
  readonly state: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly enter: () => void;
  /** Asks for the microphone; only on a press. */
  readonly speak: () => Promise<void>;
  readonly mute: (isMuted: boolean) => void;
  /** Would show one's face, if everybody does; asks for the camera once they do. */
  readonly showFace: (on: boolean) => void;
  readonly raiseHand: (isUp: boolean) => void;
  readonly moveOn: () => void;
  readonly handOn: () => void;
  readonly giveWord: (to: string) => void;
  readonly leave: () => void;
}
