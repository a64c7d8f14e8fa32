/**
 * What somebody said as Markdown lists under names. An entry is one line, whatever was typed: readers take what stands
 * below it for another paragraph.
 */
import { bulleted, said } from "../raw-answer.ts";

/** Lists one below the other, each under its name in bold; those with nothing in them are left out. */
export const namedMarkdownLists = (
  lists: readonly { readonly name: string; readonly texts: readonly string[] }[],
): string =>
  lists
    .filter(({ texts }) => said(texts).length > 0)
    .map(({ name, texts }) => `**${name}**\n\n${bulleted(said(texts))}`)
    .join("\n\n");

/** `- **Name**: text` */
export const namedMarkdownLine = (name: string, text: string): string =>
  `- **${oneLine(name)}**: ${oneLine(text)}`;

const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, " ");
