/** Each promise in plain words, whom it holds against, the command that proves it, and the limits. */
import { Facts } from "#design/facts.tsx";
import { Page } from "#design/page.tsx";
import { Command } from "./command.tsx";
import { promises, words } from "./promises-words.ts";
import style from "./promises.module.css";

export function Promises() {
  return (
    <Page title={words.title} lead={words.lead} back={{ href: "/", text: words.back }}>
      <div className={style["how"]}>
        <p>{words.how}</p>
        <Command text={words.allCommand} />
      </div>
      <ol className={style["promises"]}>
        {promises.map((each) => (
          <li key={each.proof} id={each.proof} className={style["promise"]}>
            <h2 className={style["title"]}>{each.promise}</h2>
            <Facts
              facts={[
                { term: words.against, value: each.against },
                { term: words.kept, value: each.kept },
                { term: words.proved, value: each.proved },
                {
                  term: words.commandTerm,
                  value: <Command text={words.command(each.proof)} />,
                },
              ]}
            />
          </li>
        ))}
      </ol>
      <section id="limits" className={style["limits"]} aria-labelledby="limits-title">
        <h2 id="limits-title" className={style["title"]}>
          {words.limits.title}
        </h2>
        <dl className={style["limitList"]}>
          {words.limits.items.map((limit) => (
            <div key={limit.title}>
              <dt>{limit.title}</dt>
              <dd>{limit.text}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Page>
  );
}
