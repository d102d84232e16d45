import type { AttributeType, LogEvent } from "@/api/model";
import { keyInWords } from "@/task/words";
import { valueWords } from "./value-words";

/** A field of a form that is before the customer. */
export interface FormField {
  key: string;
  label: string;
  kind: AttributeType;
  /** What was given; none while it is left to fill in. */
  given: string | null;
  /** Why what was given last did not fit. */
  problem: string | null;
}

export interface OpenForm {
  /** The event that asked first: what stays the same while fields are filled in. */
  seq: number;
  fields: readonly FormField[];
}

/** Follows the form that a Collect block puts before the customer, event by event. */
export class AskedForm {
  private seq = 0;
  private block: string | null = null;
  private fields = new Map<string, FormField>();
  /** Labels stay known when the form is gone. */
  private readonly labels = new Map<string, string>();

  /** The form as long as a field is left. */
  open(): OpenForm | null {
    const fields = [...this.fields.values()];
    return fields.some(({ given }) => given === null) ? { seq: this.seq, fields } : null;
  }

  labelOf(key: string): string {
    return this.labels.get(key) ?? keyInWords(key);
  }

  take(event: LogEvent): void {
    switch (event.kind) {
      case "attributes_requested":
        this.request(event);
        break;
      case "attribute_collected":
        this.change(event.attribute, { given: event.text, problem: null });
        break;
      case "attribute_set": {
        const { attribute, to } = event;
        const known = this.fields.get(attribute)?.given;
        this.change(attribute, {
          given: to === null ? null : (known ?? valueWords(to)),
          problem: null,
        });
        break;
      }
      case "attribute_rejected":
        if (event.given_up) this.fields.delete(event.attribute);
        else this.change(event.attribute, { given: null, problem: event.why });
        break;
      case "block_entered":
        if (event.place.block !== this.block) this.close();
        break;
      case "task_started":
      case "task_finished":
      case "cancelled":
      case "handed_off":
      case "workflow_finished":
      case "stopped":
        this.close();
        break;
      default:
    }
  }

  private request({
    seq,
    place,
    fields,
  }: Extract<LogEvent, { kind: "attributes_requested" }>): void {
    // Asked again, for one that did not fit or after something else: it stays the same form.
    if (place.block !== this.block || this.fields.size === 0) {
      this.close();
      Object.assign(this, { seq, block: place.block });
    }
    for (const { key, label, kind } of fields) {
      const problem = this.fields.get(key)?.problem ?? null;
      this.labels.set(key, label);
      this.fields.set(key, { key, label, kind, given: null, problem });
    }
  }

  private change(key: string, next: Pick<FormField, "given" | "problem">): void {
    const field = this.fields.get(key);
    if (field) this.fields.set(key, { ...field, ...next });
  }

  private close(): void {
    this.fields = new Map();
    this.block = null;
  }
}
