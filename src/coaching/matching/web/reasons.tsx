/** Why this coach: what they share with the member, one a line; what was asked of everybody, in one line. */
import { Icon } from "#design/icon.tsx";
import { minorUnitsToPriceText } from "../../directory/price-text.ts";
import { languageName, termName, vocabulary } from "../../directory/web/vocabulary.ts";
import { words as cardWords } from "../../directory/web/words.ts";
import type { Reason } from "../score.ts";
import { words } from "./words.ts";
import style from "./offers.module.css";

export function Reasons(props: {
  readonly reasons: readonly Reason[];
  /** The member said that any hour will do. */
  readonly isAnyTime: boolean;
}) {
  const said = props.reasons.map((reason) => reasonText(reason, props.isAnyTime));
  const shared = said.filter(({ isShared }) => isShared);
  const asked = said.filter(({ isShared }) => !isShared);
  return (
    <div className={style["reasons"]}>
      {shared.length > 0 && (
        <ul role="list" aria-label={words.offers.reasons}>
          {shared.map(({ text }) => (
            <li key={text} className={style["shared"]}>
              <Icon name="check" />
              {text}
            </li>
          ))}
        </ul>
      )}
      <p className={style["asked"]}>
        {(shared.length > 0 ? words.offers.also : words.offers.fits)(asked.map(({ text }) => text))}
      </p>
    </div>
  );
}

function reasonText(reason: Reason, isAnyTime: boolean): { text: string; isShared: boolean } {
  const text = words.offers;
  const shared = (words: string) => ({ text: words, isShared: true });
  const asked = (words: string) => ({ text: words, isShared: false });
  switch (reason.type) {
    case "SharesLivedExperience":
      return shared(text.lived(termName(vocabulary.livedExperiences, reason.what)));
    case "CoachesYourStage":
      return shared(text.stage(cardWords.stages[reason.stage]));
    case "SharesSpecialty":
      return shared(text.specialty(termName(vocabulary.specialties, reason.specialty)));
    case "HasStyle":
      return shared(text.style(termName(vocabulary.styles, reason.style)));
    case "CoachesYourPath":
      return asked(text.path(cardWords.paths[reason.path]));
    case "SpeaksYourLanguage":
      return asked(text.language(languageName(reason.language)));
    case "SharesHours":
      return asked(
        reason.hoursAWeek === 1
          ? text.oneHour(isAnyTime)
          : text.hours(reason.hoursAWeek.toLocaleString(), isAnyTime),
      );
    case "OffersModality":
      return asked(words.modalities[reason.modality]);
    case "IsWithinPrice": {
      const { minorUnitsPerSession, currency } = reason.price;
      return asked(
        minorUnitsPerSession === 0
          ? cardWords.card.given.toLowerCase()
          : text.price(minorUnitsToPriceText(minorUnitsPerSession, currency, undefined)),
      );
    }
  }
}
