/**
 * Writes that arrive while one commit is on its way wait for the next and share it, so that a busy server pays for
 * a commit once and not once a write. A write that comes alone waits for nobody.
 */
export interface TogetherRules<Item, Answer> {
  /** All of them or, where it throws, none; the answers in the order of the items. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Everybody locks in one order, so that two commits can't wait for each other. Negative: `one` first. */
  readonly order: (one: Item, other: Item) => number;
  readonly bytesOf: (item: Item) => number;
  /** Of one commit, beyond its first item. */
  readonly mostBytes: number;
  readonly mostItems: number;
  /** On their way at once: with two, one is being committed while the other is worked on. */
  readonly mostCommits: number;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (defect: unknown) => void;
}

export function commitTogether<Item, Answer>(
  rules: TogetherRules<Item, Answer>,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let commits = 0;

  async function commitNext(): Promise<void> {
    commits += 1;
    while (waiting.length > 0) await commit(rules, takeSome(rules, waiting));
    commits -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (commits < rules.mostCommits) void commitNext();
    });
}

function takeSome<Item, Answer>(
  { bytesOf, order, mostBytes, mostItems }: TogetherRules<Item, Answer>,
  waiting: Waiting<Item, Answer>[],
): Waiting<Item, Answer>[] {
  let bytes = 0;
  const end = waiting.findIndex(({ item }, at) => {
    bytes += bytesOf(item);
    return at === mostItems || (at > 0 && bytes > mostBytes);
  });
  return waiting
    .splice(0, end === -1 ? waiting.length : end)
    .toSorted((one, other) => order(one.item, other.item));
}

async function commit<Item, Answer>(
  rules: TogetherRules<Item, Answer>,
  some: readonly Waiting<Item, Answer>[],
): Promise<void> {
  try {
    const answers = await rules.commit(some.map(({ item }) => item));
    for (const [at, { resolve }] of some.entries()) resolve(answers[at]!);
  } catch (defect) {
    if (some.length === 1) some[0]!.reject(defect);
    // One write's trouble is not the others'.
    else for (const each of some) await commit(rules, [each]);
  }
}
