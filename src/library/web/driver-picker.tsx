/** The drivers a person can name, in their groups. Picking one more than may be picked is refused in words. */
import { useState } from "react";
import { Choices } from "#design/choices.tsx";
import { Notice } from "#design/notice.tsx";
import type { Readership } from "#design/readership.ts";
import type { Driver, Drivers } from "../check-in.ts";
import { capital } from "./capital.ts";
import { words } from "./words.ts";
import style from "./driver-picker.module.css";

export interface DriverPickerProps {
  readonly drivers: Drivers;
  readonly zone: Readership;
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
  readonly atMost?: number | undefined;
}

export function DriverPicker({ drivers, zone, picked, onChange, atMost }: DriverPickerProps) {
  const [isRefused, setIsRefused] = useState(false);
  const groups = [...new Set(drivers.drivers.map(({ group }) => group))];
  const change = (group: Driver["group"], values: readonly string[]) => {
    const others = picked.filter((id) => groupOf(drivers, id) !== group);
    const next = [...others, ...values];
    // What was picked first stays first: the order is the person's own.
    const ordered = [
      ...picked.filter((id) => next.includes(id)),
      ...next.filter((id) => !picked.includes(id)),
    ];
    if (atMost !== undefined && ordered.length > atMost) {
      setIsRefused(true);
      return;
    }
    setIsRefused(false);
    onChange(ordered);
  };
  return (
    <div className={style["picker"]}>
      {groups.map((group) => (
        <Choices
          key={group}
          label={words.groups[group]}
          zone={zone}
          columns={2}
          options={drivers.drivers
            .filter((driver) => driver.group === group)
            .map(({ id, text }) => ({ value: id, text: capital(text) }))}
          values={picked.filter((id) => groupOf(drivers, id) === group)}
          onChange={(values) => change(group, values)}
        />
      ))}
      <div className={style["count"]} role="status" data-refused={isRefused ? "" : undefined}>
        {isRefused && atMost !== undefined ? (
          <Notice>{words.full(atMost)}</Notice>
        ) : (
          <p>
            {atMost === undefined
              ? words.pickedSome(picked.length)
              : words.picked(picked.length, atMost)}
          </p>
        )}
      </div>
    </div>
  );
}

const groupOf = (drivers: Drivers, id: string): Driver["group"] | undefined =>
  drivers.drivers.find((driver) => driver.id === id)?.group;
