/** One who asks to be verified: what they claim, what speaks for it, and the steward's yes or no. */
import { useState, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Card } from "#design/card-list.tsx";
import { Facts, type Fact } from "#design/facts.tsx";
import { Notice } from "#design/notice.tsx";
import { useToast } from "#design/toast.tsx";
import { words as identityWords } from "#identity/web/words.ts";
import type { BodyInputOf, WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { decideVerification } from "../verification-contract.ts";
import { DocumentViewer } from "./document-viewer.tsx";
import {
  likelyReason,
  lookUpAddress,
  reasonsFor,
  registryText,
  type Verification,
} from "./verification-evidence.ts";
import { Refusing } from "./verification-refusing.tsx";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";
import style from "./verification.module.css";

export interface EntryProps {
  readonly verification: Verification;
  /** Who sent the list that they came with; null where they came by none. */
  readonly sponsor: string | null;
  readonly hasRegistry: boolean;
  /** It waits no longer. */
  readonly onDecided: () => void;
}

export function VerificationEntry(props: EntryProps) {
  const { verification, onDecided } = props;
  const { id, account, name, stage, way, own, licenceInUse, documentEpoch } = verification;
  const text = words.queue;
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [isRefusing, setIsRefusing] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const decide = async (body: BodyInputOf<typeof decideVerification>): Promise<string | null> => {
    const decided = await call(decideVerification, { params: { id }, body });
    if (!decided.ok && decided.refusal.type !== "NotWaiting") return troubleText(decided.refusal);
    if (!decided.ok) toast({ text: text.notWaiting });
    else toast({ text: body.decision === "approve" ? text.approved(name) : text.refused(name) });
    onDecided();
    return null;
  };
  const approve = async () => {
    setBusy(true);
    setTrouble(null);
    setTrouble(await decide({ decision: "approve" }));
    setBusy(false);
  };

  return (
    <Card
      level={3}
      title={name}
      meta={words.meta([identityWords.join.stages[stage] ?? stage, words.ways[way]])}
      actions={
        own ? undefined : (
          <>
            {!licenceInUse && (
              <Button
                kind="primary"
                busy={busy}
                busyText={stewardWords.busy}
                aria-label={busy ? undefined : text.approveNamed(name)}
                onClick={() => void approve()}
              >
                {text.approve}
              </Button>
            )}
            <Button aria-label={text.refuseNamed(name)} onClick={() => setIsRefusing(true)}>
              {text.refuse}
            </Button>
          </>
        )
      }
    >
      <div className={style["entry"]}>
        <Facts facts={factsOf(props)} />
        {documentEpoch !== null && !own && (
          <DocumentViewer key={id} name={name} place={{ id, account }} />
        )}
        {own && <Notice>{text.own}</Notice>}
        {licenceInUse && <Notice kind="warm">{text.licenceInUse}</Notice>}
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      </div>
      {isRefusing && (
        <Refusing
          title={text.refuseTitle(name)}
          text={text.refuseText}
          reasons={reasonsFor(way)}
          likely={likelyReason(verification)}
          doText={text.refuse}
          keepText={text.keep}
          onClose={() => setIsRefusing(false)}
          onRefuse={(reason) => decide({ decision: "refuse", reason })}
        />
      )}
    </Card>
  );
}

function factsOf({ verification, sponsor, hasRegistry }: EntryProps): readonly Fact[] {
  const text = words.queue;
  const { claim, registry, confirmedAt, vouchers, way } = verification;
  const facts: (Fact | false)[] = [
    claim === null
      ? { term: text.licence, value: text.studentClaim }
      : { term: licenceTerm(claim.country), value: <Code>{claim.number}</Code> },
    claim !== null && {
      term: text.nameOnLicence,
      value: text.name(claim.givenName, claim.familyName),
    },
    registry !== null && { term: text.registry, value: registryText(registry) },
    claim !== null &&
      registry === null && {
        term: text.registry,
        value:
          claim.country === "US" && !hasRegistry ? (
            <LookUp npi={claim.number} />
          ) : (
            text.lookUpElsewhere
          ),
      },
    confirmedAt !== null && { term: text.confirmedAt, value: <Code>{confirmedAt}</Code> },
    vouchers.length > 0 && { term: text.vouchers, value: words.names(vouchers) },
    way === "roster" && { term: text.roster, value: sponsor ?? text.rosterUnknown },
  ];
  return facts.filter((fact) => fact !== false);
}

const licenceTerm = (country: string): string =>
  country === "US" ? words.queue.npi : words.queue.licenceOf(countryName(country));

function countryName(code: string): string {
  return new Intl.DisplayNames(undefined, { type: "region" }).of(code) ?? code;
}

const Code = ({ children }: { readonly children: ReactNode }) => (
  <span className={style["number"]}>{children}</span>
);

const LookUp = ({ npi }: { readonly npi: string }) => (
  <a
    className={style["away"]}
    href={lookUpAddress(npi)}
    target="_blank"
    rel="noreferrer"
    aria-label={`${words.queue.lookUp}: ${npi}`}
  >
    {words.queue.lookUp}
  </a>
);

function troubleText(refusal: WireRefusal): string {
  switch (refusal.type) {
    case "OwnAsking":
      return words.queue.ownRefused;
    case "LicenceInUse":
      return words.queue.inUseRefused;
    default:
      return refusalToWords(refusal);
  }
}
