import { Image } from "lucide-react";
import type { ReactNode } from "react";
import type { ArticleBlock, ArticleWords } from "@/api/model";

/** An article as people read it. What it may hold is a closed set, so nothing in it can run. */
export function ArticleText({ blocks }: { blocks: readonly ArticleBlock[] }) {
  return <div className="article-text">{blocks.map(block)}</div>;
}

// Blocks and words have no id; their order is what they are known by.
/* oxlint-disable react/no-array-index-key */

function block(one: ArticleBlock, key: number): ReactNode {
  switch (one.type) {
    case "heading":
      return heading(one.level, one.words, key);
    case "paragraph":
      return <p key={key}>{one.words.map(words)}</p>;
    case "list": {
      const items = one.items.map((blocks, at) => <li key={at}>{item(blocks)}</li>);
      return one.first === null ? (
        <ul key={key}>{items}</ul>
      ) : (
        <ol key={key} start={one.first}>
          {items}
        </ol>
      );
    }
    case "quote":
      return <blockquote key={key}>{one.blocks.map(block)}</blockquote>;
    case "code":
      return <pre key={key}>{one.text}</pre>;
    case "table":
      return (
        // A wide table scrolls by itself, so it must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div key={key} className="overflow-x-auto" role="region" aria-label="Table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {one.head.map((cell, at) => (
                  <th key={at}>{cell.map(words)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {one.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, column) => (
                    <td key={column}>{cell.map(words)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "rule":
      return <hr key={key} />;
  }
}

/** The single paragraph of an item needs no space around it. */
function item(blocks: readonly ArticleBlock[]): ReactNode {
  const [first, ...rest] = blocks;
  if (first?.type !== "paragraph") return blocks.map(block);
  return (
    <>
      {first.words.map(words)}
      {rest.map(block)}
    </>
  );
}

/** The article's title stands above; its own headings come below that. */
function heading(level: number, content: readonly ArticleWords[], key: number): ReactNode {
  const inside = content.map(words);
  if (level <= 2) return <h3 key={key}>{inside}</h3>;
  if (level === 3) return <h4 key={key}>{inside}</h4>;
  return <h5 key={key}>{inside}</h5>;
}

function words(one: ArticleWords, key: number): ReactNode {
  switch (one.type) {
    case "text":
      return one.text;
    case "strong":
      return <strong key={key}>{one.words.map(words)}</strong>;
    case "emphasis":
      return <em key={key}>{one.words.map(words)}</em>;
    case "struck":
      return <s key={key}>{one.words.map(words)}</s>;
    case "code":
      return <code key={key}>{one.text}</code>;
    case "link":
      return (
        <a key={key} href={one.to} target="_blank" rel="noreferrer noopener">
          {one.words.map(words)}
        </a>
      );
    case "picture":
      return (
        <span key={key} className="text-faint" title="Pictures are not kept with articles.">
          <Image size={13} className="mr-1 inline align-[-2px]" aria-hidden />
          {one.shows || "Picture"}
        </span>
      );
    case "break":
      return <br key={key} />;
  }
}
