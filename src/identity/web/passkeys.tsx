/** Passkeys of the account: add one, remove one. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { TextField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { dropPasskey } from "../contract.ts";
import { Confirm, type Confirmed } from "./confirm.tsx";
import { useAccount, useDoor } from "./door.tsx";
import { addPasskey, ownLabel } from "./entering.ts";
import { canUsePasskeys } from "./passkey.ts";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function Passkeys() {
  const account = useAccount();
  const { reload } = useDoor();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [label, setLabel] = useState(ownLabel);
  const [trouble, setTrouble] = useState<string | null>(null);

  const add = async (confirmed: Confirmed) => {
    const added = await addPasskey(confirmed, label.trim() === "" ? ownLabel() : label);
    setAsking(false);
    if (!added.ok) {
      setTrouble(
        added.refusal.type === "PasskeyRefused"
          ? words.account.passkeyRefused
          : added.refusal.type === "PasskeyDeclined"
            ? words.signIn.passkeyDeclined
            : refusalToWords(added.refusal),
      );
      return;
    }
    setTrouble(null);
    await reload();
    toast({
      text: added.value.unlocks ? words.account.passkeyAdded : words.account.passkeySignsInOnly,
    });
  };
  const drop = async (id: string) => {
    const dropped = await call(dropPasskey, { params: { id } });
    setTrouble(dropped.ok ? null : refusalToWords(dropped.refusal));
    await reload();
  };

  return (
    <Section title={words.account.passkeysTitle} lead={words.account.passkeysLead}>
      {account.passkeys.length > 0 && (
        <CardList label={words.account.passkeysTitle}>
          {account.passkeys.map((passkey) => (
            <Card
              key={passkey.id}
              level={3}
              title={passkey.label}
              actions={
                <Button kind="quiet" onClick={() => void drop(passkey.id)}>
                  {words.account.drop}
                </Button>
              }
            />
          ))}
        </CardList>
      )}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      {canUsePasskeys() && (
        <div className={style["form"]}>
          <TextField
            label={words.account.passkeyLabel}
            zone={readBy.server}
            value={label}
            maxLength={40}
            onChange={setLabel}
          />
          <Actions>
            <Button onClick={() => setAsking(true)}>{words.account.addPasskey}</Button>
          </Actions>
        </div>
      )}
      <Confirm open={asking} onClose={() => setAsking(false)} onConfirmed={add} />
    </Section>
  );
}
