/** What a room shows while its safe is locked: one touch, or the passphrase. */
import { useCallback, useEffect, useState } from "react";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PasswordField } from "#design/password-field.tsx";
import type { Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { openDevice, readMeta } from "#vault/web/device.ts";
import { readAccount } from "../contract.ts";
import { useDoor } from "./door.tsx";
import {
  confirmPassphrase,
  passkeysAmong,
  unlockByPasskey,
  type Entered,
  type EnterRefusal,
} from "./entering.ts";
import { warmOpaque } from "./opaque.ts";
import { signInTrouble } from "./sign-in.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function Unlock({ account }: { readonly account: string }) {
  const door = useDoor();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [hasPasskey, setHasPasskey] = useState(false);
  const [unsent, setUnsent] = useState(0);

  useEffect(() => {
    void openDevice().then(async (device) => {
      const wraps = await readMeta<{ slot: string; sealed: string }[]>(device, "wraps");
      setHasPasskey(passkeysAmong(wraps ?? []).length > 0);
      setUnsent(await device.count("outbox"));
    });
  }, []);

  // Nobody types a passphrase here only to hear that it takes signing in, also not after a week.
  const { ended } = door;
  const lookForSession = useCallback(async () => {
    const read = await call(readAccount, {});
    if (!read.ok && read.refusal.type === "NotSignedIn") await ended();
  }, [ended]);
  useEffect(() => void lookForSession(), [lookForSession]);

  const open = async (opening: () => Promise<Result<Entered, EnterRefusal>>) => {
    setBusy(true);
    setTrouble(null);
    const opened = await opening().catch(() => null);
    if (opened?.ok) {
      await door.enter(account, opened.value.vaultKey);
      return;
    }
    setBusy(false);
    const refusal = opened?.refusal ?? { type: "SomethingWentWrong" };
    if (refusal.type === "NotSignedIn") await ended();
    else setTrouble(refusal.type === "Offline" ? words.unlock.offline : signInTrouble(refusal));
  };

  return (
    <Page title={words.unlock.title} lead={words.unlock.lead}>
      <div className={style["form"]}>
        {hasPasskey && (
          <Button
            kind="primary"
            wide
            busy={busy}
            onClick={() => void open(async () => unlockByPasskey(await openDevice(), account))}
          >
            {words.unlock.withPasskey}
          </Button>
        )}
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (passphrase !== "") void open(() => confirmPassphrase(account, passphrase));
          }}
        >
          <PasswordField
            label={words.passphrase}
            value={passphrase}
            autoComplete="current-password"
            onChange={setPassphrase}
            onFocus={() => {
              warmOpaque();
              void lookForSession();
            }}
          />
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Button
            kind={hasPasskey ? "secondary" : "primary"}
            type="submit"
            wide
            busy={busy}
            busyText={words.signIn.busy}
          >
            {words.unlock.submit}
          </Button>
        </form>
        <Button kind="quiet" onClick={() => void door.giveWay()}>
          {words.unlock.notYou}
        </Button>
        <p className={style["quiet"]}>{words.unlock.giveWay(unsent)}</p>
      </div>
    </Page>
  );
}
