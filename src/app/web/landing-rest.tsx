/** The landing page below the first screen: the path, the proofs, the limits, what this is not. */
import { Link } from "wouter";
import { LinkButton } from "#design/link-button.tsx";
import { promises } from "./promises-words.ts";
import { words } from "./landing-rest-words.ts";
import style from "./landing.module.css";

export function LandingRest() {
  return (
    <div className={style["rest"]}>
      <ThirdPath />
      <Proofs />
      <Limits />
      <WhatItIsNot />
    </div>
  );
}

function ThirdPath() {
  const { title, lead, steps } = words.third;
  return (
    <section className={style["part"]} aria-labelledby="third">
      <div className={style["partHead"]}>
        <h2 id="third">{title}</h2>
        <p>{lead}</p>
      </div>
      <ol className={style["steps"]}>
        {steps.map((step) => (
          <li key={step.title}>
            <h3>{step.title}</h3>
            <p>{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Proofs() {
  const { title, lead, all } = words.proofs;
  return (
    <section className={style["part"]} aria-labelledby="proofs">
      <div className={style["partHead"]}>
        <h2 id="proofs">{title}</h2>
        <p>{lead}</p>
      </div>
      <div>
        <ul className={style["proofs"]}>
          {promises.map(({ proof, promise }) => (
            <li key={proof}>
              <span>{promise}</span>
              <code>{proof}</code>
            </li>
          ))}
        </ul>
        <p className={style["more"]}>
          <Link href="/promises">{all}</Link>
        </p>
      </div>
    </section>
  );
}

function Limits() {
  const { title, lead, link } = words.limits;
  return (
    <section className={style["part"]} aria-labelledby="limits">
      <div className={style["partHead"]}>
        <h2 id="limits">{title}</h2>
      </div>
      <div>
        <p>{lead}</p>
        <p className={style["more"]}>
          <Link href="/promises#limits">{link}</Link>
        </p>
      </div>
    </section>
  );
}

function WhatItIsNot() {
  const { not, who } = words;
  return (
    <>
      <section className={style["part"]} aria-labelledby="not">
        <div className={style["partHead"]}>
          <h2 id="not">{not.title}</h2>
        </div>
        <ul className={style["nots"]}>
          {not.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </section>
      <section className={style["part"]} aria-labelledby="who">
        <div className={style["partHead"]}>
          <h2 id="who">{who.title}</h2>
        </div>
        <p>{who.text}</p>
      </section>
      <section className={style["crisis"]} aria-labelledby="crisis">
        <h2 id="crisis">{not.crisis}</h2>
        <p>{not.crisisText}</p>
        <LinkButton href="/crisis">{not.crisisLink}</LinkButton>
      </section>
    </>
  );
}
