/** A study in short: who, how, how many, what it found and what it can't tell. Never one without the others. */
import { Facts } from "#design/facts.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import type { EvidenceCard } from "../front-matter.ts";
import { words } from "./words.ts";
import style from "./learn.module.css";

export function EvidenceFacts({ card }: { readonly card: EvidenceCard }) {
  const text = words.evidence;
  return (
    <Section title={text.facts}>
      <Facts
        facts={[
          { term: text.study, value: `${card.study}, ${card.year}` },
          { term: text.people, value: card.n?.toLocaleString() ?? text.unknownPeople },
          { term: text.design, value: card.design },
          { term: text.dose, value: card.dose },
        ]}
      />
      <Points title={text.effect} texts={card.effect} />
      <Points title={text.limits} texts={card.limits} />
      <p className={style["meta"]}>
        {card.seen === "memory" && `${text.fromMemory} `}
        {text.checked(dayText(card.checked_on, "short"))}
      </p>
      {card.url !== undefined && (
        <p>
          <a href={card.url} rel="noreferrer">
            {text.link}
          </a>
        </p>
      )}
    </Section>
  );
}

export function Points({ title, texts }: { title: string; texts: readonly string[] }) {
  return (
    <div className={style["points"]}>
      <h3>{title}</h3>
      <ul className={style["pointList"]}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
