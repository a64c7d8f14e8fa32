/**
 * Where a cluster lies and how it is run: with the programs and settings that came with this Callroom, or as
 * an older Callroom left it, with the programs of its own major version.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ok, refuse, type Result } from "../result.ts";
import { makeCluster, type NotMade } from "./cluster-folder.ts";
import type { DatabaseUser } from "./database-user.ts";
import { PG_HBA, postgresqlConf, SOCKET_PORT } from "./embedded-settings.ts";
import type { ClusterName } from "./migrations.ts";
import { findOlderBinaries, type Binaries } from "./postgres-binaries.ts";
import { makeSocketFolder } from "./socket-folder.ts";

/** What a cluster is called, where its folder belongs, and who runs it with what. */
export interface Site {
  readonly cluster: ClusterName;
  /** Holds the folders of both clusters, their sockets and their logs. */
  readonly parent: string;
  readonly user: DatabaseUser;
  /** Those that came with this Callroom. */
  readonly binaries: Binaries;
  /** Where they and those of older Callrooms lie: the parent, unless tests share one. */
  readonly binariesDir: string;
}

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: false;
}

export interface Place {
  readonly cluster: ClusterName;
  readonly folder: string;
  readonly logFile: string;
  readonly user: DatabaseUser;
  readonly binaries: Binaries;
  readonly address: SocketAddress;
  /** Said on the server's command line, above what stands in the folder's own file. */
  readonly settings: Readonly<Record<string, string>>;
  /** No session may write unless it asks to, as while everything is read for a newer version. */
  readonly readOnly: boolean;
}

/** Above the port of the cluster that it will take the place of, whose socket lies in the same folder. */
const FILLING_PORT = SOCKET_PORT + 1;

export const liveFolder = ({ parent, cluster }: Pick<Site, "parent" | "cluster">): string =>
  join(parent, cluster);

/** The cluster in its place, made when there is none; with whether the settings on disk were other than ours until now. */
export async function makeLivePlace(
  site: Site,
): Promise<Result<{ readonly place: Place; readonly settingsChanged: boolean }, NotMade>> {
  return makePlace(site, liveFolder(site), SOCKET_PORT);
}

/** A new cluster in another folder, which runs beside the one in its place. */
export async function makeFillingPlace(
  site: Site,
  folder: string,
): Promise<Result<Place, NotMade>> {
  const made = await makePlace(site, folder, FILLING_PORT);
  return made.ok ? ok(made.value.place) : made;
}

async function makePlace(site: Site, folder: string, port: number) {
  const { cluster, user, binaries } = site;
  const made = await makeCluster(folder, user, binaries);
  if (!made.ok) return made;
  const address = await addressOf(site, port);
  const conf = await writeIfOther(
    join(folder, "postgresql.conf"),
    postgresqlConf(cluster, address.host),
  );
  const hba = await writeIfOther(join(folder, "pg_hba.conf"), PG_HBA);
  const settings: Record<string, string> = port === SOCKET_PORT ? {} : { port: String(port) };
  const place: Place = {
    ...beginning(site, binaries),
    folder,
    address,
    settings,
    readOnly: false,
  };
  return ok({ place, settingsChanged: conf || hba });
}

/** With the settings that its own Callroom wrote: ours may be unknown to it. Only the socket may have moved. */
export async function findOlderPlace(
  site: Site,
  major: number,
  { readOnly }: { readonly readOnly: boolean },
): Promise<Result<Place, NotMade>> {
  const folder = liveFolder(site);
  const binaries = await findOlderBinaries(site.binariesDir, major);
  if (binaries === null)
    return refuse({ type: "OtherMajor", folder, has: String(major), ours: site.binaries.major });
  const address = await addressOf(site, SOCKET_PORT);
  const settings = {
    listen_addresses: "",
    port: String(SOCKET_PORT),
    unix_socket_directories: address.host,
    ...(readOnly ? { default_transaction_read_only: "on" } : {}),
  };
  return ok({ ...beginning(site, binaries), folder, address, settings, readOnly });
}

function beginning({ cluster, parent, user }: Site, binaries: Binaries) {
  return { cluster, logFile: join(parent, `${cluster}.log`), user, binaries };
}

async function addressOf(site: Site, port: number): Promise<SocketAddress> {
  return socketAddress(site.cluster, await makeSocketFolder(liveFolder(site), site.user), port);
}

export function socketAddress(cluster: ClusterName, host: string, port: number): SocketAddress {
  return { host, port, user: "callroom", database: `callroom_${cluster}`, ssl: false };
}

async function writeIfOther(file: string, text: string): Promise<boolean> {
  if ((await readFile(file, "utf8").catch(() => null)) === text) return false;
  // Keeps the owner and mode that initdb gave it.
  await writeFile(file, text);
  return true;
}
