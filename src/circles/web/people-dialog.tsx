/** Who sits here, what one is called, and one's own seat: to take part a little less, or to leave. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { TextField } from "#design/field.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import type { Result } from "#platform/result.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { LetterLink } from "./letter-link.tsx";
import type { OpenRoom, Room } from "./room-state.ts";
import type { Trouble } from "./room-log.ts";
import { useTrained } from "./trained.ts";
import { words } from "./room-words.ts";
import style from "./room.module.css";

const text = words.people;

type Leaving = "no" | "leave" | "anew";

export function PeopleDialog(props: {
  readonly room: Room;
  readonly state: OpenRoom;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { room, state, open, onClose } = props;
  const [leaving, setLeaving] = useState<Leaving>("no");
  const close = () => {
    setLeaving("no");
    onClose();
  };
  if (leaving !== "no")
    return (
      <LeavingDialog
        room={room}
        isAnew={leaving === "anew"}
        open={open}
        onClose={() => setLeaving("no")}
      />
    );
  return (
    <Dialog open={open} title={text.title} onClose={close}>
      <ul className={style["people"]} role="list">
        {state.members.map(({ pseudonym, name, isOwn, is, leads }) => (
          <li key={pseudonym} data-is={is}>
            <strong>{name}</strong>
            {isOwn && ` (${text.own})`}
            {text.is[is] !== "" && <span className={style["time"]}> {text.is[is]}</span>}
            {leads && <span className={style["time"]}> {text.leads}</span>}
          </li>
        ))}
      </ul>
      <p className={style["time"]}>{text.verified}</p>
      <OwnName room={room} state={state} />
      <Leading room={room} state={state} />
      <Pause room={room} isPaused={state.isPaused} />
      <LetterLink />
      <section className={style["part"]}>
        <h3>{text.leave}</h3>
        <p>{text.leaveLead}</p>
        <Actions>
          <Button onClick={() => setLeaving("anew")}>{text.leaveAnew}</Button>
          <Button kind="quiet" onClick={() => setLeaving("leave")}>
            {text.leaveFor}
          </Button>
        </Actions>
      </section>
    </Dialog>
  );
}

function OwnName({ room, state }: { readonly room: Room; readonly state: OpenRoom }) {
  const [name, setName] = useState("");
  const own = state.members.find(({ isOwn }) => isOwn);
  const { run, isBusy, trouble } = useDoing();
  const use = async (next: string | null) => {
    if (await run(() => room.rename(next))) setName("");
  };
  return (
    <section className={style["part"]}>
      <h3>{text.name}</h3>
      <p>{text.nameLead}</p>
      <form
        className={style["line"]}
        onSubmit={(event) => {
          event.preventDefault();
          void use(name.normalize("NFC").trim());
        }}
      >
        <TextField
          label={text.nameField}
          hint={text.nameHint}
          zone={readBy.circleAndServer(words.countOf(state.members.filter(isHere).length))}
          value={name}
          maxLength={24}
          autoComplete="off"
          error={trouble}
          onChange={setName}
        />
        <Actions>
          <Button type="submit" busy={isBusy} busyText={text.saving}>
            {text.nameSave}
          </Button>
          {own !== undefined && own.name !== own.firstName && (
            <Button kind="quiet" onClick={() => void use(null)}>
              {text.nameBack}
            </Button>
          )}
        </Actions>
      </form>
    </section>
  );
}

const isHere = ({ is }: OpenRoom["members"][number]) => is === "here" || is === "paused";

function Leading({ room, state }: { readonly room: Room; readonly state: OpenRoom }) {
  const [isTrained] = useTrained();
  const { run, isBusy, trouble } = useDoing();
  const leads = state.members.some((each) => each.isOwn && each.leads);
  return (
    <section className={style["part"]}>
      <h3>{text.leading}</h3>
      <p>{leads ? text.leadsOwn : text.leadingLead}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Actions>
        {(leads || isTrained === true) && (
          <Button busy={isBusy} onClick={() => void run(() => room.offerToLead(!leads))}>
            {leads ? text.leadsOff : text.leadsOn}
          </Button>
        )}
        <LinkButton kind="quiet" href="/circles/facilitating">
          {text.leadingHow}
        </LinkButton>
      </Actions>
    </section>
  );
}

function Pause({ room, isPaused }: { readonly room: Room; readonly isPaused: boolean }) {
  const { run, isBusy, trouble } = useDoing();
  return (
    <section className={style["part"]}>
      <h3>{text.pause}</h3>
      <p>{text.pauseLead}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Actions>
        <Button busy={isBusy} onClick={() => void run(() => room.pause(!isPaused))}>
          {isPaused ? text.pauseOff : text.pauseOn}
        </Button>
      </Actions>
    </section>
  );
}

function LeavingDialog(props: {
  readonly room: Room;
  readonly isAnew: boolean;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { room, isAnew, open, onClose } = props;
  const { run, isBusy, trouble } = useDoing();
  return (
    <Dialog
      open={open}
      title={isAnew ? text.leaveAnew : text.leaveTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" busy={isBusy} onClick={() => void run(room.leave)}>
            {text.leaveDo}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {text.leaveStay}
          </Button>
        </>
      }
    >
      {isAnew && <p>{text.leaveAnewText}</p>}
      <p>{text.leaveText}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </Dialog>
  );
}

function useDoing() {
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (act: () => Promise<Result<null, Trouble>>): Promise<boolean> => {
    setIsBusy(true);
    const done = await act();
    setIsBusy(false);
    setTrouble(done.ok ? null : troubleText(done.refusal));
    return done.ok;
  };
  return { run, isBusy, trouble };
}

function troubleText(trouble: Trouble): string {
  if (trouble.type === "NotAName" || trouble.type === "TooAlike") return text[trouble.type];
  return refusalToWords(trouble);
}
