import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiProblem } from "@/lib/api-problem";
import { renderApp } from "@/testing/render";
import { Button } from "./button";
import { DataTable } from "./data-table";
import { PageHeading } from "./page-heading";
import { ProblemPanel } from "./problem-panel";
import { ProgressBar } from "./progress-bar";
import { StatusChip } from "./status-chip";
import { TextField } from "./text-field";

test("a busy button keeps the focus and does its work once", async () => {
  const work = vi.fn();
  const { rerender } = render(<Button onClick={work}>Publish</Button>);
  const button = screen.getByRole("button", { name: "Publish" });
  await userEvent.click(button);

  rerender(
    <Button busy onClick={work}>
      Publish
    </Button>,
  );
  await userEvent.click(button);

  expect(work).toHaveBeenCalledTimes(1);
  expect(button).toHaveFocus();
  expect(button).toHaveAttribute("aria-busy", "true");
});

test("a busy submit button does not send its form again", async () => {
  const send = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  render(
    <form onSubmit={send}>
      <Button type="submit" busy>
        Send
      </Button>
    </form>,
  );

  await userEvent.click(screen.getByRole("button", { name: "Send" }));

  expect(send).not.toHaveBeenCalled();
});

describe("the page's heading", () => {
  // Somebody has used the page; before that, its first heading leaves the focus alone.
  beforeEach(() => userEvent.tab());

  test("names the tab and takes the focus that the last page lost", () => {
    render(<PageHeading title="Week board" />);

    expect(screen.getByRole("heading", { level: 1, name: "Week board" })).toHaveFocus();
    expect(document.title).toBe("Week board – Roundtable");
  });

  test("leaves a person alone who is in the middle of the page", () => {
    const { rerender } = render(<input aria-label="Search" />);
    screen.getByLabelText("Search").focus();

    rerender(
      <>
        <input aria-label="Search" />
        <PageHeading title="Week board" />
      </>,
    );

    expect(screen.getByLabelText("Search")).toHaveFocus();
  });

  test("takes the focus from the menu that led to it", () => {
    const menu = (
      <nav>
        <a href="/board">Board</a>
      </nav>
    );
    const { rerender } = render(<div>{menu}</div>);
    screen.getByRole("link").focus();

    rerender(
      <div>
        {menu}
        <PageHeading title="Week board" />
      </div>,
    );

    expect(screen.getByRole("heading")).toHaveFocus();
  });
});

describe("progress", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test("is shown at once but spoken only now and then", () => {
    const { rerender } = render(<ProgressBar label="Building" value={10} text="1 s" />);
    act(() => vi.advanceTimersByTime(8_000));

    for (const second of [2, 3, 4]) {
      rerender(<ProgressBar label="Building" value={10 * second} text={`${second} s`} />);
      act(() => vi.advanceTimersByTime(1_000));
    }

    expect(screen.getByRole("progressbar", { name: "Building" })).toHaveAttribute("value", "40");
    expect(screen.getByText("4 s")).toHaveAttribute("aria-hidden", "true");
    expect(screen.getByRole("status")).toHaveTextContent("1 s");

    act(() => vi.advanceTimersByTime(8_000));
    expect(screen.getByRole("status")).toHaveTextContent("4 s");
  });

  test("without a known end has no value", () => {
    render(<ProgressBar label="Building" value={null} text="starting" />);

    expect(screen.getByRole("progressbar")).not.toHaveAttribute("value");
  });
});

describe("a problem", () => {
  const retry = vi.fn();

  test("that may pass offers to try again", async () => {
    renderApp(<ProblemPanel error={new ApiProblem(503, [])} onRetry={retry} />);

    await userEvent.click(
      within(screen.getByRole("alert")).getByRole("button", { name: "Try again" }),
    );

    expect(retry).toHaveBeenCalled();
  });

  test("that is a refusal does not: the same again gives the same", () => {
    const refused = new ApiProblem(409, [{ code: "rota.stale", detail: "", attr: null }]);
    renderApp(<ProblemPanel error={refused} onRetry={retry} />);

    expect(screen.getByRole("alert")).toHaveTextContent("Somebody has changed this week");
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

test("a table is named by its sentence, and each row by its first cell", () => {
  render(
    <DataTable
      sentence="Hours owed by funder"
      columns={[
        {
          key: "name",
          heading: "Funder",
          cell: (row: { name: string; hours: string }) => row.name,
        },
        { key: "hours", heading: "Hours", cell: (row) => row.hours, numeric: true },
      ]}
      rows={[{ name: "Leeds", hours: "1,200" }]}
      rowKey={(row) => row.name}
    />,
  );

  const table = screen.getByRole("table", { name: "Hours owed by funder" });
  expect(within(table).getByRole("rowheader", { name: "Leeds" })).toBeVisible();
  expect(within(table).getByRole("cell", { name: "1,200" })).toHaveClass("numbers");
});

test("a status is said in words; its drawing is not read out", () => {
  render(<StatusChip status="uncovered">Nobody yet</StatusChip>);

  expect(screen.getByText("Nobody yet").querySelector("svg")).toHaveAttribute(
    "aria-hidden",
    "true",
  );
});

test("a field reads out its hint and what is wrong with it", () => {
  render(<TextField label="Reason" hint="One sentence." error="Give a reason." />);

  const field = screen.getByLabelText("Reason");
  expect(field).toHaveAccessibleDescription("One sentence. Give a reason.");
  expect(field).toBeInvalid();
});
