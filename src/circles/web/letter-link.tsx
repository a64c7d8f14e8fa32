/**
 * The way to the weekly letter's setting, and no more than a way: asked for from here, the account that asks would
 * be the pseudonym that is here.
 */
import { Link } from "wouter";
import { words } from "./words.ts";
import style from "./circles.module.css";

export function LetterLink() {
  return (
    <p className={style["quiet"]}>
      {words.letter.text} <Link href="/account#weekly-letter">{words.letter.link}</Link>
    </p>
  );
}
