/** For stewards: the questionnaires that members can fill in; one more, by its file and its right; one less. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { dayText } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { addInstrument, dropInstrument } from "../contract.ts";
import { useInstruments, type CommunityInstrument } from "./community-instruments.ts";
import { AddingForm } from "./adding-form.tsx";
import { words } from "./steward-words.ts";

export function StewardsInstruments() {
  const [instruments, again] = useInstruments();
  const toast = useToast();
  const [trouble, setTrouble] = useState<string | null>(null);
  const here = instruments.at === "here" ? instruments.instruments : [];

  const putBack = async ({ questionnaire, licence }: CommunityInstrument) => {
    // It was ready when it was added.
    const body = { questionnaire, licence, protocolReady: true };
    const added = await call(addInstrument, { body });
    setTrouble(added.ok ? null : refusalToWords(added.refusal));
    again();
  };
  const drop = async (instrument: CommunityInstrument) => {
    const { id, form } = instrument;
    const dropped = await call(dropInstrument, { params: { id } });
    setTrouble(dropped.ok ? null : refusalToWords(dropped.refusal));
    if (dropped.ok)
      toast({
        text: words.dropped(form.title),
        undo: { text: words.undo, run: () => void putBack(instrument) },
      });
    again();
  };

  return (
    <Page title={words.title} lead={words.lead} back={words.back} zone={readBy.community}>
      <Section title={words.formTitle}>
        <AddingForm
          present={new Set(here.map(({ id }) => id))}
          onAdded={(title) => {
            toast({ text: words.added(title) });
            again();
          }}
        />
      </Section>
      <Section title={words.listTitle}>
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        {instruments.at === "fetching" && <Skeleton label={words.loading} lines={3} />}
        {instruments.at === "away" && (
          <Notice kind="refusal">
            <p>{words.away}</p>
            <Button onClick={again}>{words.again}</Button>
          </Notice>
        )}
        {instruments.at === "here" && here.length === 0 && <EmptyState text={words.empty} />}
        {here.length > 0 && (
          <CardList label={words.listTitle}>
            {here.map((instrument) => (
              <Card
                key={instrument.id}
                level={3}
                title={instrument.form.title}
                meta={words.licence(instrument.licence.by, dayText(instrument.licence.on, "short"))}
                actions={
                  <Button
                    kind="quiet"
                    aria-label={words.dropNamed(instrument.form.title)}
                    onClick={() => void drop(instrument)}
                  >
                    {words.drop}
                  </Button>
                }
              >
                <p>{instrument.licence.terms}</p>
              </Card>
            ))}
          </CardList>
        )}
      </Section>
    </Page>
  );
}
