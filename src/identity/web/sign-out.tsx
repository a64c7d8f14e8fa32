/**
 * Signing out on this device. What has not been sent yet is sent first; where that can't be done, it is said
 * how much would be lost, and nothing is lost but by pressing the button that says so.
 */
import { useEffect, useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { useDoor } from "./door.tsx";
import { words } from "./words.ts";

export interface SigningOut {
  /** `first`: what is asked of the server before, and no longer can be after. */
  readonly signOut: (first?: () => Promise<unknown>) => Promise<void>;
  readonly isSigningOut: boolean;
  /** To be shown somewhere on the screen. */
  readonly dialog: ReactNode;
}

export function useSignOut(): SigningOut {
  const door = useDoor();
  const safe = useSafe();
  const [, navigate] = useLocation();
  const [isSigningOut, setIsSigningOut] = useState(false);
  const [asking, setAsking] = useState<(Waiting & { go: () => Promise<void> }) | null>(null);

  const signOut = async (first?: () => Promise<unknown>) => {
    const go = async () => {
      setIsSigningOut(true);
      await first?.();
      await door.leave();
      navigate("/");
    };
    setIsSigningOut(true);
    await safe.sync().catch(() => undefined);
    const waiting = await waitingIn(safe);
    if (waiting.unsent === 0) return go();
    setIsSigningOut(false);
    setAsking({ ...waiting, go });
  };

  return {
    signOut,
    isSigningOut,
    dialog: asking !== null && (
      <Unsent
        first={asking}
        isBusy={isSigningOut}
        onStay={() => setAsking(null)}
        onLeave={() => void asking.go()}
      />
    ),
  };
}

interface Waiting {
  readonly unsent: number;
  /** How many of them wait on purpose. */
  readonly late: number;
}

const waitingIn = async (safe: Safe): Promise<Waiting> => ({
  unsent: await safe.unsent(),
  late: await safe.late(),
});

function Unsent(props: {
  readonly first: Waiting;
  readonly isBusy: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { first, isBusy, onStay, onLeave } = props;
  const safe = useSafe();
  const [{ unsent, late }, setWaiting] = useState(first);
  // It may get through while one thinks about it.
  useEffect(() => safe.subscribe(() => void waitingIn(safe).then(setWaiting)), [safe]);
  const text = words.account;
  return (
    <Dialog
      open
      title={text.unsentTitle}
      onClose={onStay}
      actions={
        <>
          <Button kind="primary" onClick={onStay}>
            {text.stay}
          </Button>
          <Button kind={unsent === 0 ? "secondary" : "danger"} busy={isBusy} onClick={onLeave}>
            {unsent === 0 ? text.signOutNow : text.loseUnsent}
          </Button>
        </>
      }
    >
      <p role="status">{unsent === 0 ? text.sentNow : text.unsent(unsent)}</p>
      {late > 0 && <p>{text.late(late)}</p>}
    </Dialog>
  );
}
