/** Finding somebody verified by their exact name, and ending a verification. There is no list to look through. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import type { RefusalReason } from "#identity/verification.ts";
import { useAccount } from "#identity/web/door.tsx";
import { words as identityWords } from "#identity/web/words.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { findVerified, withdrawVerification } from "../verification-contract.ts";
import { reasonsFor } from "./verification-evidence.ts";
import { Refusing } from "./verification-refusing.tsx";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";
import style from "./stewardship.module.css";

type Verified = AnswerOf<typeof findVerified>["accounts"][number];

type Search =
  | { readonly at: "typing"; readonly missing: boolean }
  | { readonly at: "looking" }
  | { readonly at: "refused"; readonly why: string }
  | { readonly at: "found"; readonly name: string; readonly accounts: readonly Verified[] };

export function VerifiedMembers() {
  const text = words.verified;
  const toast = useToast();
  const [name, setName] = useState("");
  const [search, setSearch] = useState<Search>({ at: "typing", missing: false });
  const [ending, setEnding] = useState<Verified | null>(null);

  const find = async () => {
    setSearch({ at: "looking" });
    const found = await call(findVerified, { query: { name } });
    setSearch(
      found.ok
        ? { at: "found", name: name.trim(), accounts: found.value.accounts }
        : { at: "refused", why: refusalToWords(found.refusal) },
    );
  };
  const end = async (member: Verified, reason: RefusalReason): Promise<string | null> => {
    const ended = await call(withdrawVerification, { params: { id: member.id }, body: { reason } });
    if (!ended.ok)
      return ended.refusal.type === "OwnAsking" ? text.own : refusalToWords(ended.refusal);
    setEnding(null);
    toast({ text: text.withdrawn(member.name) });
    await find();
    return null;
  };
  const isMissing = search.at === "typing" && search.missing && name.trim() === "";

  return (
    <Page title={text.title} lead={text.lead} back={stewardWords.back} zone={readBy.stewards}>
      <form
        className={style["form"]}
        role="search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void find();
          else {
            setSearch({ at: "typing", missing: true });
            focusFirstFault(event.currentTarget);
          }
        }}
      >
        <TextField
          label={text.name}
          zone={readBy.server}
          value={name}
          maxLength={60}
          autoComplete="off"
          error={isMissing ? text.nameEmpty : null}
          onChange={setName}
        />
        <Button kind="primary" type="submit" busy={search.at === "looking"} busyText={text.finding}>
          {text.find}
        </Button>
      </form>
      {search.at === "refused" && <Notice kind="refusal">{search.why}</Notice>}
      <div role="status">
        {search.at === "found" && search.accounts.length === 0 && (
          <EmptyState text={text.none(search.name)} />
        )}
      </div>
      {search.at === "found" && search.accounts.length > 0 && (
        <Section title={text.found}>
          <Found accounts={search.accounts} onEnd={setEnding} />
        </Section>
      )}
      {ending !== null && (
        <Refusing
          title={text.withdrawTitle(ending.name)}
          text={text.withdrawText}
          reasons={reasonsFor(null)}
          likely={null}
          doText={text.withdraw}
          keepText={text.keep}
          onClose={() => setEnding(null)}
          onRefuse={(reason) => end(ending, reason)}
        />
      )}
    </Page>
  );
}

function Found(props: {
  readonly accounts: readonly Verified[];
  readonly onEnd: (member: Verified) => void;
}) {
  const text = words.verified;
  const account = useAccount();
  return (
    <CardList label={text.found}>
      {props.accounts.map((member) => (
        <Card
          key={member.id}
          level={3}
          title={member.name}
          meta={words.meta([
            identityWords.join.stages[member.stage] ?? member.stage,
            words.ways[member.way],
          ])}
          actions={
            member.id === account.id ? undefined : (
              <Button
                aria-label={text.withdrawNamed(member.name)}
                onClick={() => props.onEnd(member)}
              >
                {text.withdraw}
              </Button>
            )
          }
        />
      ))}
    </CardList>
  );
}
