/**
 * The handful of names that browsers and Node share and that pure code may use. Clocks, timers, fetch
 * and randomness are deliberately not here: pure code is handed them.
 */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(input?: Uint8Array | ArrayBuffer): string;
}
declare class URL {
  constructor(url: string, base?: string | URL);
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly href: string;
  static canParse(url: string, base?: string): boolean;
}

/** ES2026; older phones haven't got it. */
interface Uint8ArrayConstructor {
  readonly fromBase64?: (
    text: string,
    options: { alphabet: "base64url" },
  ) => Uint8Array<ArrayBuffer>;
}
