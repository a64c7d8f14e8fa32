import { createElement, type ComponentProps, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BareInput } from "./bare-input.tsx";
import { Checkbox } from "./checkbox.tsx";
import { Choices } from "./choices.tsx";
import { TextField } from "./field.tsx";
import { GroupFrame } from "./field-frame.tsx";
import { PasswordField } from "./password-field.tsx";
import { readBy, type Readership } from "./readership.ts";
import { ZoneSaid } from "./zone-mark.tsx";

const nothing = () => undefined;
const field = (zone: Readership) =>
  createElement(TextField, { label: "Name", zone, value: "", onChange: nothing });
const choices = (zone: Readership) =>
  createElement(Choices, {
    label: "Days",
    zone,
    options: ["1", "2", "3"].map((value) => ({ value, text: value })),
    values: [],
    onChange: nothing,
  });

const said = (zone: Readership, children: ReactNode) =>
  createElement(ZoneSaid, { zone } as ComponentProps<typeof ZoneSaid>, children);

/** What a screen reader adds to the name of each control or group, in the order of the page. */
function described(screen: ReactNode): string[] {
  const html = renderToStaticMarkup(screen);
  const textById = (id: string) => {
    const start = html.indexOf(`id="${id}"`);
    if (start < 0) throw new Error(`Nothing has the id ${id}`);
    // Notes are spans without a sibling of their own kind inside: the text up to where their depth is zero.
    let depth = 1;
    let text = "";
    for (const [part] of html.slice(html.indexOf(">", start) + 1).matchAll(/<[^>]+>|[^<]+/g)) {
      if (part.startsWith("</")) depth -= 1;
      else if (part.startsWith("<") && !part.endsWith("/>")) depth += 1;
      else if (!part.startsWith("<")) text += part;
      if (depth === 0) break;
    }
    return text.replace(/\s+/g, " ");
  };
  return [...html.matchAll(/aria-describedby="([^"]+)"/g)].map((match) =>
    match[1]!.split(" ").map(textById).join(" "),
  );
}

test("a field says who can read it, in words, where nothing has said so yet", () => {
  expect(described(field(readBy.server))).toEqual([
    "Who can read this: Named. You and whoever runs this server.",
  ]);
});

test("where its page has said it, the mark and its name are enough", () => {
  const page = (zone: Readership) => said(readBy.onlyYou, field(zone));
  expect(described(page(readBy.onlyYou))).toEqual(["Sealed"]);
  expect(described(page(readBy.stewards))).toEqual(["Who can read this: Named. The stewards."]);
});

test("a group says it once, and what is in it says nothing more", () => {
  expect(described(choices(readBy.onlyYou))).toEqual(["Who can read this: Sealed. Only you."]);
  const bare = createElement(BareInput, {
    type: "time",
    "aria-label": "From",
    zone: readBy.community,
    value: "",
    onChange: nothing,
  });
  const group = createElement(
    GroupFrame,
    { label: "Hours", zone: readBy.community } as ComponentProps<typeof GroupFrame>,
    bare,
  );
  expect(described(group)).toEqual(["Who can read this: Named. Every member of this community."]);
  expect(described(bare)).toEqual(["Who can read this: Named. Every member of this community."]);
});

test("the mark is no part of a group's name", () => {
  const legend = /<legend[^>]*>(.*?)<\/legend>/s.exec(
    renderToStaticMarkup(choices(readBy.onlyYou)),
  )![1]!;
  expect(legend).toMatch(/aria-hidden="true"[^>]*>.*Only you/s);
});

test("a passphrase never leaves the device, whatever asks for it", () => {
  const asked = createElement(PasswordField, {
    label: "Passphrase",
    value: "",
    autoComplete: "current-password",
    onChange: nothing,
  });
  expect(described(said(readBy.server, asked))).toEqual([
    "Who can read this: Here. It never leaves this device.",
  ]);
});

test("a switch says it too", () => {
  const box = createElement(Checkbox, {
    label: "Use single-letter keys",
    zone: readBy.thisDevice,
    checked: true,
    onChange: nothing,
  });
  expect(described(box)).toEqual(["Who can read this: Here. Kept on this device only."]);
});
