/** Institutions whose mailboxes speak for who reads them: the list, one more, one less. */
import { useState } from "react";
import { Awaited } from "#design/awaited.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { TextField } from "#design/field.tsx";
import { useHandingIn } from "#design/handing-in.ts";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Table, type Column } from "#design/table.tsx";
import { useToast } from "#design/toast.tsx";
import { normaliseEmail } from "#identity/account.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { addInstitution, dropInstitution, readInstitutions } from "../verification-contract.ts";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";
import style from "./stewardship.module.css";

type Institution = AnswerOf<typeof readInstitutions>["institutions"][number];

export function Institutions() {
  const text = words.institutions;
  const asking = useAskedRoute(readInstitutions);
  const toast = useToast();
  const [dropping, setDropping] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const putBack = async (institution: Institution) => {
    const added = await call(addInstitution, { body: institution });
    setTrouble(added.ok ? null : refusalToWords(added.refusal));
    asking.again();
  };
  const drop = async (institution: Institution) => {
    setDropping(institution.domain);
    const dropped = await call(dropInstitution, { params: { domain: institution.domain } });
    setDropping(null);
    setTrouble(dropped.ok ? null : refusalToWords(dropped.refusal));
    if (dropped.ok)
      toast({
        text: text.dropped(institution.name),
        undo: { text: text.undo, run: () => void putBack(institution) },
      });
    asking.again();
  };

  return (
    <Page
      title={text.title}
      lead={text.lead}
      width="wide"
      back={stewardWords.back}
      zone={readBy.stewards}
    >
      <div className={style["columns"]}>
        <Section title={text.formTitle}>
          <InstitutionForm
            onAdded={(name) => {
              toast({ text: text.added(name) });
              asking.again();
            }}
          />
        </Section>
        <Section title={text.listTitle}>
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Awaited asking={asking} label={text.loading}>
            {({ institutions }) => (
              <Table
                caption={text.listTitle}
                hideCaption
                rows={institutions.map((institution) => ({
                  institution,
                  busy: dropping === institution.domain,
                  onDrop: () => void drop(institution),
                }))}
                rowKey={({ institution }) => institution.domain}
                empty={<EmptyState text={text.empty} />}
                columns={COLUMNS}
              />
            )}
          </Awaited>
        </Section>
      </div>
    </Page>
  );
}

interface Row {
  readonly institution: Institution;
  readonly busy: boolean;
  readonly onDrop: () => void;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "name",
    title: words.institutions.name,
    head: true,
    cell: ({ institution }) => institution.name,
  },
  {
    key: "domain",
    title: words.institutions.domain,
    cell: ({ institution }) => institution.domain,
  },
  {
    key: "act",
    title: words.institutions.act,
    cell: ({ institution, busy, onDrop }) => (
      <Button
        kind="quiet"
        busy={busy}
        aria-label={words.institutions.dropNamed(institution.name)}
        onClick={onDrop}
      >
        {words.institutions.drop}
      </Button>
    ),
  },
];

const EMPTY = { domain: "", name: "" };

function InstitutionForm({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const text = words.institutions;
  const [form, setForm, draft] = useDraft("stewardship/institution", EMPTY);
  const isGood = isDomain(form.domain) && form.name.trim() !== "";

  const { isLookedAt, busy, trouble, onSubmit } = useHandingIn(isGood, async () => {
    const added = await call(addInstitution, { body: form });
    if (!added.ok) return refusalToWords(added.refusal);
    setForm(EMPTY);
    draft.clear();
    onAdded(form.name.trim());
    return null;
  });

  return (
    <form className={style["form"]} noValidate onSubmit={onSubmit}>
      <TextField
        label={text.domain}
        zone={readBy.stewards}
        hint={text.domainHint}
        placeholder={text.domainExample}
        value={form.domain}
        error={isLookedAt && !isDomain(form.domain) ? text.domainError : null}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        onChange={(domain) => setForm((before) => ({ ...before, domain }))}
      />
      <TextField
        label={text.name}
        zone={readBy.stewards}
        value={form.name}
        error={isLookedAt && form.name.trim() === "" ? text.nameError : null}
        maxLength={120}
        autoComplete="off"
        onChange={(name) => setForm((before) => ({ ...before, name }))}
      />
      <p className={style["quiet"]}>{text.warning}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button kind="primary" type="submit" busy={busy} busyText={stewardWords.busy}>
        {text.add}
      </Button>
    </form>
  );
}

/** The server takes an @ before it, and blanks around it, off too. */
const isDomain = (typed: string): boolean =>
  normaliseEmail(`someone@${typed.trim().replace(/^@/, "")}`) !== null;
