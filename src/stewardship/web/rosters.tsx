/** Writing to a sponsor's list, and the lists under way. Nowhere is it told or counted who came (rule 4). */
import { Awaited } from "#design/awaited.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Table, type Column } from "#design/table.tsx";
import { Day } from "#design/time.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { readRosters } from "../contract.ts";
import { RosterForm } from "./roster-form.tsx";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

type Roster = AnswerOf<typeof readRosters>["rosters"][number];

const COLUMNS: readonly Column<Roster>[] = [
  { key: "sponsor", title: words.rosters.sponsor, head: true, cell: (row) => row.sponsor },
  {
    key: "letter",
    title: words.rosters.letterOn,
    cell: (row) => <Day on={row.letterOn} form="short" />,
  },
  {
    key: "ends",
    title: words.rosters.windowEnds,
    cell: (row) => <Day on={row.windowEnds} form="short" />,
  },
];

export function Rosters() {
  const text = words.rosters;
  const asking = useAskedRoute(readRosters);
  return (
    <Page title={text.title} lead={text.lead} width="wide" back={words.back} zone={readBy.stewards}>
      <p className={style["promise"]}>{text.unseen}</p>
      <Awaited asking={asking} label={text.loading} lines={8}>
        {({ rosters, sponsors }) => (
          <div className={style["columns"]}>
            <Section title={text.formTitle}>
              <RosterForm sponsors={sponsors} onChanged={asking.again} />
            </Section>
            <Section title={text.listTitle} lead={text.listLead}>
              <Table
                caption={text.listTitle}
                hideCaption
                rows={rosters}
                rowKey={({ id }) => id}
                empty={<EmptyState text={text.empty} />}
                columns={COLUMNS}
              />
            </Section>
          </div>
        )}
      </Awaited>
    </Page>
  );
}
