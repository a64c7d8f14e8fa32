/**
 * Which IP addresses lie out in the world. Everything that the IANA special-purpose registries set aside is refused:
 * this machine, its networks, a provider's inside, and every way of writing one of those as another.
 */
import { BlockList, isIP } from "node:net";

/** IANA IPv4 special-purpose registry, and multicast and above (RFC 5771, RFC 1112). */
const SET_ASIDE_4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];

/**
 * Only 2000::/3 is given out at all, and of that these are not places, or hide an IPv4 address: Teredo and the like,
 * documentation, 6to4. IPv4-mapped addresses (::ffff:0:0/96) and NAT64 (64:ff9b::/96) lie outside anyway.
 */
const GIVEN_OUT_6 = "2000::/3";
const SET_ASIDE_6 = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"];

const setAside4 = listOf(SET_ASIDE_4, "ipv4");
const setAside6 = listOf(SET_ASIDE_6, "ipv6");
const givenOut6 = listOf([GIVEN_OUT_6], "ipv6");

function listOf(networks: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split("/") as [string, string];
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

export function isPublicAddress(address: string): boolean {
  // "fe80::1%eth0" names a link; there is no such thing out in the world.
  if (address.includes("%")) return false;
  const family = isIP(address);
  if (family === 4) return !setAside4.check(address, "ipv4");
  return family === 6 && givenOut6.check(address, "ipv6") && !setAside6.check(address, "ipv6");
}
