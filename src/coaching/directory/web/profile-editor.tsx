/**
 * The coach writes what members read: story, whom they coach, what it costs, credentials. Beside it stands
 * the card as members see it. What was typed is kept sealed on this device until it is saved.
 */
import { useId, useMemo, useState } from "react";
import { Awaited } from "#design/awaited.tsx";
import { FormErrors } from "#design/form-errors.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { useAccount } from "#identity/web/door.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { readProfile, writeProfile } from "../contract.ts";
import { formToProfile, profileToForm, type ProfileFault } from "../profile-form.ts";
import { CoachStateActions } from "./coach-state.tsx";
import { CredentialsEditor } from "./credentials-editor.tsx";
import { useEditedForm } from "./edited-form.ts";
import { OwnCard } from "./own-card.tsx";
import { ProfileFields } from "./profile-editor-fields.tsx";
import { faultLine } from "./profile-faults.ts";
import { Restored } from "./restored.tsx";
import { SaveBar } from "./save-bar.tsx";
import { words } from "./words.ts";
import style from "./profile-editor.module.css";

type Saved = AnswerOf<typeof readProfile>;
type Saving =
  { readonly state: "still" | "saving" } | { readonly state: "refused"; readonly why: string };

const askProfile = (signal: AbortSignal) => call(readProfile, { signal });

export function ProfileEditor() {
  const asking = useAsked(askProfile);
  const saved = asking.asked.state === "here" ? asking.asked.answer : null;
  const loaded = useMemo(
    () => (saved === null ? null : profileToForm(saved.profile, saved.credentials)),
    [saved],
  );
  const edited = useEditedForm("coach-profile/1", loaded);
  const { form } = edited;
  const account = useAccount();
  const toast = useToast();
  const formId = useId();
  const [saving, setSaving] = useState<Saving>({ state: "still" });
  // What the last attempt said stays as it was said, so that the summary doesn't take the focus while one mends.
  const [attempt, setAttempt] = useState<{ nth: number; faults: readonly ProfileFault[] } | null>(
    null,
  );
  const text = words.profile;

  const checked = useMemo(() => (form === null ? null : formToProfile(form)), [form]);
  const faults = attempt === null || checked === null || checked.ok ? [] : checked.refusal;

  const save = async () => {
    if (form === null || checked === null) return;
    if (!checked.ok) {
      setAttempt((before) => ({ nth: (before?.nth ?? 0) + 1, faults: checked.refusal }));
      return;
    }
    setAttempt(null);
    setSaving({ state: "saving" });
    const written = await call(writeProfile, { body: checked.value });
    if (!written.ok) {
      setSaving({ state: "refused", why: refusalToWords(written.refusal) });
      return;
    }
    setSaving({ state: "still" });
    edited.accept(form);
    asking.again();
    toast({ text: saved?.state === "published" ? text.savedPublished : text.saved });
  };

  return (
    <Page
      title={text.title}
      lead={text.lead}
      width="wide"
      back={{ href: "/desk", text: text.back }}
      zone={readBy.community}
      action={
        form !== null && (
          <SaveBar
            form={formId}
            told={toldOf(edited.isChanged, saved)}
            isSaving={saving.state === "saving"}
            why={saving.state === "refused" ? saving.why : null}
          />
        )
      }
    >
      <Awaited asking={asking} label={text.loading} lines={10} />
      {form !== null && (
        <div className={style["desk"]}>
          <form
            id={formId}
            className={style["form"]}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <Restored edited={edited} onDiscarded={() => setAttempt(null)} />
            {faults.length > 0 && attempt !== null && (
              <FormErrors
                key={attempt.nth}
                title={text.faultsTitle}
                errors={attempt.faults.map(faultLine)}
              />
            )}
            <ProfileFields form={form} faults={faults} onChange={edited.change} />
            <CredentialsEditor
              credentials={form.credentials}
              onFile={saved?.credentials ?? []}
              faults={faults}
              onChange={(next) =>
                edited.change((before) => ({ ...before, credentials: next(before.credentials) }))
              }
            />
          </form>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- beside the form it scrolls by itself, and must with the keyboard too */}
          <aside className={style["preview"]} aria-label={text.preview} tabIndex={0}>
            <Section title={text.preview}>
              <OwnCard
                form={form}
                kind={kindSaid(saved)}
                name={account.name}
                timeZone={account.timeZone}
                credentialsOnFile={saved?.credentials ?? []}
              />
            </Section>
          </aside>
          {saved !== null && (
            <Found saved={saved} isChanged={edited.isChanged} onChanged={asking.again} />
          )}
        </div>
      )}
    </Page>
  );
}

function toldOf(isChanged: boolean, saved: Saved | null): string {
  if (isChanged) return words.profile.unsaved;
  return saved === null || saved.profile === null ? "" : words.profile.isSaved;
}

/** Only publishing says whether somebody is a doctor; until then it would be a guess. */
function kindSaid(saved: Saved | null): Saved["kind"] | null {
  return saved?.state === "published" || saved?.state === "paused" ? saved.kind : null;
}

function Found(props: { saved: Saved; isChanged: boolean; onChanged: () => void }) {
  const { saved, isChanged, onChanged } = props;
  return (
    <div className={style["found"]}>
      <Section title={words.state.title} lead={words.desk.leads[saved.state]}>
        {isChanged && <p className={style["quiet"]}>{words.state.unsaved}</p>}
        <CoachStateActions state={saved.state} isMain={false} onChanged={onChanged} />
      </Section>
    </div>
  );
}
