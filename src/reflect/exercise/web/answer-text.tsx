/** An answer as its rules tell it in Markdown, shown: paragraphs, lists and bold, which is all they use. */
import { Fragment } from "react";
import style from "./answer-text.module.css";

export function AnswerText({ markdown }: { readonly markdown: string }) {
  return (
    <div className={style["answer"]}>
      {markdown
        .trim()
        .split(/\n{2,}/)
        .map((block, i) => (
          <Block key={i} block={block} />
        ))}
    </div>
  );
}

function Block({ block }: { readonly block: string }) {
  const lines = block.split("\n");
  if (lines.every((line) => line.startsWith("- ")))
    return (
      <ul>
        {lines.map((line, i) => (
          <li key={i}>
            <Line text={line.slice(2)} />
          </li>
        ))}
      </ul>
    );
  if (lines.every((line) => /^\d+\. /.test(line)))
    return (
      <ol>
        {lines.map((line, i) => (
          <li key={i}>
            <Line text={line.replace(/^\d+\. /, "")} />
          </li>
        ))}
      </ol>
    );
  return (
    <p>
      <Line text={block} />
    </p>
  );
}

/** Line breaks are kept by the style. */
function Line({ text }: { readonly text: string }) {
  return text
    .split(/\*\*(.+?)\*\*/)
    .map((part, i) =>
      i % 2 === 1 ? <strong key={i}>{part}</strong> : <Fragment key={i}>{part}</Fragment>,
    );
}
