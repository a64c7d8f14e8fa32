/** Asks for the passphrase before what can't be undone, and gives what it opens to the act. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { Notice } from "#design/notice.tsx";
import { PasswordField } from "#design/password-field.tsx";
import { useAccount } from "./door.tsx";
import { confirmPassphrase, type Entered } from "./entering.ts";
import { warmOpaque } from "./opaque.ts";
import { signInTrouble } from "./sign-in.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

export type Confirmed = Entered & { readonly confirmation: string };

export function Confirm(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onConfirmed: (confirmed: Confirmed) => Promise<void>;
}) {
  const account = useAccount();
  const [passphrase, setPassphrase] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const confirm = async () => {
    setBusy(true);
    setTrouble(null);
    const confirmed = await confirmPassphrase(account.id, passphrase).catch(() => null);
    if (!confirmed?.ok)
      setTrouble(signInTrouble(confirmed?.refusal ?? { type: "SomethingWentWrong" }));
    else {
      setPassphrase("");
      await props.onConfirmed(confirmed.value);
      confirmed.value.vaultKey.fill(0);
    }
    setBusy(false);
  };

  return (
    <Dialog open={props.open} title={words.account.confirmTitle} onClose={props.onClose}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase !== "") void confirm();
        }}
      >
        <p>{words.account.confirmLead}</p>
        <PasswordField
          label={words.passphrase}
          value={passphrase}
          autoComplete="current-password"
          onChange={setPassphrase}
          onFocus={warmOpaque}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Button kind="primary" type="submit" busy={busy} busyText={words.signIn.busy}>
          {words.account.confirm}
        </Button>
      </form>
    </Dialog>
  );
}
