/** Giving the steward's role back: said what it means, then confirmed by passphrase. It ends every session. */
import { useState } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { Confirm, type Confirmed } from "#identity/web/confirm.tsx";
import { useDoor } from "#identity/web/door.tsx";
import { leaveStewards } from "#identity/verification-contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import { words } from "./verification-words.ts";

type Step = "here" | "sure" | "confirming";

export function LeavingStewards() {
  const text = words.key;
  const door = useDoor();
  const safe = useSafe();
  const [, navigate] = useLocation();
  const toast = useToast();
  const [step, setStep] = useState<Step>("here");
  const [trouble, setTrouble] = useState<string | null>(null);

  const leave = async ({ confirmation }: Confirmed) => {
    // While the session still stands. What can't be sent now stays sealed on this device.
    await safe.sync().catch(() => undefined);
    const left = await call(leaveStewards, { body: { confirmation } });
    setStep("here");
    if (!left.ok) {
      setTrouble(
        left.refusal.type === "LastSteward" ? text.lastSteward : refusalToWords(left.refusal),
      );
      return;
    }
    navigate("/today");
    await door.ended();
    toast({ text: text.left });
  };

  return (
    <Section title={text.leave} lead={text.leaveText}>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Actions>
        <Button onClick={() => setStep("sure")}>{text.leaveButton}</Button>
      </Actions>
      <Dialog
        open={step === "sure"}
        title={text.leaveTitle}
        onClose={() => setStep("here")}
        actions={
          <>
            <Button onClick={() => setStep("here")}>{text.leaveStay}</Button>
            <Button kind="danger" onClick={() => setStep("confirming")}>
              {text.leaveGoOn}
            </Button>
          </>
        }
      >
        <p>{text.leaveSure}</p>
      </Dialog>
      <Confirm open={step === "confirming"} onClose={() => setStep("here")} onConfirmed={leave} />
    </Section>
  );
}
