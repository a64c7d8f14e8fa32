/** Too few fit: which single wish, let go, would bring how many. Nothing on the conflict list is ever among them. */
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Section } from "#design/section.tsx";
import { minorUnitsToPriceText } from "../../directory/price-text.ts";
import type { Preferences } from "../preferences.ts";
import type { Relaxation } from "../relaxation.ts";
import { relaxed } from "../relaxed.ts";
import { words } from "./words.ts";
import style from "./offers.module.css";

export function Relaxations(props: {
  readonly relaxations: readonly Relaxation[];
  readonly preferences: Preferences;
  readonly onLetGo: (relaxation: Relaxation) => void;
}) {
  const { relaxations, preferences, onLetGo } = props;
  const text = words.offers;
  return (
    <Section title={text.relax} lead={text.relaxLead}>
      <ul className={style["relaxations"]} role="list">
        {relaxations.map((relaxation) => {
          const { constraint, brings } = relaxation;
          const isOneTap = relaxed(preferences, relaxation) !== null;
          return (
            <li key={constraint} className={style["relaxation"]}>
              <p>
                <span className={style["wish"]}>{wishText(relaxation, isOneTap)}</span>
                {": "}
                {text.brings(brings)}
                {detailText(relaxation)}
              </p>
              {isOneTap ? (
                <Button onClick={() => onLetGo(relaxation)}>{text.letGo[constraint]}</Button>
              ) : (
                <LinkButton href={`/coach/match?change#${constraint}`}>
                  {constraint === "hours" ? text.markOthers : text.letGo[constraint]}
                </LinkButton>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function wishText({ constraint }: Relaxation, isOneTap: boolean): string {
  const text = words.offers;
  return constraint === "hours" && !isOneTap ? text.otherHours : text.relaxations[constraint];
}

function detailText(relaxation: Relaxation): string {
  const text = words.offers;
  if (relaxation.constraint === "hours")
    return relaxation.hoursAWeek > 0 ? `, ${text.upTo(relaxation.hoursAWeek)}` : "";
  if (relaxation.constraint !== "price") return "";
  const prices = relaxation.lowest.map(({ currency, minorUnitsPerSession }) =>
    minorUnitsToPriceText(minorUnitsPerSession, currency, undefined),
  );
  return `, ${text.from(prices)}`;
}
