/** Background work that failed for good. A steward sees its kind, never what it held or whom it was for. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Awaited } from "#design/awaited.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Table, type Column } from "#design/table.tsx";
import { useToast } from "#design/toast.tsx";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { readFailedJobs, retryAllFailedJobs, retryFailedJob } from "../contract.ts";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

type FailedWork = AnswerOf<typeof readFailedJobs>;
type FailedJob = FailedWork["jobs"][number];

export function FailedJobs() {
  const text = words.failed;
  const asking = useAskedRoute(readFailedJobs);
  const toast = useToast();
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<FailedJob | null>(null);

  const act = async (which: string, doing: Promise<Result<unknown, WireRefusal>>, said: string) => {
    setBusy(which);
    setTrouble(null);
    const done = await doing;
    setBusy(null);
    setLeaving(null);
    if (done.ok) toast({ text: said });
    else setTrouble(refusalToWords(done.refusal));
    asking.again();
  };
  const retry = ({ id }: FailedJob) =>
    act(id, call(retryFailedJob, { params: { id }, body: { act: "retry" } }), text.retried);
  const letGo = ({ id }: FailedJob) =>
    act(id, call(retryFailedJob, { params: { id }, body: { act: "let-go" } }), text.gone);
  const retryAll = () => act("all", call(retryAllFailedJobs, { body: {} }), text.retriedAll);
  const failed = asking.asked.state === "here" ? asking.asked.answer.failed : 0;

  return (
    <Page
      title={text.title}
      lead={text.lead}
      width="wide"
      back={words.back}
      zone={readBy.stewards}
      action={
        failed > 1 ? (
          <Button
            kind="primary"
            busy={busy === "all"}
            busyText={words.busy}
            onClick={() => void retryAll()}
          >
            {text.retryAll}
          </Button>
        ) : undefined
      }
    >
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Awaited asking={asking} label={text.loading}>
        {(work) => (
          <WorkTable
            work={work}
            busy={busy}
            onRetry={(job) => void retry(job)}
            onLetGo={setLeaving}
          />
        )}
      </Awaited>
      <Dialog
        open={leaving !== null}
        title={text.letGoTitle}
        onClose={() => setLeaving(null)}
        actions={
          leaving !== null && (
            <>
              <Button onClick={() => setLeaving(null)}>{text.keep}</Button>
              <Button
                kind="danger"
                busy={busy === leaving.id}
                busyText={words.busy}
                onClick={() => void letGo(leaving)}
              >
                {text.letGo}
              </Button>
            </>
          )
        }
      >
        <p>
          {leaving !== null &&
            (leaving.task === "letter"
              ? text.letGoLetter
              : text.letGoOther(taskText(leaving.task)))}
        </p>
      </Dialog>
    </Page>
  );
}

interface Row {
  readonly job: FailedJob;
  readonly nth: number;
  readonly busy: boolean;
  readonly onRetry: (job: FailedJob) => void;
  readonly onLetGo: (job: FailedJob) => void;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "task", title: words.failed.task, head: true, cell: ({ job }) => taskText(job.task) },
  { key: "error", title: words.failed.error, cell: ({ job }) => errorText(job.error) },
  {
    key: "attempts",
    title: words.failed.attempts,
    cell: ({ job }) => words.failed.times(job.attempts),
  },
  {
    key: "act",
    title: words.failed.act,
    cell: ({ job, nth, busy, onRetry, onLetGo }) => (
      <Actions>
        <Button
          aria-label={words.failed.retryNamed(taskText(job.task), nth)}
          busy={busy}
          onClick={() => onRetry(job)}
        >
          {words.failed.retry}
        </Button>
        <Button
          kind="quiet"
          aria-label={words.failed.letGoNamed(taskText(job.task), nth)}
          onClick={() => onLetGo(job)}
        >
          {words.failed.letGo}
        </Button>
      </Actions>
    ),
  },
];

function WorkTable(props: {
  readonly work: FailedWork;
  readonly busy: string | null;
  readonly onRetry: (job: FailedJob) => void;
  readonly onLetGo: (job: FailedJob) => void;
}) {
  const text = words.failed;
  const { jobs, failed, waiting } = props.work;
  const { onRetry, onLetGo } = props;
  return (
    <>
      <Table
        caption={text.caption}
        hideCaption
        rows={jobs.map((job, at) => ({
          job,
          nth: at + 1,
          busy: props.busy === job.id,
          onRetry,
          onLetGo,
        }))}
        rowKey={({ job }) => job.id}
        empty={<EmptyState text={text.empty} />}
        columns={COLUMNS}
      />
      <p className={style["quiet"]}>
        {failed > jobs.length && `${text.firstOf(jobs.length, failed)} `}
        {text.waiting(waiting)}
      </p>
    </>
  );
}

function taskText(task: string): string {
  return words.failed.tasks[task] ?? words.failed.otherTask(task);
}

function errorText(kind: string | null): string {
  const text = words.failed;
  if (kind === null) return text.noError;
  const known = text.errors[kind];
  return known === undefined ? text.otherError(kind) : text.knownError(known, kind);
}
