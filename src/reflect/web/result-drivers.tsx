/** The drivers somebody named, each with its cause, with what is theirs to try and what is not theirs to mend. */
import { Section } from "#design/section.tsx";
import type { Driver } from "#library/check-in.ts";
import { capital } from "#library/web/capital.ts";
import { words } from "./words.ts";
import style from "./result.module.css";

export function DriversTold({ drivers }: { readonly drivers: readonly Driver[] }) {
  return (
    <Section title={words.result.named} lead={words.result.namedLead}>
      <ul className={style["group"]}>
        {drivers.map((driver) => (
          <li key={driver.id} className={style["item"]}>
            <h3 className={style["name"]}>{capital(driver.text)}</h3>
            <p>{driver.cause}</p>
            <dl className={style["tracks"]}>
              <div>
                <dt>{words.result.mine}</dt>
                <dd>{driver.mine}</dd>
              </div>
              <div>
                <dt>{words.result.theirs}</dt>
                <dd>{driver.theirs}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </Section>
  );
}
