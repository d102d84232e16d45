import { FileUp, Plus, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { Action, Body, Part } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Field, Input, TextArea } from "@/parts/Field";
import { Segmented } from "@/parts/Segmented";
import { Select } from "@/parts/Select";
import type { PillCatalogue } from "@/task/instructions/pill-catalogue";
import { fieldLabel } from "@/task/references";
import { Pairs } from "./Pairs";
import { PlaceInput } from "./PlaceInput";

type Kind = Body["type"] | "none";

const kinds = [
  { value: "none", label: "None" },
  { value: "json", label: "JSON" },
  { value: "form", label: "Form" },
  { value: "multipart", label: "With files" },
  { value: "raw", label: "Text" },
] as const;

/** A body of another kind; what can be taken over is. */
export function bodyOf(kind: Kind, old: Body | undefined): Body | null {
  if (kind === "none") return null;
  if (old?.type === kind) return old;
  const fields =
    old?.type === "form"
      ? old.fields
      : old?.type === "multipart"
        ? old.parts.flatMap((part) => (part.type === "text" ? [part] : []))
        : [];
  const pairs = fields.map(({ name, value }) => ({ name, value }));
  switch (kind) {
    case "json":
      return {
        type: "json",
        json: Object.fromEntries(pairs.map(({ name, value }) => [name, value])),
      };
    case "form":
      return { type: "form", fields: pairs };
    case "multipart":
      return { type: "multipart", parts: pairs.map((pair) => ({ type: "text", ...pair })) };
    case "raw":
      return {
        type: "raw",
        content_type: "text/plain",
        text: old?.type === "json" ? JSON.stringify(old.json, null, 2) : "",
      };
  }
}

/** What a call sends. */
export function BodyForm({
  action,
  body,
  places,
  onChange,
}: {
  action: Action;
  body: Body | undefined;
  places: PillCatalogue;
  onChange: (body: Body | null, apart?: boolean) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3 narrow:flex-wrap">
        <span className="text-12 font-medium text-muted">Body</span>
        <Segmented<Kind>
          label="Kind of body"
          value={body?.type ?? "none"}
          choices={kinds}
          onChange={(kind) => onChange(bodyOf(kind, body), true)}
        />
      </div>
      {body?.type === "json" ? (
        <Written
          action={action}
          label="Body as JSON"
          hint="“{amount}” alone in a string becomes the typed value, elsewhere it is put into the string. Quotation marks and line breaks in a value never break the JSON."
          text={JSON.stringify(body.json, null, 2) ?? ""}
          quoted
          check={(text) => parsed(text) !== undefined}
          onChange={(text) => onChange({ type: "json", json: parsed(text)?.json })}
        />
      ) : null}
      {body?.type === "form" ? (
        <Pairs
          label="Fields of the form"
          add="Add a field"
          pairs={body.fields}
          places={places}
          onChange={(fields) => onChange({ type: "form", fields })}
        />
      ) : null}
      {body?.type === "multipart" ? (
        <Parts
          action={action}
          parts={body.parts}
          places={places}
          onChange={(parts) => onChange({ type: "multipart", parts })}
        />
      ) : null}
      {body?.type === "raw" ? (
        <>
          <Field label="Content type" className="w-72 max-w-full">
            {(ids) => (
              <Input
                {...ids}
                spellCheck={false}
                value={body.content_type}
                placeholder="application/xml"
                onChange={(event) => onChange({ ...body, content_type: event.target.value })}
                className="font-mono text-12!"
              />
            )}
          </Field>
          <Written
            action={action}
            label="Body as text"
            text={body.text}
            check={() => true}
            onChange={(text) => onChange({ ...body, text })}
          />
        </>
      ) : null}
    </div>
  );
}

function parsed(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Text with places; a press on a value writes its place where the cursor stands. */
function Written({
  action,
  label,
  hint,
  text,
  quoted,
  check,
  onChange,
}: {
  action: Action;
  label: string;
  hint?: string;
  text: string;
  /** A place alone belongs into quotation marks. */
  quoted?: boolean;
  check: (text: string) => boolean;
  onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const shown = typed ?? text;
  const wrong = typed !== null && !check(typed);
  const write = (next: string) => {
    setTyped(next);
    if (check(next)) onChange(next);
  };
  const insert = (key: string) => {
    const from = area.current?.selectionStart ?? shown.length;
    const to = area.current?.selectionEnd ?? from;
    const inside = (shown.slice(0, from).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
    const place = quoted && !inside ? `"{${key}}"` : `{${key}}`;
    write(shown.slice(0, from) + place + shown.slice(to));
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from + place.length, from + place.length);
    });
  };
  return (
    <div className="flex flex-col gap-1">
      <TextArea
        ref={area}
        aria-label={label}
        aria-invalid={wrong || undefined}
        aria-describedby={`${id}-note`}
        spellCheck={false}
        minRows={3}
        value={shown}
        onChange={(event) => write(event.target.value)}
        onBlur={() => {
          if (!wrong) setTyped(null);
        }}
        className="font-mono text-12"
      />
      {action.inputs.length > 0 ? (
        <div role="group" aria-label={`Insert into ${label}`} className="flex flex-wrap gap-1">
          {action.inputs.map((input) => (
            <button
              key={input.key}
              type="button"
              onClick={() => insert(input.key)}
              className="inline-flex h-5.5 items-center gap-1 rounded-sm border border-pill-attribute-line bg-pill-attribute-surface px-1.5 text-12 text-pill-attribute hover:brightness-95"
            >
              <Plus size={11} aria-hidden />
              {fieldLabel(input)}
            </button>
          ))}
        </div>
      ) : null}
      <p id={`${id}-note`} className={wrong ? "text-12 text-red" : "text-12 text-faint"}>
        {wrong ? "This is not complete yet, so it is not kept." : hint}
      </p>
    </div>
  );
}

function Parts({
  action,
  parts,
  places,
  onChange,
}: {
  action: Action;
  parts: readonly Part[];
  places: PillCatalogue;
  onChange: (parts: Part[]) => void;
}) {
  const files = action.inputs.filter(({ kind }) => kind.type === "image" || kind.type === "file");
  const set = (at: number, next: Part) =>
    onChange(parts.map((part, index) => (index === at ? next : part)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-12 font-medium text-muted">Parts</legend>
      {parts.map((part, at) => (
        // Parts have no id; their place is all they are known by.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="flex items-start gap-2 narrow:flex-wrap">
          <Input
            aria-label={`Name of part ${at + 1}`}
            value={part.name}
            spellCheck={false}
            onChange={(event) => set(at, { ...part, name: event.target.value })}
            className="w-52! font-mono text-12!"
          />
          {part.type === "text" ? (
            <PlaceInput
              label={`Value of part ${at + 1}`}
              value={part.value}
              places={places}
              onChange={(value) => set(at, { ...part, value })}
              className="flex-1"
            />
          ) : (
            <Select
              label={`File of part ${at + 1}`}
              value={part.input || null}
              placeholder={files.length > 0 ? "Choose a file" : "Add a picture or file above"}
              choices={files.map((input) => ({ value: input.key, label: fieldLabel(input) }))}
              onChange={(input) => set(at, { ...part, input })}
              className="flex-1"
            />
          )}
          <IconButton
            label={`Remove ${part.name || `part ${at + 1}`}`}
            size="sm"
            className="mt-0.5"
            onClick={() => onChange(parts.filter((_, index) => index !== at))}
          >
            <X size={13} />
          </IconButton>
        </div>
      ))}
      <div className="flex gap-1">
        <Button
          look="quiet"
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          onClick={() => onChange([...parts, { type: "text", name: "", value: "" }])}
        >
          Add words
        </Button>
        <Button
          look="quiet"
          size="sm"
          icon={<FileUp size={13} aria-hidden />}
          onClick={() =>
            onChange([...parts, { type: "file", name: "file", input: files[0]?.key ?? "" }])
          }
        >
          Add a file
        </Button>
      </div>
    </fieldset>
  );
}
