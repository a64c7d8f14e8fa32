/** What a steward types of a course, and the course it makes. */
import type { CommunityCourse } from "./contract.ts";

export interface CourseForm {
  readonly title: string;
  readonly provider: string;
  readonly kind: string;
  readonly format: string;
  readonly cost: string;
  readonly time: string;
  readonly about: string;
  readonly url: string;
  /** Words with commas between. */
  readonly tags: string;
}

export const emptyCourseForm: CourseForm = {
  title: "",
  provider: "",
  kind: "course",
  format: "online",
  cost: "",
  time: "",
  about: "",
  url: "",
  tags: "",
};

const MOST_TAGS = 8;

/** The fields that can't be sent as they are, in the form's order. */
export function faultsOf(form: CourseForm): readonly (keyof CourseForm)[] {
  return (Object.keys(emptyCourseForm) as (keyof CourseForm)[]).filter((key) => {
    const typed = form[key].trim();
    if (key === "title" || key === "provider" || key === "about") return typed === "";
    if (key === "url") return typed !== "" && !/^https:\/\/[^\s/]+\.[^\s/]+/.test(typed);
    return key === "tags" && tagsIn(typed).length > MOST_TAGS;
  });
}

export function courseFrom(form: CourseForm, today: string): CommunityCourse {
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    title: form.title.trim(),
    provider: form.provider.trim(),
    kind: form.kind as CommunityCourse["kind"],
    format: form.format as CommunityCourse["format"],
    cost: orNull(form.cost),
    time: orNull(form.time),
    about: form.about.trim(),
    url: orNull(form.url),
    checked_on: today,
    tags: tagsIn(form.tags),
  };
}

/** "Work & life, Pay" is `work-life` and `pay`; what has no letter or figure in it is dropped. */
const tagsIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(",")
      .map((tag) =>
        tag
          .normalize("NFKD")
          .toLowerCase()
          .replace(/[\u0300-\u036f]/g, "")
          .replace(/[^a-z0-9]+/g, "-")
          .slice(0, 40)
          .replace(/^-|-$/g, ""),
      )
      .filter((tag) => tag !== ""),
  ),
];
