/**
 * A form's items as they stand in the file: groups, texts, and questions whose answers can be taken back. What a
 * condition leaves out is not there at all.
 */
import { Fragment, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { SelectField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { CrisisPanel } from "../../web/crisis-panel.tsx";
import type { Answer, Display, FormItem, Group, Question } from "../form.ts";
import { isEnabled } from "../form-conditions.ts";
import type { Instrument } from "../instrument.ts";
import { answerTo, askedAfter, type InstrumentAnswers } from "../instrument-score.ts";
import { words } from "./words.ts";
import style from "./instrument.module.css";

/** More numbers than this are picked from a list. */
const MOST_ROWS = 11;

interface Filling {
  readonly instrument: Instrument;
  readonly answers: InstrumentAnswers;
  /** LinkIds whose answers open the crisis panel. */
  readonly caring: ReadonlySet<string>;
  readonly onAnswer: (linkId: string, answer: Answer | null) => void;
}

export function FormItems(props: Filling) {
  const asked = new Set(
    [...askedAfter(props.instrument, props.answers)].map((each) => each.question),
  );
  const answerOf = (linkId: string): Answer | null => {
    const before = props.instrument.askedByLinkId.get(linkId)?.question;
    return before !== undefined && asked.has(before) ? answerTo(props.answers, linkId) : null;
  };
  const shown = (item: FormItem) => isEnabled(item.enabling, answerOf);
  const draw = (items: readonly FormItem[], level: 2 | 3): ReactNode =>
    items.filter(shown).map((item) => {
      if (item.kind === "display") return <Said key={item.linkId} item={item} />;
      if (item.kind !== "group") return <QuestionOf key={item.linkId} question={item} {...props} />;
      return (
        <GroupOf key={item.linkId} group={item} level={level}>
          {draw(item.items, 3)}
        </GroupOf>
      );
    });
  return <div className={style["items"]}>{draw(props.instrument.form.items, 2)}</div>;
}

function GroupOf(props: {
  readonly group: Group;
  readonly level: 2 | 3;
  readonly children: ReactNode;
}) {
  const { group, level, children } = props;
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={style["group"]}>
      {group.text !== "" && <Heading>{withPrefix(group)}</Heading>}
      {children}
    </section>
  );
}

const Said = ({ item }: { readonly item: Display }) => (
  <p className={style["said"]}>{withPrefix(item)}</p>
);

function QuestionOf({ question, answers, caring, onAnswer }: Filling & { question: Question }) {
  const answer = answerTo(answers, question.linkId);
  const field = {
    label: withPrefix(question),
    zone: readBy.onlyYou,
    hint: question.required ? words.wished : undefined,
  };
  const options = optionsOf(question);
  const value = answer === null ? null : String(answer);
  const pick = (picked: string) =>
    onAnswer(question.linkId, options.find((option) => option.value === picked)?.answer ?? null);
  return (
    <Fragment>
      <div className={style["question"]}>
        {options.length > MOST_ROWS ? (
          <SelectField
            {...field}
            options={options}
            value={value ?? ""}
            emptyText={words.pick}
            onChange={pick}
          />
        ) : (
          <Choice {...field} options={options} value={value} onChange={pick} />
        )}
        {answer !== null && (
          <Button
            kind="quiet"
            aria-label={words.clearNamed(question.text)}
            onClick={() => onAnswer(question.linkId, null)}
          >
            {words.clear}
          </Button>
        )}
      </div>
      {caring.has(question.linkId) && <CrisisPanel />}
    </Fragment>
  );
}

interface Shown {
  readonly value: string;
  readonly text: string;
  readonly answer: Answer;
}

function optionsOf(question: Question): readonly Shown[] {
  switch (question.kind) {
    case "boolean":
      return [
        { value: "true", text: words.yes, answer: true },
        { value: "false", text: words.no, answer: false },
      ];
    case "integer":
      return Array.from({ length: question.max - question.min + 1 }, (_, index) => {
        const answer = question.min + index;
        return { value: String(answer), text: String(answer), answer };
      });
    case "choice":
      return question.options.map(({ answer, text }) => ({ value: String(answer), text, answer }));
  }
}

const withPrefix = ({ prefix, text }: Pick<FormItem, "prefix" | "text">): string =>
  prefix === null ? text : `${prefix} ${text}`;
