import { type Key, type ReactNode, useId } from "react";
import { classNames } from "@/lib/class-names";
import styles from "./data-table.module.css";

export interface Column<Row> {
  /** Stable name of the column. */
  key: string;
  heading: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures stand right-aligned, digit under digit. */
  numeric?: boolean;
}

interface DataTableProps<Row> {
  /** What the table shows, as a sentence above it; also its name for screen readers. */
  sentence: ReactNode;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => Key;
  /** The first column heads its row, unless switched off. */
  rowHeadings?: boolean;
}

/** A plain table that scrolls by itself when the page is narrower. */
export function DataTable<Row>({
  sentence,
  columns,
  rows,
  rowKey,
  rowHeadings = true,
}: DataTableProps<Row>) {
  const id = useId();
  return (
    <div className={styles.block}>
      <p id={id} className={styles.sentence}>
        {sentence}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={styles.scroller} aria-labelledby={id} tabIndex={0}>
        <table className={styles.table} aria-labelledby={id}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={classNames(column.numeric && "numbers")}
                >
                  {column.heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column, index) => (
                  <Cell
                    key={column.key}
                    heads={rowHeadings && index === 0}
                    numeric={column.numeric}
                  >
                    {column.cell(row)}
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

interface CellProps {
  heads: boolean;
  numeric: boolean | undefined;
  children: ReactNode;
}

function Cell({ heads, numeric, children }: CellProps) {
  const className = classNames(numeric && "numbers");
  return heads ? (
    <th scope="row" className={className}>
      {children}
    </th>
  ) : (
    <td className={className}>{children}</td>
  );
}
