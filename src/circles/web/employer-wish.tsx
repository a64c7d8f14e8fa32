/** The wish to meet nobody of one's own employer: what asking for it reveals, and the name that never leaves. */
import { Checkbox } from "#design/checkbox.tsx";
import { TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { words } from "./words.ts";

export interface EmployerWishForm {
  readonly avoids: boolean;
  readonly employer: string;
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
