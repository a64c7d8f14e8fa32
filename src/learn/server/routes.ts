/** Serves the stewards' part of the catalogue. Texts are content and need no server. */
import { randomUUID } from "node:crypto";
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { addCourse, dropCourse, readCourses } from "../contract.ts";
import { MOST_COURSES } from "./policy.ts";
import { presentCourse } from "./present.ts";
import { allCourses, dropCourseRow, keepCourse, type LearnDb } from "./store.ts";

export function learnRoutes(mounting: Mounting, db: LearnDb): void {
  mount(mounting, readCourses, async () => {
    const courses = await allCourses(db);
    return ok({ courses: courses.map(presentCourse) });
  });

  mount(mounting, addCourse, async ({ body }) => {
    const id = randomUUID();
    const isKept = await keepCourse(db, { id, course: body }, MOST_COURSES);
    return isKept ? ok({ id }) : refuse({ type: "CatalogueFull" });
  });

  mount(mounting, dropCourse, async ({ params }) => {
    await dropCourseRow(db, params.id);
    return ok({});
  });
}
