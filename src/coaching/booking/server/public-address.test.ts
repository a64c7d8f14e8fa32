import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";

test.each([
  ["this machine", "127.0.0.1"],
  ["this machine, otherwise", "127.255.255.254"],
  ["no address", "0.0.0.0"],
  ["a private network", "10.1.2.3"],
  ["a private network", "172.16.0.1"],
  ["a private network", "172.31.255.255"],
  ["a private network", "192.168.1.1"],
  ["the link", "169.254.169.254"],
  ["a provider's inside", "100.64.0.1"],
  ["a provider's inside", "100.127.255.255"],
  ["a test network", "198.18.0.1"],
  ["documentation", "203.0.113.9"],
  ["many at once", "224.0.0.1"],
  ["everybody", "255.255.255.255"],
  ["this machine", "::1"],
  ["no address", "::"],
  ["the link", "fe80::1"],
  ["the link by its name", "fe80::1%eth0"],
  ["a network of one's own", "fd00::1"],
  ["many at once", "ff02::1"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1"],
  ["IPv4 in IPv6, written in hex", "::ffff:7f00:1"],
  ["a public IPv4 in IPv6", "::ffff:8.8.8.8"],
  ["NAT64", "64:ff9b::7f00:1"],
  ["NAT64 of a network's own", "64:ff9b:1::a00:1"],
  ["6to4", "2002:7f00:1::"],
  ["Teredo", "2001:0:7f00:1::"],
  ["documentation", "2001:db8::1"],
  ["no address at all", "localhost"],
  ["no address at all", "127.1"],
  ["no address at all", ""],
])("%s is not out in the world: %s", (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "223.255.255.255",
  "2606:4700:4700::1111",
  "2a00:1450:4001:800::200e",
])("%s is out in the world", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test("no IPv4 address becomes public by being written as IPv6", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "64:ff9b::", "::"), (address, prefix) => {
      expect(isPublicAddress(`${prefix}${address}`)).toBe(false);
    }),
  );
});
