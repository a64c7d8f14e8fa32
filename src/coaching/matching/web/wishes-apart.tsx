/** Whom the member must never be offered: colleagues, people, places, and the cards they pointed at. */
import { Button } from "#design/button.tsx";
import { TextArea } from "#design/field.tsx";
import { GroupFrame } from "#design/field-frame.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { neverOffered, withNever, withoutNever } from "../kept-match.ts";
import { useMatch } from "./kept.ts";
import { faultIn } from "./wish-faults.ts";
import type { WishesPartProps } from "./wishes-hard.tsx";
import { words } from "./words.ts";
import style from "./wishes.module.css";

export function WishesApart({ form, faults, coaches, onChange }: WishesPartProps) {
  const text = words.wishes;
  const fields = [
    ["ownEmployers", text.ownEmployers, text.ownEmployersHint],
    ["people", text.people, text.peopleHint],
    ["employers", text.employers, text.employersHint],
  ] as const;
  return (
    <div id="apart">
      <Section title={text.apart} lead={text.apartLead}>
        {fields.map(([field, label, hint]) => (
          <TextArea
            key={field}
            label={label}
            zone={readBy.onlyYou}
            hint={hint}
            optional
            error={faultIn(faults, field)}
            value={form[field]}
            rows={1}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            onChange={(typed) => onChange((before) => ({ ...before, [field]: typed }))}
          />
        ))}
        <Cards nameOf={(id) => coaches.find((coach) => coach.id === id)?.name ?? text.goneCoach} />
      </Section>
    </div>
  );
}

/** Not part of the draft: on the list at once, and off it at once. */
function Cards({ nameOf }: { nameOf: (id: string) => string }) {
  const { kept, put } = useMatch();
  const toast = useToast();
  const text = words.wishes;
  const cards = neverOffered(kept);
  if (cards.length === 0) return null;
  return (
    <GroupFrame zone={readBy.onlyYou} label={text.cards}>
      <ul className={style["cards"]}>
        {cards.map((id) => (
          <li key={id} className={style["card"]}>
            {nameOf(id)}
            <Button
              kind="quiet"
              onClick={() => {
                void put(withoutNever(kept, id));
                toast({
                  text: text.takenOff(nameOf(id)),
                  undo: { text: words.undo, run: () => void put(withNever(kept, id)) },
                });
              }}
            >
              <Icon name="close" />
              <VisuallyHidden>{text.takeOff(nameOf(id))}</VisuallyHidden>
            </Button>
          </li>
        ))}
      </ul>
    </GroupFrame>
  );
}
