/** Signing in: by passkey in one touch, or by address and passphrase. */
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { Button } from "#design/button.tsx";
import { EmailField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PasswordField } from "#design/password-field.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import type { Result } from "#platform/result.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { openDevice } from "#vault/web/device.ts";
import { normaliseEmail } from "../account.ts";
import { useDoor } from "./door.tsx";
import {
  ownLabel,
  signIn,
  signInWithPasskey,
  type Entered,
  type EnterRefusal,
} from "./entering.ts";
import { warmOpaque } from "./opaque.ts";
import { canUsePasskeys } from "./passkey.ts";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function SignIn() {
  const door = useDoor();
  const [path, navigate] = useLocation();
  const toast = useToast();
  const [email, setEmail] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState<"passkey" | "passphrase" | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const ended = door.state.at === "signed-out" ? door.state.ended : null;
  const emailError = shown && normaliseEmail(email) === null ? words.emailError : null;

  const enter = async (
    how: "passkey" | "passphrase",
    entering: () => Promise<Result<Entered & { failedSignIns?: number }, EnterRefusal>>,
  ) => {
    setBusy(how);
    setTrouble(null);
    const entered = await entering().catch(() => null);
    if (!entered?.ok) {
      setBusy(null);
      setTrouble(signInTrouble(entered?.refusal ?? { type: "SomethingWentWrong" }));
      return;
    }
    const { account, vaultKey, failedSignIns: tries = 0 } = entered.value;
    await door.enter(account, vaultKey);
    if (tries > 0) toast({ text: words.signIn.failedBefore(tries) });
    // Whoever was asked to sign in on the way to a room goes on there, but not to where somebody else was.
    if (path === "/sign-in" || (ended !== null && ended !== account))
      navigate("/today", { replace: true });
  };

  return (
    <Page title={words.signIn.title} lead={words.signIn.lead}>
      <div className={style["form"]}>
        {ended !== null && <Notice live="polite">{words.signIn.ended}</Notice>}
        {canUsePasskeys() && (
          <>
            <Button
              kind="secondary"
              wide
              busy={busy === "passkey"}
              onClick={() => void enter("passkey", () => signInWithPasskey(ownLabel()))}
            >
              {words.signIn.withPasskey}
            </Button>
            <p className={style["or"]}>{words.signIn.or}</p>
          </>
        )}
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setShown(true);
            if (normaliseEmail(email) === null || passphrase === "") return;
            void enter("passphrase", async () =>
              signIn(await openDevice(), email, passphrase, ownLabel()),
            );
          }}
        >
          <EmailField
            label={words.email}
            zone={readBy.server}
            value={email}
            error={emailError}
            autoComplete="username"
            onChange={setEmail}
          />
          <PasswordField
            label={words.passphrase}
            value={passphrase}
            autoComplete="current-password"
            onChange={setPassphrase}
            onFocus={warmOpaque}
          />
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Button
            kind="primary"
            type="submit"
            wide
            busy={busy === "passphrase"}
            busyText={words.signIn.busy}
          >
            {words.signIn.submit}
          </Button>
        </form>
        <p className={style["links"]}>
          <Link href="/recover">{words.signIn.forgot}</Link>
          <Link href="/join">{words.signIn.invited}</Link>
        </p>
      </div>
    </Page>
  );
}

export function signInTrouble(refusal: EnterRefusal): string {
  switch (refusal.type) {
    case "SignInRefused":
      return words.signIn.refused;
    case "TooMany":
      return words.signIn.tooMany(Number(refusal.detail?.["seconds"] ?? 60));
    case "ServerChanged":
      return words.signIn.serverChanged;
    case "CouldNotBeOpened":
      return words.signIn.cannotOpen;
    case "PasskeyDeclined":
      return words.signIn.passkeyDeclined;
    case "PasskeyCannotUnlock":
      return words.signIn.passkeyCannotUnlock;
    default:
      return refusalToWords(refusal);
  }
}
