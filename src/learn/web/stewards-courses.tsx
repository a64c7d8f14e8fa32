/** For stewards: adds courses to the catalogue that every member sees, and takes them off. */
import { useState } from "react";
import { Awaited } from "#design/awaited.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { SelectField, TextArea, TextField } from "#design/field.tsx";
import { useHandingIn } from "#design/handing-in.ts";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { COURSE_FORMATS, COURSE_KINDS } from "../catalogue.ts";
import { addCourse, dropCourse, readCourses } from "../contract.ts";
import { courseFrom, emptyCourseForm, faultsOf, type CourseForm } from "../course-form.ts";
import { words } from "./words.ts";
import { words as stewardWords } from "./stewards-words.ts";
import style from "./learn.module.css";

type Kept = AnswerOf<typeof readCourses>["courses"][number];

export function StewardsCourses() {
  const text = stewardWords;
  const toast = useToast();
  const [trouble, setTrouble] = useState<string | null>(null);
  const asking = useAskedRoute(readCourses);
  const { asked, again } = asking;
  const courses = asked.state === "here" ? asked.answer.courses : null;

  const drop = async ({ id, ...course }: Kept) => {
    const dropped = await call(dropCourse, { params: { id } });
    setTrouble(dropped.ok ? null : refusalToWords(dropped.refusal));
    if (dropped.ok)
      toast({
        text: text.dropped(course.title),
        undo: { text: text.undo, run: () => void call(addCourse, { body: course }).then(again) },
      });
    again();
  };

  return (
    <Page title={text.title} lead={text.lead} back={text.back} zone={readBy.community}>
      <Section title={text.formTitle}>
        <Form
          onAdded={(title) => {
            toast({ text: text.added(title) });
            again();
          }}
        />
      </Section>
      <Section title={text.listTitle}>
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Awaited asking={asking} label={text.loading} lines={3} />
        {courses?.length === 0 && <EmptyState text={text.empty} />}
        {courses !== null && courses.length > 0 && (
          <CardList label={text.listTitle}>
            {courses.map((course) => (
              <Card
                key={course.id}
                level={3}
                title={course.title}
                meta={course.provider}
                actions={
                  <Button
                    kind="quiet"
                    aria-label={text.dropNamed(course.title)}
                    onClick={() => void drop(course)}
                  >
                    {text.drop}
                  </Button>
                }
              />
            ))}
          </CardList>
        )}
      </Section>
    </Page>
  );
}

function Form({ onAdded }: { readonly onAdded: (title: string) => void }) {
  const text = stewardWords;
  const [form, setForm, draft] = useDraft<CourseForm>("stewardship/course", emptyCourseForm);
  const faults = faultsOf(form);
  const { isLookedAt, busy, trouble, onSubmit } = useHandingIn(faults.length === 0, async () => {
    const today = Temporal.Now.plainDateISO().toString();
    const added = await call(addCourse, { body: courseFrom(form, today) });
    if (!added.ok)
      return added.refusal.type === "CatalogueFull" ? text.full : refusalToWords(added.refusal);
    setForm(emptyCourseForm);
    draft.clear();
    onAdded(form.title.trim());
    return null;
  });
  const field = (key: keyof CourseForm) => ({
    label: text.fields[key],
    zone: readBy.community,
    value: form[key],
    error: isLookedAt && faults.includes(key) ? text.faults[key] : null,
    onChange: (value: string) => setForm((before) => ({ ...before, [key]: value })),
  });

  return (
    <form className={style["form"]} noValidate onSubmit={onSubmit}>
      <TextField {...field("title")} maxLength={160} autoComplete="off" />
      <TextField {...field("provider")} maxLength={120} autoComplete="off" />
      <SelectField
        {...field("kind")}
        options={COURSE_KINDS.map((kind) => ({ value: kind, text: words.courses.kinds[kind] }))}
      />
      <SelectField
        {...field("format")}
        options={COURSE_FORMATS.map((format) => ({
          value: format,
          text: words.courses.formats[format],
        }))}
      />
      <TextField
        {...field("cost")}
        hint={text.costHint}
        maxLength={120}
        optional
        autoComplete="off"
      />
      <TextField {...field("time")} maxLength={120} optional autoComplete="off" />
      <TextArea {...field("about")} maxLength={600} rows={3} />
      <TextField
        {...field("url")}
        type="url"
        inputMode="url"
        placeholder={text.urlExample}
        maxLength={500}
        optional
        autoComplete="off"
      />
      <TextField
        {...field("tags")}
        hint={text.tagsHint}
        maxLength={300}
        optional
        autoComplete="off"
      />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button kind="primary" type="submit" busy={busy} busyText={text.busy}>
        {text.add}
      </Button>
    </form>
  );
}
