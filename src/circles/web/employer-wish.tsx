/** The wish to meet nobody of one's own employer: what asking for it reveals, and the name that never leaves. */
import { Checkbox } from "#design/checkbox.tsx";
import { TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { WalletState } from "#pass/web/wallet.ts";
import { employerMark } from "../employer-mark.ts";
import { words } from "./words.ts";

export interface EmployerWishForm {
  readonly avoids: boolean;
  readonly employer: string;
}

export const lacksEmployer = ({ avoids, employer }: EmployerWishForm): boolean =>
  avoids && employer.trim() === "";

/** What is sent of it, and null for none. Refused while the wallet hasn't read which community this is. */
export function wishToMark(
  { avoids, employer }: EmployerWishForm,
  wallet: WalletState,
): Result<string | null, { readonly type: "Offline" }> {
  if (!avoids) return ok(null);
  if (wallet.at !== "read") return refuse({ type: "Offline" });
  const mark = employerMark(wallet.community.issuerName, employer);
  return ok(mark && bytesToBase64url(mark));
}

const text = words.form;

export function EmployerWish(props: {
  readonly wish: EmployerWishForm;
  readonly error: string | null;
  readonly onChange: (part: Partial<EmployerWishForm>) => void;
}) {
  const { wish, error, onChange } = props;
  return (
    <>
      <Checkbox
        label={text.employer}
        hint={text.employerHint}
        zone={readBy.namelessly}
        checked={wish.avoids}
        onChange={(avoids) => onChange({ avoids })}
      />
      {wish.avoids && (
        <TextField
          label={text.employerName}
          hint={text.employerNameHint}
          zone={readBy.neverSent}
          value={wish.employer}
          maxLength={120}
          autoComplete="off"
          error={error}
          onChange={(employer) => onChange({ employer })}
        />
      )}
    </>
  );
}
