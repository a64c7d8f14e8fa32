/** What a report shows, message by message, with how sure it is. */
import { Notice } from "#design/notice.tsx";
import { hereZone, Time } from "#design/time.tsx";
import { sendersIn, type JudgedMessage, type JudgedReport } from "./report-judging.ts";
import { words } from "./report-words.ts";
import style from "./reports.module.css";

export function ReportShown({ judged }: { readonly judged: JudgedReport }) {
  const senders = sendersIn(judged);
  return (
    <div className={style["report"]}>
      <Notice kind={judged.isTrue ? "info" : "warm"}>
        <p>{judged.isTrue ? words.isTrue : words.isUnsure}</p>
      </Notice>
      <ol className={style["messages"]}>
        {judged.messages.map((message) => (
          <li key={message.id} className={style["message"]}>
            <p className={style["head"]}>
              {words.writer(senders.indexOf(message.sender) + 1)}{" "}
              <Time
                at={Temporal.Instant.fromEpochMilliseconds(message.minute * 60_000)}
                zone={hereZone()}
                form="short"
              />
            </p>
            <p className={style["text"]}>{textOf(message)}</p>
            {message.shownAs === "context" && <p className={style["small"]}>{words.context}</p>}
            {message.stamp !== "right" && (
              <p className={style["small"]}>{words.unsure[message.stamp]}</p>
            )}
          </li>
        ))}
      </ol>
      {judged.note !== "" && (
        <>
          <h4 className={style["noteHead"]}>{words.note}</h4>
          <p className={style["text"]}>{judged.note}</p>
        </>
      )}
    </div>
  );
}

const textOf = ({ content }: JudgedMessage): string =>
  "text" in content ? content.text : words.said[content.kind];
