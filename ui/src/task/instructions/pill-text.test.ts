import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { getSchema } from "@tiptap/core";
import { describe, expect, it } from "vitest";
import { codePointLength, sliceCodePoints } from "@/api/code-points";
import { PillCatalogue } from "./pill-catalogue";
import { Pill, PillNames } from "./pill-node";
import { docToText, offsetAt, positionsAt, textToDoc } from "./pill-text";

const schema = getSchema([
  Document,
  Paragraph,
  Text,
  Pill.configure({ names: new PillNames(new PillCatalogue([])) }),
]);

const texts = [
  "",
  "\n\n",
  "Ask for the {order_number}, then @get_order.",
  "Half {typed and {Bad Key} and mail ada@example.com stay text",
  "😀 {order.status} é 日本 @get_order\n- {a.b.c}{d}\n",
  "שלום {order_number} مرحبا",
];

describe("stored text and the document", () => {
  it.each(texts)("keeps every character of %j", (text) => {
    expect(docToText(textToDoc(schema, text))).toBe(text);
  });

  it("makes pills of well-formed names only", () => {
    const doc = textToDoc(schema, texts[3] ?? "");
    expect(doc.firstChild?.childCount).toBe(1);
  });

  it("turns offsets into positions and back, counting code points", () => {
    for (const text of texts) {
      const doc = textToDoc(schema, text);
      const offsets = Array.from({ length: codePointLength(text) + 1 }, (_, at) => at);
      positionsAt(doc, offsets).forEach((position, at) => {
        const offset = offsetAt(doc, position);
        // Inside a pill there is no position: it stands for its start or its end.
        const between = sliceCodePoints(text, Math.min(offset, at), Math.max(offset, at));
        expect(between === "" || /^[{@a-z0-9_.}]*$/.test(between), `${text} at ${at}`).toBe(true);
      });
    }
  });
});
