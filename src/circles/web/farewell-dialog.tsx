/** Before an account goes: asks whether one's words shall leave the circle too, and does it in sight. */
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { Notice } from "#design/notice.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useBadges, useWallet, useWalletState } from "#pass/web/wallet-context.tsx";
import { hpke } from "../room/web/hpke.ts";
import { badgeInUse, findBehind, takeBack, type Behind } from "./farewell.ts";
import { words } from "./farewell-words.ts";
import { useHands } from "./hands-context.ts";
import { dayOf } from "./keeping.ts";
import { ownSeat, readStanding, type OwnSeat } from "./own-badge.ts";
import { logsReader } from "./read-logs.ts";
import type { Trouble } from "./room-log.ts";
import { waited } from "./room-pauses.ts";
import { STANDING } from "./use-place.ts";
import { makeVisit, type Visit } from "./visit.ts";

export interface FarewellProps {
  /** There is nothing to ask, or it was answered. */
  readonly onDone: () => void;
  /** The account stays for now. */
  readonly onStay: () => void;
}

interface Coming {
  readonly own: OwnSeat;
  readonly visit: Visit;
}

type State =
  | { readonly at: "looking" }
  | { readonly at: "unknown"; readonly trouble: Trouble }
  | { readonly at: "asking"; readonly behind: Behind }
  /** `trouble`: it got no further. */
  | {
      readonly at: "taking";
      readonly behind: Behind;
      readonly taken: number;
      readonly trouble: Trouble | null;
    }
  | { readonly at: "done" };

export function Farewell({ onDone, onStay }: FarewellProps) {
  const coming = useComing(onDone);
  return coming === null ? null : <Asking coming={coming} onDone={onDone} onStay={onStay} />;
}

/** Null as long as it isn't known; `onNobody` where there is no pseudonym to ask as. */
function useComing(onNobody: () => void): Coming | null {
  const wallet = useWallet();
  const badges = useBadges();
  const isLooking = useWalletState().at === "looking";
  const { keeping, now } = useHands();
  const [coming, setComing] = useState<Coming | null>(null);
  useEffect(() => {
    if (isLooking || coming !== null) return undefined;
    let isCurrent = true;
    void Promise.all([wallet.secret(), keeping.read(STANDING)]).then(([secret, kept]) => {
      if (!isCurrent) return;
      const badge = badgeInUse(badges, readStanding(kept), dayOf(now()));
      if (badge === null) return onNobody();
      const own = ownSeat(secret, badge);
      setComing({ own, visit: makeVisit(own) });
    });
    return () => {
      isCurrent = false;
    };
  }, [wallet, badges, isLooking, keeping, now, coming, onNobody]);
  return coming;
}

function Asking({ coming, onDone, onStay }: FarewellProps & { readonly coming: Coming }) {
  const [state, setState] = useState<State>({ at: "looking" });
  const take = useTaking(coming, setState);
  const look = useCallback(async () => {
    setState({ at: "looking" });
    const found = await findBehind(coming.own, coming.visit);
    if (!found.ok) return setState({ at: "unknown", trouble: found.refusal });
    const { circle, isWaiting } = found.value;
    if (circle === null && !isWaiting) return onDone();
    setState({ at: "asking", behind: found.value });
  }, [coming, onDone]);
  useEffect(() => void look(), [look]);

  const again = { text: words.retry, act: () => void look() };
  const goOn = { text: words.goOn, act: onDone };
  switch (state.at) {
    case "looking":
      return (
        <Step onStay={onStay}>
          <Skeleton label={words.looking} lines={3} />
        </Step>
      );
    case "unknown":
      return (
        <Step first={again} second={goOn} onStay={onStay}>
          <p>{words.unknown}</p>
          <Notice kind="refusal">{refusalToWords(state.trouble)}</Notice>
        </Step>
      );
    case "asking": {
      const { behind } = state;
      return (
        <Step
          title={behind.circle === null ? words.titleWaiting : words.title}
          first={{ text: actText(behind), act: () => void take(behind) }}
          second={{ text: words.keep, act: onDone }}
          onStay={onStay}
        >
          <Question behind={behind} />
        </Step>
      );
    }
    case "taking": {
      const { behind, taken, trouble } = state;
      const of = behind.messages.length;
      if (trouble !== null)
        return (
          <Step first={again} second={goOn} onStay={onStay}>
            <p>{words.stopped(taken, of)}</p>
            <Notice kind="refusal">{refusalToWords(trouble)}</Notice>
          </Step>
        );
      return (
        <Step onStay={onStay}>
          <p role="status">{taken < of ? words.taking(taken, of) : words.leaving}</p>
          <progress max={of + 1} value={taken} aria-label={words.title} />
        </Step>
      );
    }
    case "done":
      return (
        <Step
          first={{ text: words.doneGoOn, act: onDone }}
          second={{ text: words.doneStay, act: onStay }}
          onStay={onStay}
        >
          <p role="status">{words.done}</p>
        </Step>
      );
  }
}

interface Doing {
  readonly text: string;
  readonly act: () => void;
}

function Step(props: {
  readonly title?: string;
  readonly first?: Doing;
  readonly second?: Doing;
  readonly onStay: () => void;
  readonly children: ReactNode;
}) {
  const { title = words.title, first, second, onStay, children } = props;
  const actions = first && second && (
    <>
      <Button kind="primary" onClick={first.act}>
        {first.text}
      </Button>
      <Button kind="quiet" onClick={second.act}>
        {second.text}
      </Button>
    </>
  );
  return (
    <Dialog open title={title} onClose={onStay} actions={actions}>
      {children}
    </Dialog>
  );
}

function Question({ behind: { circle, messages, isWaiting } }: { readonly behind: Behind }) {
  const count = messages.length;
  return (
    <>
      {circle !== null && <p>{words.room(count)}</p>}
      {circle !== null && <p>{count === 0 ? words.whySeat : words.why}</p>}
      {count > 0 && <p>{words.limits}</p>}
      {isWaiting && <p>{words.waiting}</p>}
      <p>{words.day}</p>
    </>
  );
}

const actText = ({ circle, messages }: Behind): string =>
  circle === null ? words.stop : messages.length === 0 ? words.leave : words.take;

function useTaking({ own, visit }: Coming, setState: (state: State) => void) {
  const wallet = useWallet();
  const { keeping, readStewards, now } = useHands();
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return async (behind: Behind): Promise<void> => {
    let taken = 0;
    const tell = (trouble: Trouble | null) => setState({ at: "taking", behind, taken, trouble });
    tell(null);
    const done = await takeBack(behind, {
      own,
      visit,
      hpke,
      readLogs: logsReader(wallet, readStewards),
      keeping,
      now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      wait: (ms) => waited(ms, new AbortController().signal),
      onTaken: (count) => {
        taken = count;
        tell(null);
      },
      isWanted: () => isShown.current,
    });
    if (done.ok) setState({ at: "done" });
    else tell(done.refusal);
  };
}
