/** Courses and webinars: those that come with Callroom and those that this community's stewards added. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { SelectField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { dayText } from "#design/time.tsx";
import { useAskedRoute } from "#platform/web/asked.ts";
import catalogue from "virtual:learn/courses";
import {
  COURSE_FORMATS,
  COURSE_KINDS,
  type Course,
  type Courses as CourseTable,
} from "../catalogue.ts";
import { readCourses } from "../contract.ts";
import { filterCourses, noFilter, type CourseFilter } from "../course-filter.ts";
import { words } from "./words.ts";
import style from "./learn.module.css";

const back = { href: "/learn", text: words.back };

interface Listed extends Course {
  readonly isFromStewards: boolean;
}

const { note, courses: ours }: CourseTable = catalogue;
const shipped = ours.map((course): Listed => ({ ...course, isFromStewards: false }));

export function Courses() {
  const text = words.courses;
  const added = useStewardsCourses();
  const [filter, setFilter] = useState(noFilter);
  const courses = [...(added ?? []), ...shipped];
  const shown = filterCourses(courses, filter);
  return (
    <Page title={text.title} lead={text.lead} back={back} zone={readBy.neverSent}>
      {note !== undefined && <p>{note}</p>}
      <Filters courses={courses} filter={filter} onChange={setFilter} />
      <p className={style["meta"]} role="status">
        {text.count(shown.length, courses.length)}
      </p>
      {added === null && <Notice>{text.stewardsAway}</Notice>}
      {shown.length === 0 ? (
        <EmptyState
          text={text.none}
          action={<Button onClick={() => setFilter(noFilter)}>{text.clear}</Button>}
        />
      ) : (
        <CardList label={text.title}>
          {shown.map((course) => (
            <CourseCard key={course.id} course={course} />
          ))}
        </CardList>
      )}
    </Page>
  );
}

function Filters(props: {
  readonly courses: readonly Listed[];
  readonly filter: CourseFilter;
  readonly onChange: (filter: CourseFilter) => void;
}) {
  const text = words.courses;
  const { courses, filter, onChange } = props;
  const tags = [...new Set(courses.flatMap((course) => course.tags))].toSorted();
  return (
    <div className={style["filters"]} role="group" aria-label={text.filter} data-print="never">
      <SelectField
        label={text.kind}
        zone={readBy.neverSent}
        emptyText={text.any}
        value={filter.kind}
        options={COURSE_KINDS.map((kind) => ({ value: kind, text: text.kinds[kind] }))}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <SelectField
        label={text.format}
        zone={readBy.neverSent}
        emptyText={text.any}
        value={filter.format}
        options={COURSE_FORMATS.map((format) => ({ value: format, text: text.formats[format] }))}
        onChange={(format) => onChange({ ...filter, format })}
      />
      <SelectField
        label={text.tag}
        zone={readBy.neverSent}
        emptyText={text.any}
        value={filter.tag}
        options={tags.map((tag) => ({ value: tag, text: tagText(tag) }))}
        onChange={(tag) => onChange({ ...filter, tag })}
      />
      <Checkbox
        label={text.free}
        zone={readBy.neverSent}
        checked={filter.isFreeOnly}
        onChange={(isFreeOnly) => onChange({ ...filter, isFreeOnly })}
      />
    </div>
  );
}

function CourseCard({ course }: { readonly course: Listed }) {
  const text = words.courses;
  return (
    <Card
      title={course.title}
      meta={[
        text.kinds[course.kind],
        text.formats[course.format],
        course.cost ?? text.costUnknown,
        ...(course.time === null ? [] : [course.time]),
      ].join(words.between)}
    >
      <p>
        {course.provider}. {course.about}
      </p>
      <p className={style["meta"]}>
        {course.isFromStewards && `${text.fromStewards}. `}
        {text.checked(dayText(course.checked_on, "short"))}
      </p>
      {course.url !== null && (
        <p>
          <a href={course.url} rel="noreferrer">
            {text.site(course.title)}
          </a>
        </p>
      )}
    </Card>
  );
}

/** `work-life` reads "Work life". */
export const tagText = (tag: string): string => {
  const plain = tag.replaceAll("-", " ");
  return plain.charAt(0).toLocaleUpperCase() + plain.slice(1);
};

/** Undefined while asking, null where they could not be had. */
function useStewardsCourses(): readonly Listed[] | null | undefined {
  const { asked } = useAskedRoute(readCourses);
  if (asked.state === "asking") return undefined;
  if (asked.state === "refused") return null;
  return asked.answer.courses.map((course) => ({ ...course, isFromStewards: true }));
}
