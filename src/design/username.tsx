/** The address that a password manager keeps beside a passphrase. It was typed and marked on a screen before. */
export function Username({ value }: { readonly value: string }) {
  return (
    <input type="email" name="username" autoComplete="username" value={value} readOnly hidden />
  );
}
