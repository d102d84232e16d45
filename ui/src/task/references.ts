import type { Attribute, AttributeType, Catalogue, Field } from "@/api/model";
import { PillCatalogue, type PillOffer } from "./instructions/pill-catalogue";
import { fieldsOf } from "./lists";
import { keyInWords, typeWords } from "./words";

/** A value that can be named in a task. */
export interface Reference {
  reference: string;
  label: string;
  kind: AttributeType;
  group: string;
  look: "attribute" | "field";
}

const builtIn: [string, AttributeType["type"], string][] = [
  ["customer.name", "person_name", "customer’s name"],
  ["customer.email", "email", "customer’s e-mail"],
  ["customer.signed_in", "boolean", "customer signed in"],
  ["customer.id", "text", "customer’s id"],
  ["conversation.id", "text", "conversation id"],
  ["conversation.task_used", "text", "task used"],
  ["task.title", "text", "task title"],
  ["task.webhook_address", "text", "webhook address of this run"],
  ["channel.name", "text", "channel name"],
  ["today", "date", "today"],
  ["now", "date_time", "now"],
];

/** The name people see for a field. */
export function fieldLabel(field: { key: string; name?: string | undefined }): string {
  return field.name || keyInWords(field.key);
}

/** "Status" inside a sentence is "status"; "IBAN" stays. */
export function inSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function inner(
  owner: string,
  ownerLabel: string,
  fields: readonly Field[],
  group: string,
  look: Reference["look"],
): Reference[] {
  return fields.flatMap((field) => {
    const reference = `${owner}.${field.key}`;
    const name = inSentence(fieldLabel(field));
    // "order date" of an order is not its "order order date".
    const label = name.startsWith(`${ownerLabel} `) ? name : `${ownerLabel} ${name}`;
    const deeper =
      field.kind.type === "object" ? inner(reference, label, field.kind.fields, group, look) : [];
    return [{ reference, label, kind: field.kind, group, look }, ...deeper];
  });
}

function attributeReferences(attribute: Attribute, catalogue: Catalogue): Reference[] {
  const group =
    attribute.scope === "temporary" ? "Attributes of this task" : "Attributes kept longer";
  const own: Reference = {
    reference: attribute.key,
    label: attribute.name || keyInWords(attribute.key),
    kind: attribute.kind,
    group,
    look: "attribute",
  };
  if (attribute.kind.type !== "object") return [own];
  return [
    own,
    ...inner(attribute.key, own.label, fieldsOf(attribute, catalogue), group, "attribute"),
  ];
}

/** Every value that can be named, in the order people look for them. */
export function references(catalogue: Catalogue): Reference[] {
  const seen = new Set<string>();
  return [
    ...catalogue.attributes.flatMap((attribute) => attributeReferences(attribute, catalogue)),
    ...catalogue.actions.flatMap((action) =>
      inner(
        action.result_name,
        keyInWords(action.result_name),
        action.outputs,
        `From ${action.name}`,
        "field",
      ),
    ),
    ...catalogue.webhooks.flatMap((webhook) =>
      inner(
        webhook.key,
        keyInWords(webhook.key),
        webhook.fields,
        `From ${webhook.name || keyInWords(webhook.key)}`,
        "field",
      ),
    ),
    ...builtIn.map(([reference, type, label]): Reference => ({
      reference,
      label,
      kind: { type } as AttributeType,
      group: "Always known",
      look: "attribute",
    })),
  ].filter(({ reference }) => !seen.has(reference) && seen.add(reference));
}

/** What can stand as a pill in a text of this task. */
export function pillCatalogue(catalogue: Catalogue): PillCatalogue {
  const values = references(catalogue).map((value): PillOffer => ({
    written: `{${value.reference}}`,
    label: value.label,
    look: value.look,
    about: `${typeWords[value.kind.type]}${value.look === "field" ? `, ${value.group.replace(/^F/, "f")}` : ""}`,
    group: value.group,
  }));
  const actions = catalogue.actions.map((action): PillOffer => ({
    written: `@${action.key}`,
    label: action.name,
    look: "action",
    about: action.description || (action.changes_data ? "Changes something" : "Looks something up"),
    group: "Actions",
  }));
  const own = values.filter((value) => value.group === "Attributes of this task");
  const rest = values.filter((value) => value.group !== "Attributes of this task");
  return new PillCatalogue([...own, ...actions, ...rest]);
}
