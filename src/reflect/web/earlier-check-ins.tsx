/** The check-ins that were kept, newest first; the first few, and the rest when asked for. */
import { useState } from "react";
import { Link } from "wouter";
import { Button } from "#design/button.tsx";
import { dayText } from "#design/time.tsx";
import type { KeptCheckIn } from "./kept-check-ins.ts";
import { words } from "./words.ts";
import style from "./reflect.module.css";

const FIRST = 6;

export function EarlierCheckIns({ checkIns }: { readonly checkIns: readonly KeptCheckIn[] }) {
  const [isAllShown, setIsAllShown] = useState(false);
  const shown = isAllShown ? checkIns : checkIns.slice(0, FIRST);
  return (
    <>
      <ul className={style["earlier"]}>
        {shown.map((kept) => (
          <li key={kept.id}>
            <Link href={`/reflect/result/${kept.id}`} className={style["row"]}>
              <span>{dayText(kept.on, "full")}</span>
              <span className={style["kind"]}>{words.home.kinds[kept.kind]}</span>
            </Link>
          </li>
        ))}
      </ul>
      {shown.length < checkIns.length && (
        <Button kind="quiet" onClick={() => setIsAllShown(true)}>
          {words.home.more}
        </Button>
      )}
    </>
  );
}
