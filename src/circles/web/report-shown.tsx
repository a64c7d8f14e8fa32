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
              <Time at={atMinute(message.minute)} zone={hereZone()} form="short" />
            </p>
            <p className={style["text"]}>{textOf(message)}</p>
            {message.shownAs === "context" && <p className={style["small"]}>{words.context}</p>}
            {message.stamp === "right" && monthOf(message.minute) !== message.month && (
              <p className={style["small"]}>{words.takenIn(monthText(message.month))}</p>
            )}
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

/** Of the device's clock as the server counts months; at the turn of one they may differ by a moment. */
const monthOf = (minute: number): string => atMinute(minute).toString().slice(0, 7);

const monthText = (month: string): string =>
  Temporal.PlainDate.from(`${month}-01`).toLocaleString(undefined, {
    month: "long",
    year: "numeric",
  });

const atMinute = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);

const textOf = ({ content }: JudgedMessage): string =>
  "text" in content ? content.text : words.said[content.kind];
