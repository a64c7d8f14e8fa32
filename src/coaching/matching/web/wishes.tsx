/**
 * What a member asks of a coach. Half-typed it is a draft, sealed on this device; asked, it is part of the one
 * sealed record of the search, and nothing of it is ever sent in clear.
 */
import { useEffect, useMemo, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { Button } from "#design/button.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { FormErrors } from "#design/form-errors.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { PageSkeleton } from "#design/skeleton.tsx";
import { useToast } from "#design/toast.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { useCollection } from "#vault/web/safe-context.tsx";
import { PATHS, type Path } from "../../directory/coach.ts";
import { useEditedForm } from "../../directory/web/edited-form.ts";
import { vocabulary } from "../../directory/web/vocabulary.ts";
import { neverOffered } from "../kept-match.ts";
import { startSearch } from "../search.ts";
import {
  emptyWishes,
  formToPreferences,
  preferencesToForm,
  type WishFault,
  type WishesForm,
} from "../wishes-form.ts";
import { useMatch, useOtherCoaches } from "./kept.ts";
import { pathFound } from "./path-found.ts";
import { WishesApart } from "./wishes-apart.tsx";
import { faultLine } from "./wish-faults.ts";
import { WishesHard } from "./wishes-hard.tsx";
import { WishesSoft } from "./wishes-soft.tsx";
import { words } from "./words.ts";
import style from "./wishes.module.css";

export function Wishes() {
  const { kept, put } = useMatch();
  const [index] = useOtherCoaches();
  const coaches = index.at === "shown" ? index.coaches : [];
  const { form, isChanged, isRestored, change, accept, discard } = useEditedForm(
    "match-wishes/1",
    useKeptForm(),
  );
  const [attempt, setAttempt] = useState<{ nth: number; faults: readonly WishFault[] } | null>(
    null,
  );
  const [busy, setBusy] = useState(false);
  const [, navigate] = useLocation();
  const toast = useToast();
  useAskedPath(form !== null, (path) => change((before) => ({ ...before, path })));
  const text = words.wishes;

  const checked = useMemo(
    () => (form === null ? null : formToPreferences(form, neverOffered(kept))),
    [form, kept],
  );
  if (form === null || checked === null) return <PageSkeleton label={words.loading} />;
  const faults = attempt === null || checked.ok ? [] : checked.refusal;

  const find = async () => {
    if (!checked.ok) {
      setAttempt((before) => ({ nth: (before?.nth ?? 0) + 1, faults: checked.refusal }));
      return;
    }
    setBusy(true);
    const seed = kept.at === "searching" ? kept.search.round.seed : newRecordId();
    const { search } = startSearch(coaches, checked.value, seed, Date.now());
    await put({ at: "searching", search });
    accept(form);
    navigate("/coach/match");
    scrollTo(0, 0);
  };

  return (
    <Page
      title={kept.at === "searching" ? text.titleAgain : text.title}
      lead={text.lead}
      back={
        kept.at === "searching"
          ? { href: "/coach/match", text: text.backToOffers }
          : { href: "/coach", text: text.back }
      }
      zone={readBy.onlyYou}
      action={
        <Button kind="primary" type="submit" form="wishes" busy={busy} busyText={text.finding}>
          {text.find}
        </Button>
      }
    >
      <form
        id="wishes"
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <p className={style["private"]}>{text.private}</p>
        {isRestored && isChanged && (
          <Notice>
            <p>{text.restored}</p>
            <p>
              <Button
                onClick={() => {
                  const back = discard();
                  setAttempt(null);
                  toast({ text: text.discarded, undo: { text: words.undo, run: back } });
                }}
              >
                {text.discard}
              </Button>
            </p>
          </Notice>
        )}
        {faults.length > 0 && attempt !== null && (
          <FormErrors
            key={attempt.nth}
            title={text.faultsTitle}
            errors={attempt.faults.map(faultLine)}
          />
        )}
        <WishesHard form={form} faults={faults} coaches={coaches} onChange={change} />
        <WishesApart form={form} faults={faults} coaches={coaches} onChange={change} />
        <Disclosure summary={text.soft}>
          <WishesSoft form={form} faults={faults} onChange={change} />
        </Disclosure>
      </form>
    </Page>
  );
}

/** As it was asked last; before the first time what is known anyway. */
function useKeptForm(): WishesForm {
  const { kept } = useMatch();
  const [index] = useOtherCoaches();
  const account = useAccount();
  const found = useCollection<unknown>("path");
  return useMemo(() => {
    const currency = commonCurrency(index.at === "shown" ? index.coaches : []);
    if (kept.at === "searching") return preferencesToForm(kept.search.preferences, currency);
    return emptyWishes({
      path: pathFound(found.map(({ content }) => content)),
      stage: account.stage,
      timeZone: account.timeZone,
      languages: ownLanguages(),
      currency,
    });
  }, [kept, index, account, found]);
}

/** `/coach/match?path=career`, from the path finder: taken once, so that a reload keeps a later choice. */
function useAskedPath(isReady: boolean, take: (path: Path) => void): void {
  const [query] = useSearchParams();
  const [, navigate] = useLocation();
  const asked = PATHS.find((path) => path === query.get("path"));
  useEffect(() => {
    if (!isReady || asked === undefined) return;
    take(asked);
    navigate("/coach/match?change", { replace: true });
  }, [isReady, asked, take, navigate]);
}

/** Those this device is set to, as far as the list has them. */
function ownLanguages(): readonly string[] {
  const listed = vocabulary.languages.map(({ id }) => id);
  const own = navigator.languages.flatMap((language) => {
    const primary = language.split("-", 1)[0]!;
    return listed.includes(primary) ? [primary] : [];
  });
  return own.length === 0 ? ["en"] : [...new Set(own)].slice(0, 3);
}

function commonCurrency(coaches: readonly { readonly price: { readonly currency: string } }[]) {
  const counts = new Map<string, number>();
  for (const { price } of coaches)
    counts.set(price.currency, (counts.get(price.currency) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "USD";
}
