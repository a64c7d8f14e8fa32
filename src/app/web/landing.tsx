/**
 * What a stranger sees first: what this is, and a door. Only this part is in the first file the browser
 * loads; the rest of the page follows it.
 */
import { startTransition, Suspense, useEffect, useState } from "react";
import { LinkButton } from "#design/link-button.tsx";
import { useArrivalFocus } from "#design/page.tsx";
import { lazyScreen } from "./lazy-screen.ts";
import { LandingDoor } from "./landing-door.tsx";
import { words } from "./landing-words.ts";
import style from "./landing.module.css";

const LandingRest = lazyScreen(() => import("./landing-rest.tsx"), "LandingRest");

export function Landing() {
  const isPainted = useIsPainted();
  const heading = useArrivalFocus();
  return (
    <main id="main" tabIndex={-1} className={style["landing"]}>
      <section className={style["hero"]}>
        <div className={style["say"]}>
          <h1 ref={heading} tabIndex={-1} className={style["title"]}>
            {words.title}
          </h1>
          <p className={style["lead"]}>{words.lead}</p>
          <div className={style["actions"]}>
            <LinkButton kind="primary" href="/sign-in">
              {words.signIn}
            </LinkButton>
            <LinkButton href="/promises">{words.proof}</LinkButton>
          </div>
          <p className={style["invitation"]}>{words.invitation}</p>
        </div>
        <LandingDoor />
      </section>
      <Suspense fallback={<div className={style["rest"]} />}>
        {isPainted ? <LandingRest /> : <div className={style["rest"]} />}
      </Suspense>
    </main>
  );
}

/** True once the browser has drawn what was rendered: only then is the rest asked for. */
function useIsPainted(): boolean {
  const [isPainted, setIsPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setIsPainted(true)), 50);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted;
}
