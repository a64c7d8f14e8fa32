/**
 * Everybody who coaches here. Search and filters run on this device over the one file that all members get;
 * whoever the member must not meet is not among them.
 */
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { hereZone } from "#design/time.tsx";
import { useDraft } from "#vault/web/safe-context.tsx";
import { useIsKeptApart, useMatch } from "../../matching/web/kept.ts";
import type { Coach } from "../coach.ts";
import { searchAmong } from "../coach-search.ts";
import { CoachCard } from "./coach-card.tsx";
import { useCoaches } from "./coach-index.ts";
import { emptyFilters, filtersToFilter, Filters, isAnySet } from "./directory-filters.tsx";
import { termName, vocabulary } from "./vocabulary.ts";
import { words } from "./directory-words.ts";
import style from "./directory.module.css";

export function Directory() {
  const [index, load] = useCoaches();
  const text = words.directory;
  return (
    <Page title={text.title} width="wide" back={{ href: "/coach", text: text.back }}>
      {index.at === "loading" && <Skeleton label={text.loading} shape="card" lines={10} />}
      {index.at === "failed" && (
        <Notice kind="refusal">
          <p>{index.why}</p>
          <Button onClick={() => void load()}>{text.retry}</Button>
        </Notice>
      )}
      {index.at === "shown" &&
        (index.coaches.length === 0 ? (
          <EmptyState text={text.nobodyYet} />
        ) : (
          <Listed coaches={index.coaches} />
        ))}
    </Page>
  );
}

/** So many cards are laid out at first, and so many more each time. */
const A_PAGE = 24;

function Listed({ coaches }: { readonly coaches: readonly Coach[] }) {
  // Kept sealed on this device: whoever comes back from a card finds the same list.
  const [filters, setFilters] = useDraft("directory/1", emptyFilters);
  const [shown, setShown] = useState(A_PAGE);
  const { kept } = useMatch();
  const isKeptApart = useIsKeptApart(kept);
  const text = words.directory;

  const among = useMemo(
    () => coaches.filter((coach) => !isKeptApart(coach)),
    [coaches, isKeptApart],
  );
  const search = useMemo(() => searchAmong(among, namesOn), [among]);
  const found = useMemo(() => search.find(filtersToFilter(filters)), [search, filters]);
  const apart = coaches.length - among.length;
  const rest = found.length - shown;

  return (
    <>
      <Filters
        filters={filters}
        coaches={among}
        onChange={(next) => {
          setFilters(next);
          setShown(A_PAGE);
        }}
      />
      <div className={style["told"]}>
        <p role="status" className={style["count"]}>
          {found.length === among.length
            ? text.count(found.length)
            : text.countOf(found.length, among.length)}
        </p>
        {isAnySet(filters) && (
          <Button kind="quiet" onClick={() => setFilters(emptyFilters)}>
            {text.clear}
          </Button>
        )}
      </div>
      {found.length === 0 ? (
        <EmptyState
          text={text.nobody}
          action={<LinkButton href="/coach/match">{text.match}</LinkButton>}
        />
      ) : (
        <ul className={style["cards"]} role="list" aria-label={text.list}>
          {found.slice(0, shown).map((coach) => (
            <li key={coach.id}>
              <CoachCard coach={coach} zone={hereZone()} brief href={`/coach/with/${coach.id}`} />
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && (
        <Button onClick={() => setShown(shown + A_PAGE)}>
          {text.more(Math.min(rest, A_PAGE))}
        </Button>
      )}
      {apart > 0 && (
        <p className={style["apart"]}>
          {text.keptApart(apart)}{" "}
          <Link href="/coach/match?change#apart">{text.keptApartChange}</Link>
        </p>
      )}
    </>
  );
}

/** What people call the field and what was lived through, so that either word finds the card. */
function namesOn({ specialty, livedExperiences }: Coach): string {
  const family = vocabulary.specialties.find(({ id }) => id === specialty);
  return [
    ...(family === undefined ? [] : [family.name, ...(family.includes ?? [])]),
    ...livedExperiences.map((id) => termName(vocabulary.livedExperiences, id)),
  ].join(" ");
}
