/** Who is here, how, and how long each has spoken: told to all, so that all can leave room. */
import { Section } from "#design/section.tsx";
import type { LivePerson } from "./live-state.ts";
import type { LiveViewProps, NameOf } from "./live-view.tsx";
import { words } from "./live-words.ts";
import style from "./live.module.css";

const text = words.people;

export function LivePeople(
  props: Pick<LiveViewProps, "live" | "state"> & { readonly nameOf: NameOf },
) {
  const { state, nameOf } = props;
  const { people, away, stage } = state;
  const most = Math.max(60, ...people.map(({ seconds }) => seconds));
  return (
    <Section title={text.title}>
      <ul className={style["people"]}>
        {people.map((person) => (
          <li
            key={person.pseudonym}
            className={style["person"]}
            data-speaking={person.isSpeaking}
            data-turn={stage.turn === person.pseudonym}
          >
            <p className={style["name"]}>
              <strong>{nameOf(person.pseudonym)}</strong>
              {person.isOwn && ` (${text.you})`}{" "}
              <span className={style["how"]}>{howText(person)}</span>
            </p>
            <p className={style["spoken"]}>{spokenText(person.seconds)}</p>
            <div className={style["track"]} aria-hidden="true">
              <div
                className={style["share"]}
                style={{ inlineSize: `${(100 * person.seconds) / most}%` }}
              />
            </div>
          </li>
        ))}
      </ul>
      {people.length === 1 && <p>{text.nobody}</p>}
      {away.length > 0 && (
        <p className={style["quiet"]}>{text.away(away.map(nameOf).join(", "))}</p>
      )}
      <p className={style["quiet"]}>{text.share}</p>
    </Section>
  );
}

function howText({ voice, isSpeaking, hand, sound }: LivePerson): string {
  return [
    isSpeaking ? text.speaking : text.voice[voice],
    hand === null ? "" : text.hand,
    sound === null ? "" : text.sound[sound],
  ]
    .filter((each) => each !== "")
    .join(", ");
}

const spokenText = (seconds: number) =>
  `${text.spoken} ${text.spokenFor(Math.floor(seconds / 60), seconds % 60)}`;
