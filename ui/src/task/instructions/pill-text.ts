import { Fragment, type Node as DocNode, type Schema } from "@tiptap/pm/model";
import { codePointLength as codePoints, unitsAt } from "@/api/code-points";

/**
 * The only place where our stored text and the editor's document meet.
 *
 * Stored: plain lines with `{order_number}`, `{order.status}` and `@get_order`.
 * Document: one paragraph per line; each pill is one atom that remembers exactly what was written,
 * so text -> document -> text never changes a character.
 */

export const pillPattern =
  /\{[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*\}|(?<![\w@.])@[a-z][a-z0-9_]*(?![\w@])/g;

/** The inline nodes of one stored line. */
export function lineToNodes(schema: Schema, line: string): DocNode[] {
  const nodes: DocNode[] = [];
  const pill = schema.nodes["pill"];
  let from = 0;
  for (const match of line.matchAll(pillPattern)) {
    if (match.index > from) nodes.push(schema.text(line.slice(from, match.index)));
    if (pill) nodes.push(pill.create({ written: match[0] }));
    from = match.index + match[0].length;
  }
  if (from < line.length) nodes.push(schema.text(line.slice(from)));
  return nodes;
}

/** A whole document from stored text. */
export function textToDoc(schema: Schema, text: string): DocNode {
  const paragraph = schema.nodes["paragraph"];
  const doc = schema.nodes["doc"];
  if (!paragraph || !doc) throw new Error("the schema has no paragraphs");
  return doc.create(
    null,
    text
      .replaceAll("\r\n", "\n")
      .split("\n")
      .map((line) => paragraph.create(null, Fragment.from(lineToNodes(schema, line)))),
  );
}

function inlineText(node: DocNode): string {
  return node.isText ? (node.text ?? "") : String(node.attrs["written"] ?? "");
}

/** The stored text of a paragraph. */
export function lineOf(paragraph: DocNode): string {
  let line = "";
  paragraph.forEach((child) => {
    line += inlineText(child);
  });
  return line;
}

/** The stored text of a document. */
export function docToText(doc: DocNode): string {
  const lines: string[] = [];
  doc.forEach((paragraph) => lines.push(lineOf(paragraph)));
  return lines.join("\n");
}

/** The code-point offset in the stored text of a document position. */
export function offsetAt(doc: DocNode, position: number): number {
  let offset = 0;
  let found: number | null = null;
  doc.forEach((paragraph, start, index) => {
    if (found !== null) return;
    if (index > 0) offset += 1;
    const inside = position - start - 1;
    if (inside < 0) {
      found = offset;
      return;
    }
    const done = inside <= paragraph.content.size;
    paragraph.forEach((child, at) => {
      if (at >= inside) return;
      const text = inlineText(child);
      if (child.isText) offset += codePoints(text.slice(0, inside - at));
      else offset += codePoints(text);
    });
    if (done) found = offset;
  });
  return found ?? offset;
}

/** Turns rising code-point offsets into document positions in one walk over the document. */
export function positionsAt(doc: DocNode, offsets: readonly number[]): number[] {
  const positions: number[] = [];
  let next = 0;
  let offset = 0;
  doc.forEach((paragraph, start, index) => {
    if (index > 0) offset += 1;
    paragraph.forEach((child, at) => {
      const text = inlineText(child);
      const length = codePoints(text);
      while (next < offsets.length && (offsets[next] ?? 0) < offset + length) {
        const into = Math.max(0, (offsets[next] ?? 0) - offset);
        positions.push(start + 1 + at + (child.isText ? unitsAt(text, into) : 0));
        next += 1;
      }
      offset += length;
    });
    while (next < offsets.length && (offsets[next] ?? 0) <= offset) {
      positions.push(start + 1 + paragraph.content.size);
      next += 1;
    }
  });
  while (positions.length < offsets.length) positions.push(doc.content.size);
  return positions;
}
