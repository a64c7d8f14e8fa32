/** One line to call or write to: who answers, when, how, and when its number was last checked. */
import { Icon } from "#design/icon.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { dayText } from "#design/time.tsx";
import type { CrisisLine } from "#library/crisis.ts";
import { words } from "./crisis-words.ts";
import style from "./crisis.module.css";

type Way = CrisisLine["ways"][number];

export function CrisisLineCard(props: {
  readonly line: CrisisLine;
  readonly unverifiedNote: string;
  /** In a panel: the name, the hours, and the ways that reach a person at once. */
  readonly brief?: boolean | undefined;
}) {
  const { line, unverifiedNote, brief = false } = props;
  const spoken = line.ways.filter(({ by }) => by !== "web");
  const ways = brief && spoken.length > 0 ? spoken : line.ways;
  return (
    <li className={style["line"]} data-kind={line.kind}>
      <div className={style["said"]}>
        <h3 className={style["name"]}>
          {line.name}
          {line.region !== undefined && <span className={style["region"]}> {line.region}</span>}
        </h3>
        <p className={style["hours"]}>{line.hours}</p>
        {!brief && <p>{line.about}</p>}
      </div>
      <ul className={style["ways"]} aria-label={words.waysOf(line.name)}>
        {ways.map((way) => (
          <li key={wayText(way)}>
            <LinkButton
              href={wayHref(way)}
              external
              kind={line.kind === "emergency" ? "primary" : "secondary"}
              icon={way.by === "call" ? <Icon name="phone" /> : undefined}
            >
              {wayText(way)}
            </LinkButton>
          </li>
        ))}
      </ul>
      <p className={style["printed"]} data-print="only">
        {ways.map(wayText).join(" · ")}
      </p>
      {!brief && (
        <p className={style["checked"]}>
          {line.verified && line.verified_on !== undefined
            ? words.checked(dayText(line.verified_on, "short"))
            : unverifiedNote}
        </p>
      )}
      {brief && !line.verified && <p className={style["checked"]}>{unverifiedNote}</p>}
    </li>
  );
}

function wayText(way: Way): string {
  switch (way.by) {
    case "call":
      return words.call(way.number);
    case "text":
      return way.word === undefined ? words.text(way.number) : words.textWord(way.word, way.number);
    case "web":
      return new URL(way.url).host.replace(/^www\./, "");
  }
}

function wayHref(way: Way): string {
  switch (way.by) {
    case "call":
      return `tel:${digits(way.number)}`;
    case "text":
      // The empty field after the question mark is what lets both families of phones read the word.
      return way.word === undefined
        ? `sms:${digits(way.number)}`
        : `sms:${digits(way.number)}?&body=${encodeURIComponent(way.word)}`;
    case "web":
      return way.url;
  }
}

const digits = (number: string): string => number.replaceAll(/[^0-9]/g, "");
