import { expect, test } from "vitest";
import type { Content } from "./message-content.ts";
import type { OpenedMessage } from "./message.ts";
import { EDIT_MINUTES, mayEdit, threadOf } from "./thread.ts";

const heron = "heron";
const wren = "wren";

function said(id: string, sender: string, minute: number, content: Content): OpenedMessage {
  const none = new Uint8Array(0);
  const committed = { content: none, frankingKey: none, veil: none, commitment: "", mark: "" };
  return { circle: "", epoch: 1, id, sender, minute, content, committed };
}
const first = said("1", heron, 100, { kind: "text", text: "first" });
const edit = (id: string, sender: string, minute: number, target = "1") =>
  said(id, sender, minute, { kind: "edit", target, text: "edited" });
const remove = (id: string, sender: string, target: string) =>
  said(id, sender, 500, { kind: "delete", target });
const reaction = (id: string, sender: string, target = "1") =>
  said(id, sender, 101, { kind: "reaction", target, reaction: "heard" });

test("replies, edits and reactions stand where they belong", () => {
  const answer = said("2", wren, 101, { kind: "reply", target: "1", text: "answer" });
  expect(threadOf([first, answer, reaction("3", wren), edit("4", heron, 103)])).toEqual([
    {
      id: "1",
      sender: heron,
      minute: 100,
      text: "edited",
      replyTo: null,
      editedAt: 103,
      isOvertaken: false,
      reactions: [{ by: wren, reaction: "heard" }],
    },
    {
      id: "2",
      sender: wren,
      minute: 101,
      text: "answer",
      replyTo: "1",
      editedAt: null,
      isOvertaken: false,
      reactions: [],
    },
  ]);
});

test("a message is edited by its sender alone, and within fifteen minutes of their own clock", () => {
  expect(threadOf([first, edit("2", heron, 100)])[0]?.text).toBe("edited");
  expect(threadOf([first, edit("2", heron, 100 + EDIT_MINUTES)])[0]?.text).toBe("edited");
  expect(threadOf([first, edit("2", heron, 101 + EDIT_MINUTES)])[0]?.text).toBe("first");
  expect(threadOf([first, edit("2", heron, 99)])[0]?.text).toBe("first");
  expect(threadOf([first, edit("2", wren, 101)])[0]?.text).toBe("first");
});

test("a clock that is turned back edits nothing that others have spoken after", () => {
  const word = (by: string, minute: number) => said("9", by, minute, { kind: "text", text: "so" });
  const late = edit("2", heron, 101);
  const after = (by: string, minute: number) => threadOf([first, word(by, minute), late])[0];
  expect(after(wren, 101 + EDIT_MINUTES)).toMatchObject({ text: "first", isOvertaken: true });
  expect(after(wren, 100 + EDIT_MINUTES)).toMatchObject({ text: "edited", isOvertaken: false });
  // One's own words tell nothing of the time, nor does what stands before the post or behind the edit.
  expect(after(heron, 900)?.text).toBe("edited");
  expect(threadOf([word(wren, 900), first, late])[1]?.text).toBe("edited");
  expect(threadOf([first, late, word(wren, 900)])[0]).toMatchObject({
    text: "edited",
    isOvertaken: true,
  });
});

test("what is offered to be edited is what an edit would be obeyed for", () => {
  for (const minute of [99, 100, 115, 116])
    for (const between of [[], [reaction("5", wren)], [said("6", wren, 116, first.content)]]) {
      const before = threadOf([first, ...between])[0]!;
      const edited = threadOf([first, ...between, edit("2", heron, minute)])[0]!;
      expect(edited.text === "edited").toBe(mayEdit(before, heron, minute));
    }
});

test("an edit of an edit, or of nothing, changes nothing", () => {
  const thread = threadOf([
    first,
    edit("2", heron, 101),
    edit("3", heron, 102, "2"),
    edit("4", heron, 102, "9"),
  ]);
  expect(thread).toHaveLength(1);
  expect(thread[0]?.editedAt).toBe(101);
});

test("a message is deleted by its sender alone, and stays deleted", () => {
  expect(threadOf([first, remove("2", wren, "1")])[0]?.text).toBe("first");
  const gone = threadOf([
    first,
    reaction("2", wren),
    remove("3", heron, "1"),
    edit("4", heron, 105),
    reaction("5", wren),
  ]);
  expect(gone).toMatchObject([{ text: null, reactions: [] }]);
});

test("a reaction counts once for each member and is taken back by them alone", () => {
  const both = [first, reaction("2", wren), reaction("3", wren), reaction("4", heron)];
  expect(threadOf(both)[0]?.reactions).toHaveLength(2);
  expect(threadOf([...both, remove("5", heron, "2")])[0]?.reactions).toHaveLength(2);
  expect(threadOf([...both, remove("5", wren, "2")])[0]?.reactions).toEqual([
    { by: heron, reaction: "heard" },
  ]);
});

test("a message that the server gives twice stands once, as it came first", () => {
  const other = said("1", wren, 120, { kind: "text", text: "other" });
  expect(threadOf([first, first, other])).toEqual(threadOf([first]));
  // A deleted one can't be brought back by sending it again.
  expect(threadOf([first, remove("2", heron, "1"), first])[0]?.text).toBeNull();
});

test("reading a thread twice gives the same", () => {
  const messages = [first, reaction("2", wren), remove("3", wren, "2")];
  expect(threadOf(messages)).toEqual(threadOf(messages));
});
