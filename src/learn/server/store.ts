/** Learn's SQL. */
import { sql, type Kysely } from "kysely";
import type { CommunityCourse } from "../contract.ts";
import type { LearnTables } from "./tables.ts";

export type LearnDb = Kysely<LearnTables>;

export interface CourseRow {
  readonly id: string;
  /** As `addCourse` took it. */
  readonly course: CommunityCourse;
}

/** By their titles: no order in which they came. */
export async function allCourses(db: LearnDb): Promise<readonly CourseRow[]> {
  const rows = await db
    .selectFrom("learn.course")
    .select(["id", "course"])
    .orderBy(sql`course ->> 'title'`)
    .orderBy("id")
    .execute();
  return rows as CourseRow[];
}

/** False where there are `most` already; two at the very same moment may make one more. */
export async function keepCourse(db: LearnDb, row: CourseRow, most: number): Promise<boolean> {
  const { rows } = await sql`
    insert into learn.course (id, course)
    select ${row.id}::uuid, ${JSON.stringify(row.course)}::jsonb
    where (select count(*) from learn.course) < ${most}
    returning id`.execute(db);
  return rows.length > 0;
}

export async function dropCourseRow(db: LearnDb, id: string): Promise<void> {
  await db.deleteFrom("learn.course").where("id", "=", id).execute();
}
