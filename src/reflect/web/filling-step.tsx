/**
 * What every step of a check-in has round it: how far along one is and who can read it above, the ways on
 * and back within reach of the thumb below, and the crisis lines in sight once an answer has called for them.
 */
import { Link } from "wouter";
import type { ReactNode, Ref } from "react";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { tellHeight } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Steps } from "#design/steps.tsx";
import { ZoneMark, ZoneSaid } from "#design/zone-mark.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { AsideLine, type Aside } from "./filling-aside.tsx";
import { stepCount } from "../filling-place.ts";
import { words } from "./words.ts";
import style from "./filling.module.css";

export interface FillingStepProps {
  readonly checkIn: CheckIn;
  /** 1 for the first question. */
  readonly at: number;
  readonly aside?: Aside | undefined;
  readonly onBack: () => void;
  /** An answer has called for care: the lines stay in sight to the end. */
  readonly hasCare: boolean;
  readonly onGoOn: ReactNode;
  /** True where the page is long, so that the way on stays in sight. */
  readonly isLong?: boolean | undefined;
  readonly page?: Ref<HTMLElement> | undefined;
  readonly children: ReactNode;
}

export function FillingStep(props: FillingStepProps) {
  const { checkIn, at, aside, onBack, hasCare, onGoOn, isLong, page, children } = props;
  return (
    <main id="main" tabIndex={-1} className={style["step"]} ref={page}>
      <div className={style["head"]}>
        <Steps at={at} of={stepCount(checkIn)} text={checkIn.title} />
        <ZoneMark of={readBy.onlyYou} />
        <AsideLine aside={aside} />
      </div>
      <ZoneSaid zone={readBy.onlyYou}>{children}</ZoneSaid>
      <div
        className={style["ways"]}
        data-long={isLong === true ? "" : undefined}
        ref={isLong === true ? tellHeight : undefined}
      >
        <Button kind="quiet" icon={<Icon name="back" />} onClick={onBack}>
          {words.filling.back}
        </Button>
        {hasCare && (
          <Link href="/crisis" className={style["reminder"]}>
            {words.filling.lines}
          </Link>
        )}
        {onGoOn}
      </div>
    </main>
  );
}
