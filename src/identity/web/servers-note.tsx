/** Says so where the operator keeps the named and the nameless database on one server: the wall is then thinner. */
import { useEffect, useState } from "react";
import { Notice } from "#design/notice.tsx";
import { call } from "#platform/web/api.ts";
import { community } from "../contract.ts";
import { words } from "./words.ts";

export function ServersNote() {
  const [isOneServer, setIsOneServer] = useState(false);
  useEffect(() => {
    void call(community, {}).then((read) => setIsOneServer(read.ok && read.value.oneServer));
  }, []);
  return isOneServer && <Notice kind="warm">{words.account.oneServer}</Notice>;
}
