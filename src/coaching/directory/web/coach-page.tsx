/** One coach, whole: story, facts, credentials, the next free times, and the one way on: to choose a time. */
import { useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PageSkeleton } from "#design/skeleton.tsx";
import { hereZone } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { neverOffered, withNever, withoutNever } from "../../matching/kept-match.ts";
import { useIsKeptApart, useMatch } from "../../matching/web/kept.ts";
import type { Coach } from "../coach.ts";
import { CoachCard } from "./coach-card.tsx";
import { useCoaches } from "./coach-index.ts";
import { NextTimes } from "./next-times.tsx";
import { words } from "./directory-words.ts";
import style from "./coach-page.module.css";

const text = words.page;
const back = { href: "/coach/all", text: text.back };

export function CoachPage() {
  const { id } = useParams<{ id: string }>();
  const [index, load] = useCoaches();
  if (index.at === "loading") return <PageSkeleton label={text.loading} />;
  const coach = index.at === "shown" ? index.coaches.find((each) => each.id === id) : undefined;
  if (coach !== undefined) return <Whole key={id} coach={coach} />;
  return (
    <Page title={words.directory.title} back={back}>
      {index.at === "failed" ? (
        <Notice kind="refusal">
          <p>{index.why}</p>
          <Button onClick={() => void load()}>{words.directory.retry}</Button>
        </Notice>
      ) : (
        <EmptyState
          text={text.gone}
          action={<LinkButton href="/coach/all">{text.goneAction}</LinkButton>}
        />
      )}
    </Page>
  );
}

function Whole({ coach }: { readonly coach: Coach }) {
  const account = useAccount();
  const { kept } = useMatch();
  const isKeptApart = useIsKeptApart(kept)(coach);
  const isOwn = coach.id === account.id;
  const isBookable = !isOwn && !isKeptApart;
  const choose = (
    <LinkButton kind="primary" href={`/coach/book/${coach.id}`} wide>
      {text.choose}
    </LinkButton>
  );
  return (
    <Page
      title={coach.name}
      width="wide"
      back={back}
      action={isBookable ? <div className={style["onPhone"]}>{choose}</div> : undefined}
    >
      {isOwn && (
        <Notice>
          <p>{text.own}</p>
          <LinkButton href="/desk/profile">{text.ownAction}</LinkButton>
        </Notice>
      )}
      {isKeptApart && <KeptApart coach={coach} />}
      <div className={style["whole"]}>
        <CoachCard coach={coach} zone={hereZone()} unframed />
        {isBookable && (
          <aside className={style["aside"]} aria-label={text.times}>
            <NextTimes coach={coach} />
            <div className={style["onWide"]}>{choose}</div>
            <Never coach={coach} />
          </aside>
        )}
      </div>
    </Page>
  );
}

function Never({ coach }: { readonly coach: Coach }) {
  const { kept, put } = useMatch();
  const toast = useToast();
  return (
    <div className={style["never"]}>
      <Button
        kind="quiet"
        onClick={() => {
          void put(withNever(kept, coach.id)).then(readFromTop);
          toast({
            text: text.nowNever(coach.name),
            undo: { text: text.undo, run: () => void put(withoutNever(kept, coach.id)) },
          });
        }}
      >
        {text.never}
      </Button>
      <p className={style["quiet"]}>{text.neverHint}</p>
    </div>
  );
}

/** What was pressed is gone, and what it changed stands at the top. */
function readFromTop(): void {
  document.getElementById("main")?.focus();
  scrollTo(0, 0);
}

/** Taken off here only where the card itself stands on the list; a name or a place is the member's to change. */
function KeptApart({ coach }: { readonly coach: Coach }) {
  const { kept, put } = useMatch();
  const isByCard = neverOffered(kept).includes(coach.id);
  return (
    <Notice title={text.apartTitle} live="polite">
      <p>{isByCard ? text.apart(coach.name) : text.apartByName(coach.name)}</p>
      <Actions>
        {isByCard && (
          <Button onClick={() => void put(withoutNever(kept, coach.id)).then(readFromTop)}>
            {text.takeOff}
          </Button>
        )}
        <LinkButton kind="quiet" href="/coach/match?change#apart">
          {text.changeList}
        </LinkButton>
      </Actions>
    </Notice>
  );
}
