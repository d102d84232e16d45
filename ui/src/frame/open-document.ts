import { call } from "@/api/client";
import { Editing, type EditingSource } from "@/api/editing";
import type { Edit } from "@/api/model";
import { notify } from "@/parts/toast";

type Own<View, Doc> = Pick<EditingSource<View, Doc>, "docOf" | "read"> & {
  onSaved: () => void;
  /** An edit as the program keeps it, where a screen shows the document in another form. */
  asKept?: (edit: Edit) => Edit;
};

/** Opens a document of the workspace for editing: kept, undone and merged alike, whatever it is. */
export function openDocument<View extends { version: number }, Doc extends { id: string }>(
  start: View,
  { docOf, read, onSaved, asKept = (edit) => edit }: Own<View, Doc>,
): Editing<View, Doc> {
  const { id } = docOf(start);
  return new Editing<View, Doc>(
    {
      documentId: id,
      docOf,
      versionOf: (view) => view.version,
      read,
      save: (edit, base_version) =>
        call("save_edit", { document: id, edit: asKept(edit), base_version }),
      undo: () => call("undo", { document: id }),
      redo: () => call("redo", { document: id }),
      onClash: () =>
        notify({
          title: "The same words were changed in another window",
          description: "Yours stay. Undo brings the others back.",
          tone: "problem",
        }),
      onSaved,
    },
    start,
  );
}
