/** The three steps of picking: what weighs, what is wanted, and whether something else should come first. */
import { useState, type ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { Choices } from "#design/choices.tsx";
import { Icon } from "#design/icon.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Steps } from "#design/steps.tsx";
import { dayText } from "#design/time.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { DriverPicker } from "#library/web/driver-picker.tsx";
import drivers from "virtual:content/check-in/drivers";
import rules from "virtual:content/paths/rules";
import type { Picking } from "./kept-findings.ts";
import type { LatestCheckIn } from "./path-finder.tsx";
import { words } from "./words.ts";
import style from "./plan.module.css";

export type Sealing = "not-yet" | "under-way" | "not-kept";

const STEPS = ["drivers", "wants", "care"] as const;

interface PickingProps {
  readonly picking: Picking;
  readonly checkIn: LatestCheckIn | null;
  readonly crisis: ReactNode;
  readonly sealing: Sealing;
  readonly onChange: (picking: Picking) => void;
  readonly onFinish: () => void;
  /** Where paths were found before: back to them, with nothing changed. */
  readonly onLeaveAsWas: (() => void) | undefined;
}

export function PickingSteps(props: PickingProps) {
  const [at, setAt] = useState(0);
  const step = STEPS[at]!;
  const isLast = at === STEPS.length - 1;
  const go = (to: number) => {
    setAt(to);
    scrollTo(0, 0);
  };
  return (
    <Page
      key={step}
      title={words.picking[step]}
      lead={rules.ask[step]}
      zone={readBy.onlyYou}
      back={at === 0 ? { href: "/plan", text: words.picking.leave } : undefined}
      action={
        <Actions>
          <Button
            kind="primary"
            busy={props.sealing === "under-way"}
            busyText={words.picking.finishing}
            onClick={() => (isLast ? props.onFinish() : go(at + 1))}
          >
            {isLast ? words.picking.finish : words.picking.next}
          </Button>
          {at === 0 && props.onLeaveAsWas !== undefined && (
            <Button kind="quiet" onClick={props.onLeaveAsWas}>
              {words.picking.leaveAsWas}
            </Button>
          )}
          {at > 0 && (
            <Button kind="quiet" icon={<Icon name="back" />} onClick={() => go(at - 1)}>
              {words.picking.back}
            </Button>
          )}
        </Actions>
      }
    >
      <Steps at={at + 1} of={STEPS.length} text={words.picking.step} />
      {step === "drivers" && <DriversStep {...props} />}
      {step === "wants" && <WantsStep {...props} />}
      {step === "care" && <CareStep {...props} />}
      {props.sealing === "not-kept" && (
        <Notice kind="refusal">
          <p>{words.picking.notKept}</p>
        </Notice>
      )}
    </Page>
  );
}

function DriversStep({ picking, checkIn, onChange }: PickingProps) {
  const isTaken =
    checkIn !== null &&
    checkIn.drivers.length > 0 &&
    checkIn.drivers.every((id) => picking.drivers.includes(id));
  return (
    <>
      {isTaken && (
        <p className={style["quiet"]}>{words.picking.taken(dayText(checkIn.on, "short"))}</p>
      )}
      <DriverPicker
        drivers={drivers}
        zone={readBy.onlyYou}
        picked={picking.drivers}
        onChange={(picked) => onChange({ ...picking, drivers: picked })}
      />
    </>
  );
}

function WantsStep({ picking, onChange }: PickingProps) {
  return (
    <Choices
      label={words.picking.wantsLabel}
      zone={readBy.onlyYou}
      columns={2}
      options={rules.wants.map(({ id, text }) => ({ value: id, text }))}
      values={picking.wants}
      onChange={(wants) => onChange({ ...picking, wants })}
    />
  );
}

function CareStep({ picking, checkIn, crisis, onChange }: PickingProps) {
  const isCrisis = rules.care.some((signal) => signal.crisis && picking.care.includes(signal.id));
  return (
    <>
      <Choices
        label={words.picking.careLabel}
        zone={readBy.onlyYou}
        options={rules.care.map(({ id, text }) => ({ value: id, text }))}
        values={picking.care}
        onChange={(care) => onChange({ ...picking, care })}
      />
      <div role="status">
        {isCrisis && <VisuallyHidden>{words.picking.careShown}</VisuallyHidden>}
      </div>
      {isCrisis && crisis}
      {checkIn !== null && Object.keys(checkIn.bands).length > 0 && (
        <Checkbox
          label={words.picking.withCheckIn(dayText(checkIn.on, "short"))}
          zone={readBy.onlyYou}
          hint={words.picking.withCheckInHint}
          checked={picking.withCheckIn}
          onChange={(withCheckIn) => onChange({ ...picking, withCheckIn })}
        />
      )}
    </>
  );
}
