/** A passkey without a browser (WebAuthn Level 3, ES256, no attestation), and what a dishonest one would send. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

export interface Said {
  readonly challenge: string;
  readonly origin?: string;
  readonly host?: string;
  /** Whether the person was verified, by a PIN or a finger. */
  readonly verified?: boolean;
  readonly counter?: number;
}

export class Authenticator {
  readonly id = randomBytes(16).toString("base64url");
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });

  /** What a device sends for `addPasskey`. */
  attest(said: Said): Record<string, unknown> {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    // COSE_Key, RFC 9053 section 7.1: EC2, ES256, P-256.
    const publicKey = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x!)],
        [-3, bytes(y!)],
      ]),
    );
    const id = bytes(this.id);
    const credential = Buffer.concat([
      Buffer.alloc(16),
      Buffer.of(id.length >> 8, id.length & 255),
      id,
      publicKey,
    ]);
    const authData = Buffer.concat([authenticatorData(said, 0x40), credential]);
    const attestationObject = isoCBOR.encode(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]) as never,
    );
    return this.#credential({
      clientDataJSON: clientData("webauthn.create", said),
      attestationObject: Buffer.from(attestationObject).toString("base64url"),
      transports: ["internal"],
    });
  }

  /** What a device sends for `finishPasskeySignIn`. */
  assert(said: Said): Record<string, unknown> {
    const clientDataJSON = clientData("webauthn.get", said);
    const authData = authenticatorData(said, 0);
    const hash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const signature = createSign("sha256")
      .update(Buffer.concat([authData, hash]))
      .sign(this.#keys.privateKey);
    return this.#credential({
      clientDataJSON,
      authenticatorData: authData.toString("base64url"),
      signature: signature.toString("base64url"),
    });
  }

  #credential(response: object): Record<string, unknown> {
    const { id } = this;
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
  }
}

function clientData(
  type: string,
  { challenge, origin = "https://room.example.org" }: Said,
): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString(
    "base64url",
  );
}

/** WebAuthn Level 3, section 6.1: rpIdHash, flags, counter. */
function authenticatorData(said: Said, more: number): Buffer {
  const { host = "room.example.org", verified = true, counter = 0 } = said;
  const flags = 0x01 | (verified ? 0x04 : 0) | more;
  const head = Buffer.alloc(5);
  head[0] = flags;
  head.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash("sha256").update(host).digest(), head]);
}

const bytes = (base64url: string): Uint8Array =>
  new Uint8Array(Buffer.from(base64url, "base64url"));
