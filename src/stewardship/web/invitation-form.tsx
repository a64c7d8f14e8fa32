/** The form for one invitation. What was typed stays on this device until the invitation is made. */
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { Choices } from "#design/choices.tsx";
import { EmailField, SelectField } from "#design/field.tsx";
import { useHandingIn } from "#design/handing-in.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { normaliseEmail, ROLES, STAGES, type Role, type Stage } from "#identity/account.ts";
import { words as identityWords } from "#identity/web/words.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { makeInvitations } from "../contract.ts";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

interface Form {
  readonly email: string;
  readonly way: "letter" | "link";
  readonly roles: readonly string[];
  /** Empty where whoever joins chooses. */
  readonly stage: string;
}

const EMPTY: Form = { email: "", way: "letter", roles: [], stage: "" };

export function InvitationForm(props: {
  readonly onMade: (made: { readonly email: string; readonly link: string | null }) => void;
}) {
  const text = words.invitations;
  const [form, setForm, draft] = useDraft<Form>("stewardship/invitation", EMPTY);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const emailError = emailErrorOf(form);

  const { isLookedAt, busy, trouble, onSubmit } = useHandingIn(emailError === null, async () => {
    const email = form.email.trim() === "" ? null : form.email;
    const made = await call(makeInvitations, {
      body: {
        email,
        roles: ROLES.filter((role) => form.roles.includes(role)),
        stage: form.stage === "" ? null : (form.stage as Stage),
        show: form.way === "link",
      },
    });
    if (!made.ok)
      return made.refusal.type === "AddressNeeded"
        ? text.addressNeeded
        : refusalToWords(made.refusal);
    setForm({ ...EMPTY, way: form.way });
    draft.clear();
    props.onMade({ email: form.email.trim(), link: made.value.link });
    return null;
  });

  return (
    <form className={style["form"]} noValidate onSubmit={onSubmit}>
      <EmailField
        label={text.email}
        zone={readBy.stewards}
        hint={form.way === "link" ? text.emailHintShow : text.emailHint}
        optional={form.way === "link"}
        error={isLookedAt ? emailError : null}
        value={form.email}
        autoComplete="off"
        onChange={(email) => change({ email })}
      />
      <Choice
        label={text.way}
        zone={readBy.stewards}
        options={(["letter", "link"] as const).map((way) => ({
          value: way,
          text: text.ways[way],
          note: text.wayNotes[way],
        }))}
        value={form.way}
        onChange={(way) => change({ way: way === "link" ? "link" : "letter" })}
      />
      <Choices
        label={text.roles}
        zone={readBy.stewards}
        hint={text.rolesHint}
        options={ROLES.map((role: Role) => ({
          value: role,
          text: words.roles[role],
          note: words.roleNotes[role],
        }))}
        values={form.roles}
        onChange={(roles) => change({ roles })}
      />
      <SelectField
        label={text.stage}
        zone={readBy.stewards}
        emptyText={text.anyStage}
        options={STAGES.map((stage) => ({
          value: stage,
          text: identityWords.join.stages[stage] ?? stage,
        }))}
        value={form.stage}
        onChange={(stage) => change({ stage })}
      />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button kind="primary" type="submit" busy={busy} busyText={words.busy}>
        {form.way === "link" ? text.make : text.send}
      </Button>
    </form>
  );
}

function emailErrorOf({ email, way }: Form): string | null {
  if (email.trim() === "") return way === "link" ? null : words.invitations.addressNeeded;
  return normaliseEmail(email) === null ? words.invitations.emailError : null;
}
