import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { ArticleBlock, ArticleWords } from "@/api/model";
import { ArticleText } from "./ArticleText";
import { isArticle } from "./import-files";

const text = (words: string): ArticleWords => ({ type: "text", text: words });

it("shows an article as its readers see it", () => {
  const blocks: ArticleBlock[] = [
    { type: "heading", level: 2, words: [text("How long")] },
    {
      type: "paragraph",
      words: [
        { type: "strong", words: [text("45 days")] },
        text(", see "),
        { type: "link", to: "https://example.com/returns", words: [text("returns")] },
      ],
    },
    {
      type: "list",
      first: 3,
      items: [[{ type: "paragraph", words: [text("print the label")] }], []],
    },
    { type: "table", head: [[text("Size")]], rows: [[[text("S")]]] },
  ];
  render(<ArticleText blocks={blocks} />);
  expect(screen.getByRole("heading", { name: "How long" })).toBeTruthy();
  const link = screen.getByRole("link", { name: "returns" });
  expect(link.getAttribute("href")).toBe("https://example.com/returns");
  expect(link.getAttribute("rel")).toContain("noopener");
  expect(screen.getByRole("list").getAttribute("start")).toBe("3");
  const table = screen.getByRole("region", { name: "Table" });
  expect(within(table).getByRole("columnheader", { name: "Size" })).toBeTruthy();
});

it("knows which files of a folder are articles", () => {
  expect(["a.MD", "b.html", "notes.txt"].every(isArticle)).toBe(true);
  expect(["a.pdf", "md", "picture.png"].some(isArticle)).toBe(false);
});
