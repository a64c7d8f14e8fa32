/**
 * OPAQUE's client half (RFC 9807) in a worker: the only place that may compile WebAssembly, and off the
 * page's thread while Argon2id works. The stretching is fixed here; a server can't ask for less.
 */
import { client, ready } from "@serenity-kit/opaque";

export type OpaqueQuestion =
  | { readonly act: "startRegistration"; readonly passphrase: string }
  | {
      readonly act: "finishRegistration";
      readonly passphrase: string;
      readonly state: string;
      readonly response: string;
    }
  | { readonly act: "startLogin"; readonly passphrase: string }
  | {
      readonly act: "finishLogin";
      readonly passphrase: string;
      readonly state: string;
      readonly response: string;
    };

export interface OpaqueAnswer {
  readonly state?: string;
  /** What goes to the server. */
  readonly message?: string;
  /** base64url; wraps the vault key. */
  readonly exportKey?: string;
  readonly serverKey?: string;
  readonly refused?: true;
}

const keyStretching = "memory-constrained" as const;

const act = (question: OpaqueQuestion): OpaqueAnswer => {
  switch (question.act) {
    case "startRegistration": {
      const started = client.startRegistration({ password: question.passphrase });
      return { state: started.clientRegistrationState, message: started.registrationRequest };
    }
    case "finishRegistration": {
      const finished = client.finishRegistration({
        password: question.passphrase,
        clientRegistrationState: question.state,
        registrationResponse: question.response,
        keyStretching,
      });
      return {
        message: finished.registrationRecord,
        exportKey: finished.exportKey,
        serverKey: finished.serverStaticPublicKey,
      };
    }
    case "startLogin": {
      const started = client.startLogin({ password: question.passphrase });
      return { state: started.clientLoginState, message: started.startLoginRequest };
    }
    case "finishLogin": {
      const finished = client.finishLogin({
        password: question.passphrase,
        clientLoginState: question.state,
        loginResponse: question.response,
        keyStretching,
      });
      if (!finished) return { refused: true };
      return {
        message: finished.finishLoginRequest,
        exportKey: finished.exportKey,
        serverKey: finished.serverStaticPublicKey,
      };
    }
  }
};

addEventListener("message", ({ data }: MessageEvent<{ id: number; question: OpaqueQuestion }>) => {
  void ready.then(() => {
    let answer: OpaqueAnswer;
    try {
      answer = act(data.question);
    } catch {
      answer = { refused: true };
    }
    postMessage({ id: data.id, answer });
  });
});
