import { Plus, X } from "lucide-react";
import type { Field } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import { fieldLabel } from "@/task/references";

type Row = { [key in string]: string };

/** The items of a list in a sample answer, one row each. */
export function RowsTable({
  label,
  fields,
  rows,
  onChange,
}: {
  label: string;
  fields: readonly Field[];
  rows: readonly Row[];
  onChange: (rows: Row[]) => void;
}) {
  const columns =
    fields.length > 0 ? fields : [{ key: "", name: "Value", kind: { type: "text" as const } }];
  return (
    <div className="flex flex-col gap-1">
      <span className="text-muted">{label}</span>
      <div className="overflow-x-auto rounded-md border border-line">
        <table className="w-full text-left">
          <thead className="text-12 text-faint">
            <tr>
              {columns.map((field) => (
                <th key={field.key} className="min-w-28 px-2 py-1 font-normal">
                  {fieldLabel(field)}
                </th>
              ))}
              <th className="w-8">
                <span className="sr-only">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // Rows have no id; their place is all they are known by.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at} className="border-t border-line">
                {columns.map((field) => (
                  <td key={field.key} className="p-1">
                    <Input
                      aria-label={`${fieldLabel(field)}, row ${at + 1}`}
                      value={row[field.key] ?? ""}
                      onChange={(event) =>
                        onChange(
                          rows.map((old, index) =>
                            index === at ? { ...old, [field.key]: event.target.value } : old,
                          ),
                        )
                      }
                    />
                  </td>
                ))}
                <td>
                  <IconButton
                    label={`Remove row ${at + 1}`}
                    size="sm"
                    onClick={() => onChange(rows.filter((_, index) => index !== at))}
                  >
                    <X size={13} />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <Button
          look="quiet"
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          onClick={() => onChange([...rows, {}])}
        >
          Add a row
        </Button>
      </div>
    </div>
  );
}
