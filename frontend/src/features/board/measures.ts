/** The board's fixed measures in pixels, from the size of text that the person has chosen. */

const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** The rows' headings, which stay in place while the days move. */
export const HEAD_WIDTH = 13.5 * rem;

/** As `--board-row` in tokens.css. */
export const ROW_HEIGHT = 3.25 * rem;
