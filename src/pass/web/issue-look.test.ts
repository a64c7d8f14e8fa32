import { expect, test } from "vitest";
import { Browser } from "../../../tests/device.ts";
import { withWallets, type OpenedWallet } from "../../../tests/wallets.ts";
import { lateKeepingOf } from "#vault/web/late-keeping.ts";
import { lookAfter } from "./issue-look.ts";
import type { OpenWallet } from "./issue-wallet.ts";

const house = withWallets();

/** As the app looks after an open safe; `fetched` counts how often the wallet was asked for. */
async function looked({ browser, safe, wallet }: OpenedWallet) {
  let fetched = 0;
  const open = (): Promise<OpenWallet> => {
    fetched += 1;
    return Promise.resolve({ wallet, late: lateKeepingOf(safe), close: () => {} });
  };
  const found = await browser.in(() => lookAfter(safe, null, open));
  lateKeepingOf(safe).close();
  return { found, fetched };
}

test("who isn't verified is asked no more than whether there is a right to passes", async () => {
  const phone = await house.open(await house.identity.join());
  expect(await looked(phone)).toEqual({ found: "without-passes", fetched: 0 });
  expect(phone.browser.requests.map(({ path }) => path)).not.toContain("/api/named/passes/keys");
  expect(phone.wallet.state().at).toBe("looking");
});

test("a verified doctor's wallet fetches what is due", async () => {
  const phone = await house.open(await house.doctor());
  expect(await looked(phone)).toEqual({ found: "looked", fetched: 1 });
  expect(phone.wallet.badges()).toHaveLength(1);
});

test("who holds passes keeps looking after them, also where nobody can say whether more are due", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  phone.browser.cut = () => "before";
  expect(await looked(phone)).toEqual({ found: "looked", fetched: 1 });
});

test("where it can't be asked, the wallet is fetched and says so", async () => {
  const person = await house.identity.join();
  const phone = await house.open(person, new Browser(house.identity, person));
  phone.browser.cut = ({ path }) => (path.startsWith("/api/") ? "before" : null);
  expect(await looked(phone)).toEqual({ found: "looked", fetched: 1 });
  expect(phone.wallet.state().at).toBe("unread");
});
