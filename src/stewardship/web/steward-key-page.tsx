/**
 * The stewards' key: founding it, admitting another steward after comparing safety words, making it anew when
 * one has left, sealing older documents anew, and leaving oneself. Nothing is signed but by a steward's own tap.
 */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { NotFetched } from "#design/awaited.tsx";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { useToast } from "#design/toast.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { keyDuty, stayingStewards } from "../key-standing.ts";
import type { StewardLogState } from "../steward-log.ts";
import { KeyDocuments } from "./key-documents.tsx";
import { KeyStewards } from "./key-stewards.tsx";
import { LeavingStewards } from "./leaving-stewards.tsx";
import { extensionTrouble, keyRefusalText } from "./key-refusal-words.ts";
import { extendLog, type KeyRoom, type KeyRoomRefusal } from "./key-room.ts";
import { foundEpoch, renewEpoch, type Extension } from "./steward-key.ts";
import { useKeyRoom } from "./use-key-room.ts";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";

export function StewardKeyPage() {
  const text = words.key;
  const { state, again } = useKeyRoom();
  return (
    <Page title={text.title} lead={text.lead} back={stewardWords.back} zone={readBy.stewards}>
      {state.at === "loading" && <Skeleton label={text.loading} lines={6} />}
      {state.at === "refused" && <Refused refusal={state.refusal} onAgain={() => void again()} />}
      {state.at === "open" && (
        <>
          <Standing room={state.room} onChanged={again} />
          <KeyDocuments room={state.room} documents={state.documents} onChanged={again} />
          <KeyStewards room={state.room} onChanged={again} />
        </>
      )}
      {state.at !== "loading" && <LeavingStewards />}
    </Page>
  );
}

function Refused(props: { readonly refusal: KeyRoomRefusal; readonly onAgain: () => void }) {
  const { refusal } = props;
  return (
    <NotFetched text={keyRefusalText(refusal) ?? refusalToWords(refusal)} onAgain={props.onAgain}>
      {refusal.type === "HeadLost" && <LinkButton href={LOGS_PAGE}>{words.key.toLogs}</LinkButton>}
    </NotFetched>
  );
}

/** Where a member looks at both logs, and accepts another history by hand. */
const LOGS_PAGE = "/account/decisions";

/** What is to be done with the key, or how it stands. */
function Standing(props: { readonly room: KeyRoom; readonly onChanged: () => Promise<void> }) {
  const text = words.key;
  const { log, stewards, safe } = props.room;
  switch (keyDuty(log, stewards, safe.account)) {
    case "found":
      return (
        <Making
          title={log === null ? text.foundTitle : text.foundAnewTitle}
          text={log === null ? text.foundText : text.foundAnewText}
          doText={text.found}
          doingText={text.founding}
          doneText={text.founded}
          make={() => foundEpoch(safe.open, log, safe.account)}
          onChanged={props.onChanged}
        />
      );
    case "renew":
      return <Renewal {...props} log={log!} />;
    case "wait":
      return (
        <Notice kind="warm" title={text.waitTitle}>
          {text.waitText}
        </Notice>
      );
    case "none": {
      const others = log!.stewards.length - 1;
      return <Notice>{others === 0 ? text.holdAlone : text.hold(others)}</Notice>;
    }
  }
}

function Renewal(props: {
  readonly room: KeyRoom;
  readonly log: StewardLogState;
  readonly onChanged: () => Promise<void>;
}) {
  const text = words.key;
  const { stewards, safe } = props.room;
  const staying = stayingStewards(props.log, stewards);
  const nameOf = (account: string) =>
    stewards.find((each) => each.account === account)?.name ?? account;
  return (
    <Making
      title={text.renewTitle}
      text={text.renewText(words.names(staying.map(({ account }) => nameOf(account))))}
      doText={text.renew}
      doingText={text.renewing}
      doneText={text.renewed}
      make={() => renewEpoch(safe.open, props.log, staying)}
      onChanged={props.onChanged}
    />
  );
}

function Making(props: {
  readonly title: string;
  readonly text: string;
  readonly doText: string;
  readonly doingText: string;
  readonly doneText: string;
  readonly make: () => Promise<Extension>;
  readonly onChanged: () => Promise<void>;
}) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const make = async () => {
    setBusy(true);
    setTrouble(null);
    const refusal = await extendLog(await props.make());
    if (refusal === null) toast({ text: props.doneText });
    else setTrouble(extensionTrouble(refusal));
    await props.onChanged();
    setBusy(false);
  };
  return (
    <>
      <Notice kind="warm" title={props.title}>
        <p>{props.text}</p>
        <Actions>
          <Button kind="primary" busy={busy} busyText={props.doingText} onClick={() => void make()}>
            {props.doText}
          </Button>
        </Actions>
      </Notice>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </>
  );
}
