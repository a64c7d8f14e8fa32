/**
 * Rows and columns that stay readable: on a phone each row becomes a card whose cells carry their
 * column's name. The roles are said outright because such a layout takes them away from the tags.
 */
/* oxlint-disable jsx-a11y/no-interactive-element-to-noninteractive-role -- These roles are the tags' own. */
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import style from "./table.module.css";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly numeric?: boolean | undefined;
  /** The cell that names its row. */
  readonly head?: boolean | undefined;
  readonly cell: (row: Row) => ReactNode;
}

export interface TableProps<Row> {
  readonly caption: string;
  readonly hideCaption?: boolean | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty?: ReactNode;
}

export function Table<Row>({
  caption,
  hideCaption,
  columns,
  rows,
  rowKey,
  empty,
}: TableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <table className={style["table"]} role="table">
      <caption className={classNames(style["caption"], hideCaption === true && style["unseen"])}>
        {caption}
      </caption>
      <thead role="rowgroup" className={style["heads"]}>
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={alignment(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" className={style["row"]}>
            {columns.map((column) =>
              column.head === true ? (
                <th key={column.key} role="rowheader" scope="row" className={style["rowHead"]}>
                  {column.cell(row)}
                </th>
              ) : (
                <td
                  key={column.key}
                  role="cell"
                  data-column={column.title}
                  className={alignment(column)}
                >
                  <span className={style["value"]}>{column.cell(row)}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const alignment = (column: { numeric?: boolean | undefined }) =>
  column.numeric === true ? style["numeric"] : undefined;
