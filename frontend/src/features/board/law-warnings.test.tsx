import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderApp } from "@/testing/render";
import { LawWarnings } from "./law-warnings";
import { board } from "./testing";

test("warnings of the law are counted, and open to whom they concern", async () => {
  const [anne, beth] = board({}).carers;
  if (anne === undefined || beth === undefined) {
    throw new Error("the small board has two carers");
  }
  const warned = {
    ...anne,
    warnings: [
      { code: "VISA", message: "21:00 hours of paid time; the visa allows 20:00 a week." },
      { code: "H6", message: "Rest before this day is short." },
      { code: "away", message: "Not there for part of the week." },
    ],
  };
  renderApp(<LawWarnings carers={[warned, beth]} />);

  await userEvent.click(screen.getByText("1"));

  const row = screen.getByRole("listitem");
  expect(row).toHaveTextContent(/^Anne Hill:/);
  expect(row).toBeVisible();
  expect(row).toHaveTextContent("the visa allows 20:00 a week. (VISA)");
  expect(row).not.toHaveTextContent("Rest before");
  expect(screen.queryByText(/Beth Stone/)).not.toBeInTheDocument();
});

test("without a warning there is a nought and nothing to open", () => {
  renderApp(<LawWarnings carers={board({}).carers} />);

  expect(screen.getByText("0")).toBeVisible();
  expect(screen.queryByRole("group")).not.toBeInTheDocument();
});
