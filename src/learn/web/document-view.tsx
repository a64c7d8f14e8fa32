/** Shows a text's tree: known kinds only, each as the element it is. */
import { Link } from "wouter";
import type { Block, Cell, Inline } from "../document.ts";
import { contentHref } from "../learn-text.ts";
import { words } from "./words.ts";
import style from "./document-view.module.css";

/** A child for each block, in their order: what reads where somebody is counts them. */
export function DocumentView({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, place) => <BlockView key={place} block={block} />);
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Heading = block.level === 2 ? "h2" : "h3";
      return (
        <Heading id={block.id} className={style["heading"]}>
          {block.text}
        </Heading>
      );
    }
    case "paragraph":
      return (
        <p>
          <Inlines of={block.of} />
        </p>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={style["list"]}>
          {block.items.map((item, place) => (
            <li key={place}>
              <ItemView blocks={item} />
            </li>
          ))}
        </List>
      );
    }
    case "quote":
      return (
        <blockquote className={style["quote"]}>
          <DocumentView blocks={block.of} />
        </blockquote>
      );
    case "table":
      return <TableView head={block.head} rows={block.rows} />;
  }
}

/** An item that is one paragraph is that line; more stands apart. */
function ItemView({ blocks }: { readonly blocks: readonly Block[] }) {
  const [first, ...others] = blocks;
  if (first?.kind !== "paragraph") return <DocumentView blocks={blocks} />;
  return (
    <>
      <Inlines of={first.of} />
      {others.length > 0 && <DocumentView blocks={others} />}
    </>
  );
}

function TableView(props: {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}) {
  return (
    // Wider than a phone, it scrolls by itself; the focus can rest on it so that keys scroll it too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={style["tableRoom"]} tabIndex={0} role="group" aria-label={words.text.table}>
      <table className={style["table"]}>
        <thead>
          <tr>
            {props.head.map((cell, place) => (
              <th key={place} scope="col">
                <Inlines of={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) => (
                <td key={place}>
                  <Inlines of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Inlines({ of }: { readonly of: readonly Inline[] }) {
  return of.map((inline, place) => {
    switch (inline.kind) {
      case "text":
        return inline.text;
      case "strong":
        return (
          <strong key={place}>
            <Inlines of={inline.of} />
          </strong>
        );
      case "emphasis":
        return (
          <em key={place}>
            <Inlines of={inline.of} />
          </em>
        );
      case "link":
        return (
          <Link key={place} href={contentHref(inline.to)}>
            <Inlines of={inline.of} />
          </Link>
        );
    }
  });
}
