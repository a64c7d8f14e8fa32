/** The community's questionnaires among the ways of Reflect; nothing at all where there are none. */
import { Card } from "#design/card-list.tsx";
import { dayText } from "#design/time.tsx";
import { useInstruments } from "./community-instruments.ts";
import { useKeptInstruments } from "./kept-instruments.ts";
import { words } from "./words.ts";

export function InstrumentCards() {
  const [instruments] = useInstruments();
  const kept = useKeptInstruments();
  if (instruments.at !== "here") return null;
  return instruments.instruments.map(({ id, form, asked }) => {
    const last = kept.find(({ instrument }) => instrument === id);
    return (
      <Card
        key={id}
        title={form.title}
        href={`/reflect/instrument/${id}`}
        meta={words.card(asked.length)}
      >
        <p>{last === undefined ? words.cardNever : words.cardLast(dayText(last.on, "short"))}</p>
      </Card>
    );
  });
}
