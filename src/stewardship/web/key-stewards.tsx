/** The stewards and whether each holds the key; admitting one, after twelve words were compared aloud. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Dialog } from "#design/dialog.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { keyDuty, offeredKeys, stewardPlace, type StewardShown } from "../key-standing.ts";
import { extensionTrouble } from "./key-refusal-words.ts";
import { extendLog, openEpoch, wordsBetween, type KeyRoom } from "./key-room.ts";
import { admitSteward } from "./steward-key.ts";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

interface Shown {
  readonly room: KeyRoom;
  readonly onChanged: () => Promise<void>;
}

export function KeyStewards({ room, onChanged }: Shown) {
  const text = words.key;
  const { log, stewards, safe, own } = room;
  const [admitting, setAdmitting] = useState<StewardShown | null>(null);
  const duty = keyDuty(log, stewards, safe.account);
  return (
    <Section title={text.stewards}>
      <CardList label={text.stewards}>
        {stewards.map((steward) => {
          const isOwn = steward.account === safe.account;
          const place = stewardPlace(log, steward);
          // Whoever waits compares with those who hold it, and they with whoever waits.
          const isToCompare =
            !isOwn && duty !== "found" && place === (duty === "wait" ? "holds" : "asks");
          return (
            <Card
              key={steward.account}
              level={3}
              title={isOwn ? text.you(steward.name) : steward.name}
              meta={duty === "found" && place === "asks" ? text.ready : text.places[place]}
              actions={
                duty === "none" && place === "asks" ? (
                  <Button
                    aria-label={text.admitNamed(steward.name)}
                    onClick={() => setAdmitting(steward)}
                  >
                    {text.admit}
                  </Button>
                ) : undefined
              }
            >
              {isToCompare && (
                <Disclosure summary={text.wordsWith(steward.name)}>
                  <SafetyWords safety={wordsBetween(own, steward)} />
                  <p className={style["small"]}>{text.wordsNote}</p>
                </Disclosure>
              )}
            </Card>
          );
        })}
      </CardList>
      {admitting !== null && (
        <Admission
          room={room}
          steward={admitting}
          onClose={() => setAdmitting(null)}
          onChanged={onChanged}
        />
      )}
    </Section>
  );
}

function Admission(
  props: Shown & { readonly steward: StewardShown; readonly onClose: () => void },
) {
  const text = words.key;
  const { room, steward, onClose, onChanged } = props;
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const admit = async () => {
    setBusy(true);
    const told = await admission(room, steward);
    await onChanged();
    setBusy(false);
    setTrouble(told);
    if (told !== null) return;
    toast({ text: text.admitted(steward.name) });
    onClose();
  };
  return (
    <Dialog
      open
      title={text.admitTitle(steward.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.notNow}</Button>
          <Button kind="primary" busy={busy} busyText={text.admitting} onClick={() => void admit()}>
            {text.admitDo}
          </Button>
        </>
      }
    >
      <p>{text.admitText(steward.name)}</p>
      <SafetyWords safety={wordsBetween(room.own, steward)} />
      <p className={style["small"]}>
        {text.wordsNote} {text.admitAfter}
      </p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </Dialog>
  );
}

/** Null when the log names them. */
async function admission(room: KeyRoom, steward: StewardShown): Promise<string | null> {
  const { log, safe } = room;
  const keys = offeredKeys(steward);
  const epoch = log && (await openEpoch(room, log.epoch));
  if (log === null || epoch === null || keys === null) return words.key.notOpened;
  const admitted = { account: steward.account, keys };
  const refusal = await extendLog(await admitSteward(safe.open, log, epoch.secret, admitted));
  return refusal && extensionTrouble(refusal);
}

function SafetyWords({ safety }: { readonly safety: readonly string[] }) {
  return (
    <ol className={style["safety"]} translate="no">
      {safety.map((word, at) => (
        <li key={at}>{word}</li>
      ))}
    </ol>
  );
}
