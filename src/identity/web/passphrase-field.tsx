/** A new passphrase: shown on wish, with five words to take over for whoever has none in mind. */
import { Button } from "#design/button.tsx";
import { PasswordField } from "#design/password-field.tsx";
import type { PassphraseFault } from "../passphrase.ts";
import { warmOpaque } from "./opaque.ts";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function NewPassphrase(props: {
  readonly label: string;
  readonly arrival?: boolean | undefined;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}) {
  const suggest = async () => {
    const { entropyToPhrase } = await import("#vault/recovery.ts");
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    props.onChange(entropyToPhrase(entropy).slice(0, 5).join(" "));
  };
  return (
    <div className={style["passphrase"]}>
      <PasswordField
        label={props.label}
        arrival={props.arrival}
        hint={words.join.passphraseHint}
        error={props.error}
        value={props.value}
        onChange={props.onChange}
        autoComplete="new-password"
        onFocus={warmOpaque}
      />
      <Button kind="quiet" onClick={() => void suggest()}>
        {words.join.suggest}
      </Button>
    </div>
  );
}

export function faultWords(fault: PassphraseFault | null): string | null {
  if (fault === "Short") return words.join.passphraseShort;
  return fault === "Simple" ? words.join.passphraseSimple : null;
}
