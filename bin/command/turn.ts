/** Writes the relay's configuration beside the data, and says how to run it. */
import { lookup } from "node:dns/promises";
import { chmod, writeFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { relayAddress, relayConfig } from "../../src/circles/server/relay-config.ts";
import { relaySecretOf } from "../../src/circles/server/relay.ts";
import { openSecrets, secretsRefusalToWords } from "../../src/platform/server/secrets.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { configOf, type Given } from "./given.ts";

export async function run(given: Given): Promise<number> {
  const { turnUrls, secretsFile, dataDir } = await configOf(given);
  if (turnUrls.length === 0)
    throw new StartRefused(
      "CALLROOM_TURN_URL is not set. It names the relay, such as\n" +
        "  CALLROOM_TURN_URL=turn:relay.example.org:3478,turns:relay.example.org:5349?transport=tcp",
    );
  const secrets = await openSecrets(secretsFile, { make: false });
  if (!secrets.ok)
    throw new StartRefused(
      secrets.refusal.type === "SecretsMissing"
        ? "The secrets file is not there yet: start Callroom once, then call this again."
        : secretsRefusalToWords(secrets.refusal),
    );
  const { host } = relayAddress(turnUrls[0]!);
  const found = await lookup(host, { all: true }).catch(() => []);
  if (found.length === 0)
    throw new StartRefused(`${host} of CALLROOM_TURN_URL has no network address yet.`);
  const addresses = [...new Set(found.map(({ address }) => address))];
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((each) =>
      (each ?? []).map(({ address }) => address),
    ),
  );
  const relay = { urls: turnUrls, secret: relaySecretOf(secrets.value.circlesKey) };
  const file = join(dataDir, "turnserver.conf");
  await writeFile(file, relayConfig(relay, { addresses, own }), { mode: 0o600 });
  await chmod(file, 0o600);
  console.log(
    howToRun(
      file,
      addresses.some((address) => !own.has(address)),
    ),
  );
  return 0;
}

const howToRun = (file: string, isElsewhere: boolean): string =>
  `Written to ${file}. On the machine of the relay, with Debian's package coturn:

  install -o turnserver -g turnserver -m 600 ${file} /etc/turnserver.conf
  systemctl enable --now coturn && systemctl restart coturn

It has to be reachable at its own ports and, for UDP, at 49152 to 65535. docs/relay.md tells the rest;
callroom doctor tries it.${
    isElsewhere
      ? "\n\nThe relay's address is not one of this machine. If it isn't one of the relay's machine either, the relay\nhas to be able to reach itself by it."
      : ""
  }`;
