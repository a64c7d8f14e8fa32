/** What comes before the questions of a check-in: its opening, or one that was begun long ago. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { dayText } from "#design/time.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { AsideLine, type Aside } from "./filling-aside.tsx";
import { words } from "./words.ts";
import style from "./filling.module.css";

const backToReflect = { href: "/reflect", text: words.filling.leave };

export function Opening(props: {
  readonly checkIn: CheckIn;
  readonly aside: Aside | undefined;
  readonly onBegin: () => void;
}) {
  const { checkIn, aside, onBegin } = props;
  return (
    <Page
      title={checkIn.title}
      back={backToReflect}
      zone={readBy.onlyYou}
      action={
        <Button kind="primary" onClick={onBegin}>
          {words.filling.begin}
        </Button>
      }
    >
      <p>{checkIn.before}</p>
      <p className={style["quiet"]}>{checkIn.label}</p>
      <AsideLine aside={aside} />
    </Page>
  );
}

export function OldOne(props: { on: string; onAfresh: () => void; onGoOn: () => void }) {
  return (
    <Page
      title={words.filling.oldTitle}
      lead={words.filling.old(dayText(props.on, "full"))}
      back={backToReflect}
      zone={readBy.onlyYou}
      action={
        <Actions>
          <Button kind="primary" onClick={props.onAfresh}>
            {words.filling.afresh}
          </Button>
          <Button onClick={props.onGoOn}>{words.filling.goOnOld}</Button>
        </Actions>
      }
    />
  );
}
